"""The worked cases beside what the calculators give for them today, figure by figure."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import crs, fsw, links
from .labels import CRS_LINES, FSW_LINES
from .profiles import crs_facts, fsw_facts
from .worked_cases import crs_cases, fsw_cases

CRS_GRID = "2025-03-25"  # the grid from which the cases were worked out


@dataclass(frozen=True)
class Figure:
    """One figure, worked out by hand and computed."""

    label: str
    by_hand: object
    computed: object

    @property
    def agrees(self):
        return self.by_hand == self.computed

    @property
    def shown(self):
        """The figure once; where the two differ, that by hand struck out before the computed one."""
        by_hand, computed = localize(self.by_hand), localize(self.computed)
        return by_hand if self.agrees else format_html("<del>{}</del> <ins>{}</ins>", by_hand, computed)


@dataclass(frozen=True)
class CaseFigures:
    """A line of a case: the factors of a section and what they add up to."""

    label: str
    figures: list
    total: Figure


@dataclass(frozen=True)
class CheckedCase:
    """A worked case with its profile in words, its rows, what they come to, and the calculator's address for it."""

    key: str
    title: str
    facts: list
    rows: list
    sums: list
    url: str

    def figures(self):
        return [figure for row in self.rows for figure in (*row.figures, row.total)] + self.sums

    @property
    def agrees(self):
        return all(figure.agrees for figure in self.figures())


def crs_checked(grid):
    for case in crs_cases():
        found, rows = crs.score(case.profile, grid), []
        for key, labels in CRS_LINES.items():
            by_hand, computed = case.points[key], getattr(found, key)
            figures = [
                Figure(label, by_hand[name], computed[name]) for name, label in labels.items() if name in by_hand
            ]
            rows.append(CaseFigures(key, figures, Figure(_("Section"), by_hand["section"], computed["section"])))
        total = Figure(_("Total"), case.points["total"], found.total)
        url = reverse("tools:crs", query=links.crs_query(case.profile) | {"grid": grid["id"]})
        yield CheckedCase(case.key, titled(case), list(crs_facts(case.profile)), rows, [total], url)


def fsw_checked(grid):
    for case in fsw_cases():
        found, points = fsw.score(case.profile, grid), case.points
        figures = [Figure(label, points["points"][name], found.points[name]) for name, label in FSW_LINES.items()]
        total = Figure(_("Total"), points["total"], found.total)
        met = [("passes_67", _("Pass mark reached")), ("meets_minimum_requirements", _("Minimum requirements met"))]
        sums = [Figure(label, yes_or_no(points[key]), yes_or_no(getattr(found, key))) for key, label in met]
        url = reverse("tools:fsw", query=links.fsw_query(case.profile))
        rows = [CaseFigures(_("Factors"), figures, total)]
        yield CheckedCase(case.key, titled(case), list(fsw_facts(case.profile)), rows, sums, url)


def yes_or_no(answer):
    return _("yes") if answer else _("no")


def titled(case):
    return case.title.get(get_language(), case.title["en"])
