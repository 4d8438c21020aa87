"""How often rounds are held: what was, never what will be. The department publishes no schedule."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median, quantiles

from django.db.models import BooleanField, ExpressionWrapper, Q

from draws.invitations import Total, totals
from draws.models import Draw, Kind


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


def year_to_date(until: date):
    """The totals of all draws and of each kind from January 1 to ``until``, and of the same days a year before."""
    new_year = until.replace(month=1, day=1)
    days = Q(date__range=(new_year, until)) | same_days_a_year_before(until)
    is_before = ExpressionWrapper(Q(date__lt=new_year), BooleanField())
    found = totals(Draw.objects.published().filter(days), "kind", is_before=is_before)
    year = {kind: found.get((kind, False), Total()) for kind in Kind.values}
    before = (total for (_kind, is_before), total in found.items() if is_before)
    return year | {"all": sum(year.values(), Total()), "before": sum(before, Total())}


def same_days_a_year_before(until):
    leap_day = (until.month, until.day) == (2, 29)
    last = until.replace(year=until.year - 1, day=28 if leap_day else until.day)
    return Q(date__range=(last.replace(month=1, day=1), last))
