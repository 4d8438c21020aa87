"""What no official page says about a draw: a few plain queries, as many whatever the number of draws."""

import operator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery, Value, prefetch_related_objects

from editing.days import canadian_day
from occupations.models import Edition, Listing

from .invitations import Total, aggregates
from .models import Draw, Kind

# A record: the value that counts, which end of it, and how a value holds out against that end.
RECORDS = {
    "lowest": ("cutoff", Min, operator.le),
    "highest": ("cutoff", Max, operator.ge),
    "most": ("invitations", Max, operator.ge),
    "fewest": ("invitations", Min, operator.le),
}
MANY = 3  # among fewer draws, each is a record of something
WEEK_SHOWN = 12  # draws; no week of the record comes near


@dataclass
class Insights:
    """A draw, the draws that tell about it, and its figures among them."""

    draw: Draw
    place: int  # among the draws of its stream
    year_draws: int  # of its year, up to this draw
    year_invitations: Total
    week_draws: int
    week_invitations: Total
    records: list  # what no draw at all goes beyond
    stream_records: list  # what no draw of its stream goes beyond
    week: list  # the first draws of the week and those beside this one
    previous: Draw | None
    next: Draw | None
    previous_alike: Draw | None
    next_alike: Draw | None
    previous_category: Draw | None
    previous_general: Draw | None
    since_count: list  # the draws between the count of the pool and this draw
    listings: list = field(default_factory=list)

    @property
    def days_since(self):
        """Days since the draw before of its stream."""
        return (self.draw.date - self.previous_alike.date).days

    @property
    def monday(self):
        return week(self.draw.date)[0]

    @property
    def sunday(self):
        return week(self.draw.date)[1]

    @property
    def delisted(self):
        """Occupations of its day that are no longer on today's list."""
        return [listing for listing in self.listings if not listing.is_listed_today]

    @property
    def edition_today(self):
        """The edition of the draw's category in force today, by its address alone."""
        version = self.listings[0].version_today if self.listings else None
        return Edition(category=self.draw.category, version=version) if version else None

    @property
    def is_list_in_force(self):
        return self.edition_today is not None and self.edition_today.version == self.draw.edition.version


def insights_of(draw, now):
    """All that is told about the public ``draw``, as the record stands at ``now``."""
    draws = Draw.objects.published(now)
    rows = neighbours_and_week(draw, draws)
    prefetch_related_objects(rows, "programs")
    figures = figures_of(draw, draws)
    year, of_week = figures["year"], figures["week"]
    monday, sunday = week(draw.date)
    return Insights(
        draw=draw,
        place=figures["stream"]["place"],
        year_draws=year["draws"],
        year_invitations=Total.found_in(year),
        week_draws=of_week["draws"],
        week_invitations=Total.found_in(of_week),
        records=records_held(draw, figures["all"]),
        stream_records=records_held(draw, figures["stream"]),
        week=[row for row in rows if monday <= row.date <= sunday],
        listings=listings(draw, now),
        since_count=[row for row in rows if draw.pool and is_since_count(row, draw)],
        **neighbours(draw, rows),
    )


def week(day):
    """The Monday and the Sunday of the week around ``day``."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def neighbours_and_week(draw, draws):
    """The draw, those that its page compares with or leads to, and the first of its week, in order."""
    before, alike = draws.before(draw), draws.same_stream(draw)
    near = [
        before,
        draws.after(draw),
        alike.before(draw),
        alike.after(draw),
        before.filter(kind=Kind.CATEGORY),
        before.filter(kind=Kind.GENERAL),
    ]
    its_week = draws.filter(date__range=week(draw.date)).order_by("date", "sequence")  # as an index has them
    wanted = Q(pk__in=its_week.values("pk")[:WEEK_SHOWN])
    if draw.pool:
        since_count = before.filter(date__gte=draw.pool.as_on).order_by("-date", "-sequence")
        wanted |= Q(pk__in=Subquery(since_count.values("pk")[:WEEK_SHOWN]))
    for nearest in near:
        wanted |= Q(pk=Subquery(nearest.values("pk")[:1]))
    rows = Draw.objects.filter(wanted).select_related("edition__category")  # by their keys alone
    return sorted([draw, *(row for row in rows if row != draw)], key=lambda row: row.sequence)


def is_since_count(row, draw):
    """Whether a row came before ``draw``, and on the day of its pool's count or later."""
    return draw.pool.as_on <= row.date and row.sequence < draw.sequence


def neighbours(draw, rows):
    """The neighbours by their part: ``rows`` are in order and hold the nearest of each kind."""
    before = [row for row in rows if row.sequence < draw.sequence]
    after = [row for row in rows if row.sequence > draw.sequence]
    return {
        "previous": last(before),
        "next": last(reversed(after)),
        "previous_alike": last(row for row in before if row.is_in_stream_of(draw)),
        "next_alike": last(row for row in reversed(after) if row.is_in_stream_of(draw)),
        "previous_category": last(row for row in before if row.kind == Kind.CATEGORY),
        "previous_general": last(row for row in before if row.kind == Kind.GENERAL),
    }


def last(rows):
    return next(reversed(list(rows)), None)


def figures_of(draw, draws):
    """The same figures of all draws, of the draw's stream, its year up to it, and its week, asked in one query."""
    scopes = {
        "all": draws,
        "stream": draws.same_stream(draw),
        "year": draws.filter(date__range=(date(draw.date.year, 1, 1), draw.date), sequence__lte=draw.sequence),
        "week": draws.filter(date__range=week(draw.date)),
    }
    ends = {name: end(value) for name, (value, end, _holds) in RECORDS.items()}
    place = Count("pk", filter=Q(sequence__lte=draw.sequence))
    asked = [  # the place is asked of the stream alone: an index then has all that is asked of all draws
        rows.order_by()
        .values(scope=Value(name))
        .annotate(place=place if name == "stream" else Count("pk"), **aggregates(), **ends)
        for name, rows in scopes.items()
    ]
    none = {"draws": 0, "known": 0, "unknown": 0, "place": 0}  # what a draft finds before the first draw is public
    return dict.fromkeys(scopes, none) | {found["scope"]: found for found in asked[0].union(*asked[1:], all=True)}


def records_held(draw, figures):
    """The records that the draw holds or shares; a value that nobody published holds none."""
    return [name for name in RECORDS if figures["draws"] >= MANY and holds(draw, name, figures[name])]


def holds(draw, name, best):
    value, _end, holds_out = RECORDS[name]
    own = getattr(draw, value)
    return own is not None and (best is None or holds_out(own, best))


def listings(draw, now):
    """The occupations listed on the day of a category draw, each with whether it is on today's list."""
    if not draw.edition or not draw.edition.is_public(now):
        return []
    today = Edition.objects.published(now).in_force(canadian_day(now)).filter(category=draw.category)
    kept = Listing.objects.filter(edition__in=today, occupation=OuterRef("occupation"))
    return list(
        draw.edition.listings.select_related("occupation").annotate(
            is_listed_today=Exists(kept), version_today=Subquery(today.values("version")[:1])
        )
    )
