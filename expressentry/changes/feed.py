from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from draws.syndication.atom import NEWEST, AtomFeed, changed
from editing.pages.typography import colon

from .events import Kind, events
from .forms import ChangesForm
from .rows import RowNames
from .words import EventInWords


class ChangesFeed(AtomFeed):
    """The newest changes, all or those of a kind or side."""

    title = gettext_lazy("Express Entry Record: changes")

    def get_object(self, request):
        return ChangesForm(request.GET)

    def address(self, form):
        return reverse("changes-feed") + query_of(form)

    def page(self, form):
        return reverse("changes") + query_of(form)

    def items(self, form):
        names = RowNames()
        return [EventInWords(one, names) for one in form.chosen(events(form.row))[:NEWEST]]

    def item_title(self, one):
        return f"{colon(one.kind_label)} {one.title}"

    def item_description(self, one):
        if not one.event.changes:  # told by an editor, in the words of the source
            return " ".join(filter(None, [changed(one.event.correction), one.reason]))
        return " ".join(filter(None, [one.summary, str(one.whose), one.reason]))

    def item_link(self, one):
        return one.event.get_absolute_url()

    def item_guid(self, one):
        return f"change-{one.event.name}"

    def item_pubdate(self, one):
        return one.event.known

    item_updateddate = item_pubdate

    def item_categories(self, one):
        return [one.kind_label]


def query_of(form):
    given = {name: form.data[name] for name in form.fields if form.data.get(name)}
    return reverse("changes", query=given).removeprefix(reverse("changes"))


def moved(kind):
    """Corrections and new lists had feeds of their own."""
    return lambda request: HttpResponsePermanentRedirect(reverse("changes-feed", query={"kind": kind}))


corrections, editions = moved(Kind.CORRECTION.value), moved(Kind.LIST.value)
