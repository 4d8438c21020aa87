from functools import cached_property

from django import forms
from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet, MultipleChoiceFilter

from editing.days import canadian_day
from editing.ledger.lasting import last_complete

from .forms import PastDayField
from .models import Category, Occupation
from .search.engine import SearchResult
from .search.index import search_index

MOST_FOUND = 50
ANY = "any"


def category_choices():
    return [(ANY, _("any category")), *((category.slug, category.name) for category in Category.objects.public())]


class OnDayFilter(Filter):
    field_class = PastDayField


class OccupationFilter(FilterSet):
    """Occupations by words or code, TEER, and the category lists of a day."""

    q = CharFilter(
        method="search",
        label=_("Job title or NOC code"),
        widget=forms.TextInput(
            attrs={"type": "search", "maxlength": 200, "data-suggest": reverse_lazy("api:suggest")}
        ),
    )
    category = ChoiceFilter(method="listed", choices=category_choices, label=_("On the list of"), empty_label=_("all"))
    on = OnDayFilter(method="unchanged", label=_("On the day"))
    teer = MultipleChoiceFilter(
        choices=[(str(teer), str(teer)) for teer in range(6)],
        distinct=False,
        label=_("TEER"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Occupation
        fields = ["q", "category", "on", "teer"]

    def value(self, name):
        """What was asked under that name; None where it is empty or no good."""
        return self.form.cleaned_data.get(name) if self.is_bound and self.form.errors is not None else None

    @property
    def day(self):
        """The day whose lists are shown: of a later one than the record is complete to, nothing is known yet."""
        asked = self.value("on")
        return last_complete(self.request, asked) if asked and self.request else asked or canadian_day()

    @property
    def minor_in_use(self):
        """How many choices narrow the search beside its words."""
        return len(set(self.form.changed_data) - {"q"})

    @cached_property
    def result(self):
        """What the search finds for the words."""
        words = self.value("q")
        return search_index().search(words, MOST_FOUND) if words else SearchResult()

    @property
    def asked(self):
        """Whether any value given is good: only then is there a selection to show."""
        return self.is_bound and any(self.form.cleaned_data.get(name) for name in self.form.fields)

    def search(self, queryset, name, value):
        codes = [match.code for match in self.result.matches]
        places = [When(code=code, then=Value(place)) for place, code in enumerate(codes)]
        place = Case(*places, default=None, output_field=IntegerField())
        return queryset.filter(code__in=codes).annotate(place=place).order_by("place", "code")

    def listed(self, queryset, name, value):
        return queryset.listed(self.day, None if value == ANY else value)

    def unchanged(self, queryset, name, value):
        """The day chooses the lists, not the occupations."""
        return queryset
