from functools import cached_property
from itertools import combinations

from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView
from django_tables2.export import ExportMixin
from django_tables2.views import SingleTableMixin

from editing.ledger.forms import written
from editing.ledger.lasting import last_complete
from editing.ledger.pages import KnownMixin
from editing.pages.breadcrumbs import breadcrumbs
from editing.pages.exports import Export
from occupations.forms import DatedForm, DayForm, day_shown
from occupations.models import Category, Edition
from occupations.tables import ListingTable
from programs.scores import ScoreForm

from .as_known import CategoryAsKnown
from .conditions import asked
from .editions import DAY, compare_editions, in_force, last_change, matrix, periods, sources, standings_of
from .revisions import EditionHistory


class DayMixin:
    """A page that shows the state of the day given as ``?on=``, else of today."""

    @cached_property
    def day_form(self):
        form = DayForm(self.request.GET if "on" in self.request.GET else None)
        self.request.refused = form.errors
        return form

    @cached_property
    def day(self):
        """The day whose state is shown: of a later one than the record is complete to, nothing is known yet."""
        return day_shown(self.request, self.day_form)

    def get_context_data(self, **kwargs):
        asked = self.day_form.pinned
        more = {"pinned": asked, "not_known_yet": asked if asked != self.day else None}
        return super().get_context_data(day_form=self.day_form, day=self.day, **more, **kwargs)

    def of_chart(self):
        """What the chart of the page is asked: the reader's score, and the day if one is given."""
        score_form = ScoreForm.asked_by(self.request)
        return {"score_form": score_form, "chart_day": self.day if self.day_form.pinned else None}


class DatedMixin(KnownMixin, DayMixin):
    """A page of a day, as this record showed it at a moment; its lasting link has both."""

    known_form_class = DatedForm
    kept = ["crs"]

    @property
    def day_form(self):
        return self.known_form

    def of_day(self, cited, differences=(), is_there=True):
        return self.of_moment(cited, differences, is_there, on=last_complete(self.request, self.day))


def category_breadcrumbs(*steps):
    return breadcrumbs((_("Categories"), reverse("categories:list")), *steps)


class CategoryListView(DayMixin, ListView):
    template_name = "occupations/category_list.html"

    def get_queryset(self):
        return Category.objects.public()

    def get_context_data(self, **kwargs):
        found = standings_of(self.object_list, self.day)
        return super().get_context_data(
            held=[one for one in found if one["current"]],
            others=[one for one in found if one["editions"] and not one["current"]],
            undrawn=[one["category"] for one in found if one["editions"] and not one["latest"]],
            crumbs=breadcrumbs(_("Categories")),
            **kwargs,
        )


class CategoryDetailView(DatedMixin, DetailView):
    template_name = "occupations/category_detail.html"
    context_object_name = "category"

    @cached_property
    def as_known(self):
        """What this record showed at the moment that was asked for; None for now."""
        return CategoryAsKnown(self.kwargs["slug"], self.known) if self.known else None

    def get_queryset(self):
        return Category.objects.public()

    def get_object(self):
        return self.as_known.category if self.as_known else super().get_object()

    def get_context_data(self, **kwargs):
        editions = self.as_known.editions if self.as_known else [*self.object.editions.published().with_lists()]
        current = in_force(editions, self.day)
        return super().get_context_data(
            current=current,
            named=current if current and self.day_form.pinned else self.object,
            rules=asked(current) if current else [],
            editions=editions,
            periods=periods(editions),
            matrix=matrix(editions),
            change=last_change(editions, self.day),
            comparisons=[(old, new) for new, old in combinations(editions, 2)],
            draws=self.draws(),
            crumbs=category_breadcrumbs(self.object.name),
            **self.of_chart(),
            **self.since_then(),
            **kwargs,
        )

    def draws(self):
        if self.as_known:
            return [draw for draw in self.as_known.draws if draw.date <= self.day]
        return self.object.editions.published().held(self.day)

    def since_then(self):
        if not self.as_known:
            return self.of_day(self.object.name)
        return self.of_day(self.object.name, self.as_known.differences(self.day), self.as_known.is_there_today())


