"""How the editions of a category follow each other: what changed, what lies between, who is on which list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise, takewhile

from django.utils.translation import gettext as _

from occupations.models import Category, Edition, Listing, Occupation

from .conditions import Rule, rules

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeptListing:
    """An occupation that both editions list."""

    old: Listing
    new: Listing

    @property
    def retitled(self) -> bool:
        """Whether the department published another title; French ones are not held for every edition."""
        return self.old.title_as_published_en != self.new.title_as_published_en


@dataclass(frozen=True, slots=True)
class RuleChange:
    label: str
    old: Rule
    new: Rule


@dataclass(frozen=True, slots=True)
class Comparison:
    """What another edition lists and asks, seen from the first one."""

    added: list[Listing]
    removed: list[Listing]
    kept: list[KeptListing]
    rules: list[RuleChange]

    @property
    def retitled(self) -> list[KeptListing]:
        return [both for both in self.kept if both.retitled]

    @property
    def same_list(self) -> bool:
        return not (self.added or self.removed)


def compare_editions(old: Edition, new: Edition) -> Comparison:
    """What changes from the edition ``old`` to ``new``, lists in the order of NOC codes."""
    before, after = by_code(old), by_code(new)
    return Comparison(
        added=[after[code] for code in sorted(after.keys() - before.keys())],
        removed=[before[code] for code in sorted(before.keys() - after.keys())],
        kept=[KeptListing(before[code], after[code]) for code in sorted(before.keys() & after.keys())],
        rules=[RuleChange(one.label, one, other) for one, other in paired_rules(old, new) if one.text != other.text],
    )


def last_change(editions: list[Edition], day: date) -> tuple[Edition, Edition, Comparison] | None:
    """The newest of the editions, newest first, that differed from the one before it: both, and in what."""
    begun = [edition for edition in editions if edition.effective_from <= day]
    for new, old in pairwise(begun):
        found = compare_editions(old, new)
        if found.rules or not found.same_list:
            return old, new, found
    return None


def by_code(edition: Edition) -> dict[str, Listing]:
    return {listing.occupation.code: listing for listing in edition.listings.all()}


def paired_rules(old: Edition, new: Edition) -> Iterator[tuple[Rule, Rule]]:
    """The official name and the rules of both editions, side by side."""
    yield named(old), named(new)
    yield from zip(rules(old), rules(new), strict=True)


def named(edition: Edition) -> Rule:
    return Rule("name", _("Official name"), edition.name, "fr" if edition.name == edition.name_fr else "en")


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which one edition was in force, or none."""

    start: date
    end: date | None
    edition: Edition | None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def periods(editions: Iterable[Edition]) -> list[Period]:
    """Editions and the gaps between and after them, newest first."""
    found: list[Period] = []
    for edition in sorted(editions, key=lambda edition: edition.effective_from):
        ended = found[-1].end if found else None
        if ended and ended + DAY < edition.effective_from:
            found.append(Period(ended + DAY, edition.effective_from - DAY, None))
        found.append(Period(edition.effective_from, edition.effective_to, edition))
    if found and found[-1].end:
        found.append(Period(found[-1].end + DAY, None, None))
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Membership:
    """A time in which a category listed an occupation, or did not."""

    category: Category
    period: Period
    listed: bool
    state: str  # in-force or past

    @property
    def next_day(self) -> date | None:
        """The first day after it."""
        return self.period.end and self.period.end + DAY


def memberships(editions: Iterable[Edition], day: date) -> list[Membership]:
    """What each category said to the occupation that ``lists_it`` is about, the newest word first."""
    found = []
    for category, its in groupby(editions, lambda edition: edition.category):
        for period in periods(its):
            listed = period.edition is not None and period.edition.lists_it
            state = "in-force" if listed and period.covers(day) else "past"
            found.append(Membership(category, period, listed, state))
    return sorted(found, key=lambda one: one.period.start, reverse=True)


def listed_since(found: Iterable[Membership], category: Category, day: date) -> date:
    """The first day of the unbroken time in which the category lists the occupation, as it does on ``day``."""
    its = [one for one in found if one.category == category and one.period.start <= day]
    return [*takewhile(lambda one: one.listed, its)][-1].period.start


def last_listed(found: Iterable[Membership], day: date) -> Membership | None:
    """The newest time before ``day`` in which a category listed the occupation."""
    return next((one for one in found if one.listed and one.period.end and one.period.end < day), None)


def in_force(editions: Iterable[Edition], day: date) -> Edition | None:
    return next((edition for edition in editions if edition.is_in_force(day)), None)


def standings_of(categories: Iterable[Category], day: date) -> list[dict]:
    """Each category with its editions up to the day, the one in force and the latest draw."""
    published = Edition.objects.published()
    latest = {draw.edition.category: draw for draw in published.latest_draws(day)}
    known = [*published.filter(effective_from__lte=day).with_sizes().select_related("category")]
    found = []
    for category in categories:
        editions = [edition for edition in known if edition.category == category]
        current = in_force(editions, day)
        found.append({"category": category, "editions": editions, "current": current, "latest": latest.get(category)})
    return found


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An occupation, and for each edition whether it lists it."""

    occupation: Occupation
    listed: list[bool]


def matrix(editions: Sequence[Edition]) -> list[MatrixRow]:
    """Every occupation that any of the editions lists, in the order of NOC codes."""
    lists = [by_code(edition) for edition in editions]
    occupations = {code: listing.occupation for one in lists for code, listing in one.items()}
    return [MatrixRow(occupations[code], [code in one for one in lists]) for code in sorted(occupations)]


def sources(listings: Iterable[Listing]) -> list[tuple[Listing, int]]:
    """One listing for each source, with the number of listings read there."""
    groups = [[*group] for _, group in groupby(sorted(listings, key=source_of), source_of)]
    return [(group[0], len(group)) for group in groups]


def source_of(listing: Listing) -> tuple:
    return listing.evidence, listing.source, listing.source_url, listing.checked_on, listing.confirmed_by
