from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, DateFilter, Filter, FilterSet

from editing.days import canadian_day
from editing.pages.alphabet import alphabetical
from occupations.forms import FIRST_DAY
from occupations.models import Category
from programs.models import Program

from .models import Draw, Kind


def years():
    return [(str(year), str(year)) for year in range(canadian_day().year, FIRST_DAY.year - 1, -1)]


def categories():
    return [(category.slug, category.name) for category in Category.objects.public().order_by(alphabetical("name"))]


def programs():
    return [(program.code.lower(), program.name) for program in Program.objects.all()]


class ScoreFilter(Filter):
    field_class = forms.IntegerField

    def __init__(self, lookup_expr, label):
        super().__init__("cutoff", lookup_expr, label=label, min_value=0, max_value=1200)


class DrawDayFilter(DateFilter):
    def __init__(self, lookup_expr, label):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__("date", lookup_expr, label=label, widget=widget)


REVERSED = {
    "to": _("This date is before the start date."),
    "crs_max": _("This score is below the minimum you entered."),
}


class DrawFilterForm(forms.Form):
    def clean(self):
        """Name a span that ends before it starts."""
        super().clean()
        for low, high in [("from", "to"), ("crs_min", "crs_max")]:
            start, end = self.cleaned_data.get(low), self.cleaned_data.get(high)
            if start is not None and end is not None and start > end:
                self.add_error(high, REVERSED[high])


class DrawFilter(FilterSet):
    kind = ChoiceFilter(choices=Kind, label=_("Round type"), empty_label=pgettext_lazy("round types", "All"))
    category = ChoiceFilter(
        "edition__category__slug", label=_("Category"), empty_label=pgettext_lazy("categories", "All")
    )
    program = ChoiceFilter("programs__code", "iexact", label=_("Covers"), empty_label=pgettext_lazy("programs", "All"))
    year = ChoiceFilter("date", "year", choices=years, label=_("Year"), empty_label=pgettext_lazy("years", "All"))
    since = DrawDayFilter("gte", label=_("From"))
    to = DrawDayFilter("lte", label=_("To"))
    crs_min = ScoreFilter("gte", label=_("CRS score at least"))
    crs_max = ScoreFilter("lte", label=_("CRS score at most"))

    class Meta:
        model = Draw
        form = DrawFilterForm
        fields = []

    def __init__(self, *args, **kwargs):
        """Look the choices up once: given as functions, each use of a field would ask again."""
        super().__init__(*args, **kwargs)
        self.filters["category"].extra["choices"] = categories()
        self.filters["program"].extra["choices"] = programs()

    @classmethod
    def get_filters(cls):
        """The filter ``from`` cannot be declared by its name, which is a word of Python."""
        return {"from" if name == "since" else name: each for name, each in super().get_filters().items()}