class EditionDetailView(KnownMixin, ExportMixin, SingleTableMixin, DetailView):
    template_name = "occupations/edition_detail.html"
    table_class = ListingTable
    table_pagination = False
    export_class = Export
    kept = ["sort"]

    @cached_property
    def as_known(self):
        """What this record showed at the moment that was asked for; None for now."""
        return CategoryAsKnown(self.kwargs["slug"], self.known) if self.known else None

    @cached_property
    def history(self):
        found = EditionHistory("{slug}/{version}".format(**self.kwargs))
        found.note_record_dates(self.request)
        return found

    def get_object(self):
        """The published edition; its sisters come with it, for the note that a newer one exists."""
        slug, version = self.kwargs["slug"], self.kwargs["version"]
        if self.as_known:
            edition, self.editions = self.as_known.edition(version), self.as_known.editions
            return edition
        self.editions = [*Edition.objects.published().filter(category__slug=slug).select_related("category")]
        return found(self.editions, version)

    @cached_property
    def listings(self):
        if self.as_known:
            return self.object.listings.all()
        return [*self.object.listings.select_related("occupation", "edition__category")]

    def get_table_data(self):
        return self.listings

    def get_table_kwargs(self):
        return {"exclude": [] if any(one.differs_from_noc for one in self.listings) else ["noc_title"]}

    def followed_by(self):
        """The edition, of any category, that began on the day after this one ended: it is the evidence of that end."""
        if not self.object.effective_to or self.as_known:
            return None
        began = Edition.objects.published().filter(effective_from=self.object.effective_to + DAY)
        own = Case(When(category=self.object.category, then=0), default=1)
        return began.select_related("category").order_by(own, "category__slug").first()

    def get_table(self, **kwargs):
        table = super().get_table(**kwargs)
        table.about = {
            "revision": self.revision and self.revision.number,
            "digest": self.revision and self.revision.digest,
            "lasting_link": self.lasting_url(),
        }
        return table

    @property
    def revision(self):
        return self.history.revision(self.known)

    def get_export_filename(self, export_format):
        revision = f"-revision-{self.revision.number}" if self.revision else ""
        return f"{self.object.category.slug}-{self.object.version}{revision}.{export_format}"

    def get_context_data(self, **kwargs):
        category = self.object.category
        return super().get_context_data(
            category=category,
            newest=self.editions[0],
            others=[edition for edition in self.editions if edition != self.object],
            rules=asked(self.object),
            sources=sources(self.listings),
            followed_by=self.followed_by(),
            no_french=any(not listing.title_as_published_fr for listing in self.listings),
            draws=self.draws(),
            revision=self.revision,
            revisions=[(one, f"?known={written(one.known_from)}") for one in reversed(self.history.revisions)],
            crumbs=category_breadcrumbs((category.name, category.get_absolute_url()), self.object.version),
            **self.since_then(),
            **kwargs,
        )

    def draws(self):
        if self.as_known:
            return [draw for draw in self.as_known.draws if draw.edition == self.object]
        return self.object.draws.published()

    def since_then(self):
        version = self.object.version
        cited = _("%(name)s, %(version)s edition") % {"name": self.object.category.name, "version": version}
        if not self.as_known:
            return self.of_moment(cited)
        return self.of_moment(cited, self.as_known.differences_of(version), self.as_known.is_there_today(version))


def compare(request, slug, old, new):
    """Two editions of a category side by side, in either order."""
    category = get_object_or_404(Category.objects.public(), slug=slug)
    editions = [*category.editions.published().with_lists()]
    old, new = found(editions, old), found(editions, new)
    context = {
        "category": category,
        "old": old,
        "new": new,
        "comparison": compare_editions(old, new),
        "others": [(one, other) for other, one in combinations(editions, 2) if {one, other} != {old, new}],
        "crumbs": category_breadcrumbs((category.name, category.get_absolute_url()), f"{old.version} – {new.version}"),
    }
    return render(request, "occupations/compare.html", context)


def found(editions, version):
    """The edition of that version, or a page not found."""
    for edition in editions:
        if edition.version == version:
            return edition
    raise Http404(_("There is no such edition of this category."))
