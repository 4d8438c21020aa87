from datetime import datetime, time, timezone

from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draws.filters import DrawFilter
from draws.models import Correction, Draw, Kind
from draws.streams.queries import streams
from draws.wording import draw_summary
from editing.api_forms import bad_values
from editing.pages.breadcrumbs import breadcrumbs
from programs.models import Program

NEWEST = 60


def every_feed(request):
    """A page that lists the feeds and the calendar."""
    return render(request, "draws/feeds.html", {"streams": list(streams()), "crumbs": breadcrumbs(_("Feeds"))})


def midnight(day):
    return datetime.combine(day, time(), timezone.utc)


class AtomFeed(Feed):
    feed_type = Atom1Feed
    author_name = gettext_lazy("Express Entry Record")

    def feed_url(self, obj=None):
        return self.address(obj)

    def link(self, obj=None):
        return self.page(obj)

    def feed_guid(self, obj=None):
        """The feed's own address: several feeds tell of one page."""
        return self.address(obj)


class DrawFeed(AtomFeed):
    """The newest draws, all or those of a filter; a correction makes the entry of its draw new again."""

    def get_object(self, request, chosen):
        return chosen

    def title(self, chosen):
        return title(chosen)

    def address(self, chosen):
        return reverse("feeds:draws") + query_of(chosen)

    def page(self, chosen):
        return reverse("draws:list") + query_of(chosen)

    def items(self, chosen):
        corrections = Prefetch("corrections", Correction.objects.published(), to_attr="shown_corrections")
        draws = chosen.qs.select_related("edition__category")
        return draws.prefetch_related("programs", corrections)[:NEWEST]

    def item_title(self, draw):
        return _("Draw %(number)s: %(name)s") % {"number": draw.number, "name": draw.name}

    def item_description(self, draw):
        return " ".join([draw_summary(draw), *map(changed, draw.shown_corrections)])

    def item_pubdate(self, draw):
        return draw.drawn_at or midnight(draw.date)

    def item_updateddate(self, draw):
        seen = [midnight(correction.first_seen_new) for correction in draw.shown_corrections]
        return max([self.item_pubdate(draw), *seen])

    def item_categories(self, draw):
        return [draw.stream_name]


def with_filter(view):
    """Ask the view with the draws that the address chooses, and name its bad values otherwise."""

    def answer(request, *args, **kwargs):
        chosen = DrawFilter(request.GET, Draw.objects.published())
        if not chosen.is_valid():
            return bad_values(chosen.errors)
        return view(request, chosen, *args, **kwargs)

    return answer


def query_of(chosen):
    """What of the address chooses draws, as a query."""
    pairs = [(name, chosen.data[name]) for name in chosen.get_filters() if chosen.data.get(name)]
    return f"?{urlencode(pairs)}" if pairs else ""


def title(chosen):
    """“Express Entry draws”, and which."""
    words = [chosen_words(chosen, name) for name in chosen.get_filters() if chosen.data.get(name)]
    return _("Express Entry draws: %(name)s") % {"name": ", ".join(words)} if words else _("Express Entry draws")


def chosen_words(chosen, name):
    """A choice by its name; any other value after the label of its field."""
    field, value = chosen.form.fields[name], chosen.form.cleaned_data[name]
    choices = {str(key): str(words) for key, words in getattr(field, "choices", [])}
    return choices.get(str(value)) or f"{field.label} {value}"


def moved(request, **stream):
    """The feed of a stream had an address of its own before feeds took filters."""
    chosen = DrawFilter(moved_filters(**stream), Draw.objects.published())
    if not chosen.is_valid():
        raise Http404(_("There is no such feed."))
    return HttpResponsePermanentRedirect(reverse("feeds:draws") + query_of(chosen))


def moved_filters(kind=None, program=None, category=None):
    if kind:
        return {"kind": kind}
    if category:
        return {"category": category}
    found = Program.objects.filter(slug=program).first()
    if found is None:
        raise Http404(_("There is no such feed."))
    return {"kind": Kind.PROGRAM.value, "program": found.code.lower()}


def changed(correction):
    """A correction as a sentence of its draw's entry."""
    values = {"field": correction.get_field_display(), "old": correction.old, "new": correction.new}
    if correction.is_ours:
        return _("This record had it wrong: %(field)s, “%(old)s” became “%(new)s”.") % values
    return _("Changed in the official record: %(field)s, “%(old)s” became “%(new)s”.") % values
