from datetime import datetime, time, timezone

from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draws.models import Correction, Draw, Kind
from draws.wording import draw_summary
from occupations.models import Category, Edition
from programs.models import Program

NEWEST = 60


def every_feed(request):
    """A page that lists the feeds and the calendar."""
    public = {"programs": Program.objects.all(), "categories": Category.objects.public(), "kinds": Kind}
    return render(request, "draws/feeds.html", public)


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
    """The newest draws; a correction makes the entry of its draw new again."""

    def get_object(self, request, kind=None, program=None, category=None):
        if kind:
            return {"kind": known_kind(kind)}
        if program:
            return {"program": get_or_404(Program.objects, slug=program)}
        return {"category": get_or_404(Category.objects.public(), slug=category)} if category else {}

    def title(self, stream):
        if "kind" in stream:
            return _("Express Entry draws: %(name)s") % {"name": stream["kind"].label}
        row = stream.get("program") or stream.get("category")
        return _("Express Entry draws: %(name)s") % {"name": row.name} if row else _("Express Entry draws")

    def address(self, stream):
        name, key = next(((name, getattr(row, "slug", row)) for name, row in stream.items()), ("draws", None))
        return reverse(f"feeds:{name}", kwargs={name: key} if key else {})

    def page(self, stream):
        row = stream.get("program") or stream.get("category")
        return row.get_absolute_url() if row else reverse("draws:list")

    def items(self, stream):
        corrections = Prefetch("corrections", Correction.objects.published(), to_attr="shown_corrections")
        draws = Draw.objects.published().filter(**lookup(stream)).select_related("edition__category")
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


def lookup(stream):
    """The filter of a feed on draws."""
    fields = {"kind": "kind", "program": "programs", "category": "edition__category"}
    narrowed = {fields[name]: row for name, row in stream.items()}
    return narrowed | ({"kind": Kind.PROGRAM} if "program" in stream else {})


def changed(correction):
    """A correction as a sentence of its draw's entry."""
    values = {"field": correction.get_field_display(), "old": correction.old, "new": correction.new}
    if correction.is_ours:
        return _("This record had it wrong: %(field)s, “%(old)s” became “%(new)s”.") % values
    return _("Changed in the official record: %(field)s, “%(old)s” became “%(new)s”.") % values


def get_or_404(rows, **key):
    row = rows.filter(**key).first()
    if row is None:
        raise Http404(_("There is no such feed."))
    return row


def known_kind(kind):
    if kind not in Kind.values:
        raise Http404(_("There is no such feed."))
    return Kind(kind)


class CorrectionFeed(AtomFeed):
    title = gettext_lazy("Express Entry draws: corrections")

    def address(self, obj):
        return reverse("feeds:corrections")

    def page(self, obj):
        return reverse("corrections")

    def items(self):
        return Correction.objects.of_public_draws().select_related("draw")[:NEWEST]

    def item_title(self, correction):
        return str(correction)

    def item_description(self, correction):
        return changed(correction)

    def item_link(self, correction):
        return correction.get_absolute_url()

    def item_guid(self, correction):
        return f"correction-{correction.draw.number}-{correction.field}-{correction.first_seen_new}"

    def item_pubdate(self, correction):
        return midnight(correction.first_seen_new)

    item_updateddate = item_pubdate


class EditionFeed(AtomFeed):
    title = gettext_lazy("Express Entry categories: new editions of the lists")

    def address(self, obj):
        return reverse("feeds:editions")

    def page(self, obj):
        return reverse("categories:list")

    def items(self):
        return Edition.objects.published().select_related("category").order_by("-effective_from", "category__slug")

    def item_title(self, edition):
        return f"{edition.name} {edition.version}"

    def item_description(self, edition):
        return _("In force from %(date)s.") % {"date": date_format(edition.effective_from)}

    def item_pubdate(self, edition):
        return midnight(edition.effective_from)

    item_updateddate = item_pubdate
