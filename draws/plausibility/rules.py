"""What is hard to believe of a round or of a count of the pool, beside the record around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

# The extremes of 448 rounds, 2015 to 2026: draw 176 had the most invitations and the lowest cut-off, 91b the highest.
MOST_INVITATIONS, LOWEST_CUTOFF, HIGHEST_CUTOFF = 27_332, 75, 902
LARGEST_STEP = 150  # from one cut-off of a stream to the next; 116 at most since the spring of 2021
RECENT = timedelta(days=365)  # older rounds had larger steps, and are known
POOL_FACTOR = 2  # between two counts of the pool


@dataclass(frozen=True)
class Round:
    """A round as the rules look at it."""

    number: str
    date: date
    invitations: int | None = None
    cutoff: int | None = None


@dataclass(frozen=True)
class Pool:
    """A count of the pool as the rules look at it."""

    as_on: date
    total: int


def doubts_about_round(round_: Round, before: Round | None, last_cutoff: int | None, today: date) -> list[str]:
    """Sentences on a round, beside the public round before it and the last cut-off of its stream."""
    found = [*doubts_about_day(round_.date, today), *doubts_about_size(round_), *doubts_about_cutoff(round_)]
    found += doubts_about_place(round_, before) if before else []
    return [*found, *doubts_about_step(round_, last_cutoff, today)]


def doubts_about_day(day: date, today: date) -> Iterator[str]:
    if day > today:
        yield _("%(date)s is yet to come.") % {"date": day}


def doubts_about_size(round_: Round) -> Iterator[str]:
    if round_.invitations is not None and round_.invitations > MOST_INVITATIONS:
        words = {"count": f"{round_.invitations:,}", "most": f"{MOST_INVITATIONS:,}"}
        yield _("%(count)s invitations: no round up to 2026 had more than %(most)s.") % words


def doubts_about_cutoff(round_: Round) -> Iterator[str]:
    if round_.cutoff is not None and not LOWEST_CUTOFF <= round_.cutoff <= HIGHEST_CUTOFF:
        words = {"cutoff": round_.cutoff, "low": LOWEST_CUTOFF, "high": HIGHEST_CUTOFF}
        yield _("A cut-off of %(cutoff)s: those up to 2026 lie between %(low)s and %(high)s.") % words


def doubts_about_place(round_: Round, before: Round) -> Iterator[str]:
    words = {"number": round_.number, "before": before.number, "day": before.date, "date": round_.date}
    if count_of(round_.number) > count_of(before.number) + 1:
        yield _("Number %(number)s follows number %(before)s: what lies between is missing.") % words
    if round_.date < before.date:
        yield _("It is dated %(date)s, before draw %(before)s of %(day)s.") % words


def doubts_about_step(round_: Round, last_cutoff: int | None, today: date) -> Iterator[str]:
    if round_.cutoff is None or last_cutoff is None or round_.date < today - RECENT:
        return
    if abs(round_.cutoff - last_cutoff) > LARGEST_STEP:
        words = {"cutoff": round_.cutoff, "last": last_cutoff}
        yield _("A cut-off of %(cutoff)s: the last one of this kind of round was %(last)s.") % words


def doubts_about_pool(pool: Pool, before: Pool | None, today: date) -> list[str]:
    """Sentences on a count of the pool, beside the one before it."""
    found = [*doubts_about_day(pool.as_on, today)]
    if before and not before.total <= pool.total * POOL_FACTOR <= before.total * POOL_FACTOR**2:
        words = {"total": f"{pool.total:,}", "last": f"{before.total:,}"}
        found.append(_("%(total)s candidates in the pool: the count before says %(last)s.") % words)
    return found


def count_of(number: str) -> int:
    """91 of 91a."""
    return int(number.rstrip("abcdefghijklmnopqrstuvwxyz"))
