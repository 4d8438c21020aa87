"""How often rounds are held: what was, never what will be. The department publishes no schedule."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median, quantiles

from django.db.models import OuterRef, Q, Subquery

from draws.invitations import totals
from draws.models import Draw, Kind
from occupations.models import Category
from programs.models import Program


@dataclass(frozen=True)
class Gap:
    """Days between draw days: the median, the middle half, and how many gaps were looked at."""

    median: float
    low: float
    high: float
    count: int

    @property
    def whole_median(self):
        return round(self.median)


def usual_gap(days):
    """The Gap between the sorted draw days, or None where fewer than four gaps are there to look at."""
    gaps = days_between(days)
    if len(gaps) < 4:
        return None
    low, _, high = quantiles(gaps, n=4, method="inclusive")
    return Gap(median(gaps), low, high, len(gaps))


def days_between(days):
    """The days from each of the sorted days to the next."""
    return [(later - earlier).days for earlier, later in pairwise(days)]


def draw_days(since, until):
    """The days between two dates on which public draws were held, each once, in order."""
    days = Draw.objects.published().filter(date__range=(since, until))
    return list(days.order_by("date").values_list("date", flat=True).distinct())


def gap_of_last_year(newest: date):
    """The usual gap in the 365 days up to the newest draw."""
    return usual_gap(draw_days(newest - timedelta(days=365), newest))


def latest_of_each_stream():
    """The latest public draw of every category, of every program, and of the general kind, newest first."""
    public = Draw.objects.published().order_by("-sequence").values("pk")
    of_category = Category.objects.annotate(
        latest=Subquery(public.filter(edition__category=OuterRef("pk"))[:1])
    ).values("latest")
    of_program = Program.objects.annotate(
        latest=Subquery(public.filter(kind=Kind.PROGRAM, programs=OuterRef("pk"))[:1])
    ).values("latest")
    general = public.filter(kind=Kind.GENERAL)[:1]
    draws = Draw.objects.filter(Q(pk__in=of_category) | Q(pk__in=of_program) | Q(pk__in=general))
    return list(draws.select_related("edition__category", "pool").prefetch_related("programs"))


def year_to_date(until: date):
    """The totals of all draws and of each kind from January 1 to ``until``, and of the same days a year before."""
    year, before = Q(date__range=(until.replace(month=1, day=1), until)), same_days_a_year_before(until)
    kinds = {kind: year & Q(kind=kind) for kind in Kind.values}
    return totals(Draw.objects.published(), all=year, before=before, **kinds)


def same_days_a_year_before(until):
    leap_day = (until.month, until.day) == (2, 29)
    last = until.replace(year=until.year - 1, day=28 if leap_day else until.day)
    return Q(date__range=(last.replace(month=1, day=1), last))
