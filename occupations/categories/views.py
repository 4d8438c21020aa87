from functools import cached_property
from itertools import combinations
from urllib.parse import urlencode

from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView
from django_tables2.export import ExportMixin
from django_tables2.views import SingleTableMixin

from editing.ledger.forms import KnownForm, written
from editing.pages.breadcrumbs import breadcrumbs
from editing.pages.exports import Export
from occupations.forms import DayForm
from occupations.models import Category, Edition
from occupations.tables import ListingTable
from programs.scores import ScoreForm

from .as_known import AsKnown
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

    @property
    def day(self):
        return self.day_form.day

    def get_context_data(self, **kwargs):
        pinned = self.day_form.pinned
        return super().get_context_data(day_form=self.day_form, day=self.day, pinned=pinned, **kwargs)

    def of_chart(self):
        """What the chart of the page is asked: the reader's score, and the day if one is given."""
        score_form = ScoreForm.asked_by(self.request)
        return {"score_form": score_form, "chart_day": self.day if self.day_form.pinned else None}


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


class CategoryDetailView(DayMixin, DetailView):
    template_name = "occupations/category_detail.html"

    def get_queryset(self):
        return Category.objects.public()

    def get_context_data(self, **kwargs):
        published = self.object.editions.published()
        editions = [*published.with_lists()]
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
            draws=published.held(self.day),
            crumbs=category_breadcrumbs(self.object.name),
            **self.of_chart(),
            **kwargs,
        )


def known_context(request, history, form):
    """What the page says of the moment that was asked for, of revisions, and its lasting link."""
    moment, known = form.moment, form.moment or history.record_changed_at
    sort = f"&{urlencode({'sort': request.GET['sort']})}" if request.GET.get("sort") else ""
    lasting = f"{request.path}?known={written(known)}{sort}" if known else request.path
    revision = history.revision(moment)
    return {
        "known_form": form,
        "known": moment,
        "changed": history.changed_since(moment) if moment else None,
        "reasons": history.reasons_since(moment) if moment else [],
        "revision": revision,
        "revisions": [(one, f"?known={written(one.known_from)}") for one in reversed(history.revisions)],
        "full_url": request.build_absolute_uri(lasting),
    }


class EditionDetailView(ExportMixin, SingleTableMixin, DetailView):
    template_name = "occupations/edition_detail.html"
    table_class = ListingTable
    table_pagination = False
    export_class = Export

    def get(self, request, *args, **kwargs):
        """Another moment than that of a change leads to the last change before it."""
        if url := self.known_form.leads_to(request):
            return redirect(url)
        return super().get(request, *args, **kwargs)

    @cached_property
    def known_form(self):
        form = KnownForm(self.request.GET if "known" in self.request.GET else None)
        self.request.refused = form.errors
        return form

    @cached_property
    def as_known(self):
        """What this record showed at the moment that was asked for; None for now."""
        return AsKnown(self.kwargs["slug"], self.known_form.moment) if self.known_form.moment else None

    def get_object(self):
        """The published edition; its sisters come with it, for the note that a newer one exists."""
        slug, version = self.kwargs["slug"], self.kwargs["version"]
        self.editions = (
            self.as_known.editions()
            if self.as_known
            else [*Edition.objects.published().filter(category__slug=slug).select_related("category")]
        )
        return found(self.editions, version)

    @cached_property
    def listings(self):
        if self.as_known:
            return self.as_known.listings(self.object)
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

    def get_export_filename(self, export_format):
        return f"{self.object.category.slug}-{self.object.version}.{export_format}"

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
            draws=self.as_known.draws(self.object) if self.as_known else self.object.draws.published(),
            **known_context(self.request, EditionHistory(f"{category.slug}/{self.object.version}"), self.known_form),
            crumbs=category_breadcrumbs((category.name, category.get_absolute_url()), self.object.version),
            **kwargs,
        )


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
