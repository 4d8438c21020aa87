"""What no official page says about a draw, asked of the database in one query, whatever the number of draws."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value, prefetch_related_objects

from editing.days import canadian_day
from occupations.models import Edition, Listing

from .invitations import Total, aggregates
from .models import Draw, Kind

# A record and the question whose answer "none" makes it one.
RECORDS = {
    "lowest": "cutoff__lt",
    "highest": "cutoff__gt",
    "most": "invitations__gt",
    "fewest": "invitations__lt",
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
    edition_today: Edition | None
    previous: Draw | None
    next: Draw | None
    previous_alike: Draw | None
    next_alike: Draw | None
    previous_category: Draw | None
    previous_general: Draw | None
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
    def is_list_in_force(self):
        return self.edition_today is not None and self.edition_today.version == self.draw.edition.version


def insights_of(draw, now):
    """All that is told about the public ``draw``, as the record stands at ``now``."""
    draws = Draw.objects.published(now)
    near = {name: Subquery(rows.values("pk")[:1]) for name, rows in neighbours(draw, draws).items()}
    rows = {row.pk: row for row in related(draw, draws, near, figures(draw, draws, now))}
    prefetch_related_objects(list(rows.values()), "programs")
    here = rows[draw.pk]
    monday, sunday = week(draw.date)
    return Insights(
        draw=here,
        place=here.place,
        year_draws=here.year_draws,
        year_invitations=Total(here.year_known, here.year_draws, here.year_unknown),
        week_draws=here.week_draws,
        week_invitations=Total(here.week_known, here.week_draws, here.week_unknown),
        records=held_records(here, here.is_one_of_many, "of_all"),
        stream_records=held_records(here, here.is_one_of_many_alike, "alike"),
        week=[row for row in rows.values() if monday <= row.date <= sunday],
        edition_today=edition_today(here),
        listings=listings(here, now),
        **{name: rows.get(getattr(here, name)) for name in near},
    )


def week(day):
    """The Monday and the Sunday of the week around ``day``."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def neighbours(draw, draws):
    """The draws that a page on ``draw`` compares with or leads to, each the first of its query."""
    before, alike = draws.before(draw), draws.same_stream(draw)
    return {
        "previous": before,
        "next": draws.after(draw),
        "previous_alike": alike.before(draw),
        "next_alike": alike.after(draw),
        "previous_category": before.filter(kind=Kind.CATEGORY),
        "previous_general": before.filter(kind=Kind.GENERAL),
    }


def related(draw, draws, near, figures):
    """The draw with its figures, its neighbours and the draws of its week, in order, all found by their keys."""
    of_week = draws.filter(date__range=week(draw.date)).order_by("sequence")[:WEEK_SHOWN]
    wanted = Q(pk=draw.pk) | Q(pk__in=of_week.values("pk"))
    for pk in near.values():
        wanted |= Q(pk=pk)
    rows = Draw.objects.filter(wanted).select_related("edition__category", "pool").order_by("sequence")
    return rows.annotate(**near, **figures)


def figures(draw, draws, now):
    """Subqueries for what has to be counted."""
    alike = draws.same_stream(draw)
    year = draws.filter(date__range=(date(draw.date.year, 1, 1), draw.date), sequence__lte=draw.sequence)
    of_week = draws.filter(date__range=week(draw.date))
    today = Edition.objects.published(now).in_force(canadian_day(now)).filter(category=draw.category)
    return {
        "place": figure_of(alike.filter(sequence__lte=draw.sequence), Count("pk")),
        **{f"year_{name}": figure_of(year, figure) for name, figure in aggregates(Q()).items()},
        **{f"week_{name}": figure_of(of_week, figure) for name, figure in aggregates(Q()).items()},
        "is_one_of_many": Exists(draws.order_by()[MANY - 1 :]),
        "is_one_of_many_alike": Exists(alike.order_by()[MANY - 1 :]),
        "version_today": Subquery(today.values("version")[:1]),
        **beaten(draw, draws, "of_all"),
        **beaten(draw, alike, "alike"),
    }


def figure_of(rows, aggregate):
    """A subquery for one figure of all ``rows`` together."""
    return Subquery(
        rows.order_by().annotate(whole=Value(1)).values("whole").annotate(figure=aggregate).values("figure")
    )


def beaten(draw, rows, scope):
    """Whether some of ``rows`` go beyond the draw; of a value that nobody published, nothing is asked."""
    return {
        f"{name}_{scope}_beaten": Exists(rows.filter(**{question: getattr(draw, question.split("__")[0])}))
        for name, question in RECORDS.items()
        if getattr(draw, question.split("__")[0]) is not None
    }


def held_records(draw, is_one_of_many, scope):
    return [name for name in RECORDS if is_one_of_many and not getattr(draw, f"{name}_{scope}_beaten", True)]


def edition_today(draw):
    """The edition of the draw's category in force today, by its address alone."""
    return Edition(category=draw.category, version=draw.version_today) if draw.version_today else None


def listings(draw, now):
    """The occupations listed on the day of a category draw, each with whether it is on today's list."""
    if not draw.edition or not draw.edition.is_public(now):
        return []
    today = Edition.objects.published(now).in_force(canadian_day(now)).filter(category=draw.category)
    kept = Listing.objects.filter(edition__in=today, occupation=OuterRef("occupation"))
    return list(draw.edition.listings.select_related("occupation").annotate(is_listed_today=Exists(kept)))
