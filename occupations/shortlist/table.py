"""Several unit groups side by side as on one day: programs, category lists, latest draw, and what came after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Literal

from occupations.categories.editions import Period, in_force, periods
from occupations.models import Category, Edition, Listing, Occupation
from occupations.program_fit import NOC_2021_COUNTS_FROM, Fit, Rules
from programs.models import Program


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a category said of an occupation after the day: it came on the list, left it, or was kept on a new one."""

    kind: Literal["joined", "left", "kept"]
    category: Category
    day: date
    edition: Edition | None  # none where the category came to an end
    before: Edition | None


@dataclass(frozen=True, slots=True)
class ShortlistRow:
    occupation: Occupation
    fits: list[Fit]
    listings: list[Listing]  # of the day, by category
    draw: object | None  # the latest up to the day whose list named it
    changes: list[ListChange]

    @property
    def same_since(self) -> bool:
        return not self.changes


@dataclass
class Shortlist:
    """The table of some unit groups as on ``day``, read on ``today``."""

    codes: Sequence[str]
    day: date
    today: date

    @cached_property
    def occupations(self) -> list[Occupation]:
        published = Edition.objects.published()
        return [*Occupation.objects.filter(code__in=self.codes).with_latest_draw(published.held(self.day))]

    @cached_property
    def programs(self) -> list[Program]:
        """The programs that say something to a unit group, in their own order."""
        answering = {fit.program for fit in self.rules.fits(self.codes[0])}
        return [program for code, program in self.rules.programs.items() if code in answering]

    @cached_property
    def rules(self) -> Rules:
        """What the programs counted on the day."""
        return Rules(self.day)

    @cached_property
    def listings(self) -> list[Listing]:
        """Every listing of these occupations in a public edition, of any time."""
        listings = Listing.objects.filter(occupation__in=self.occupations, edition__in=Edition.objects.published())
        return [*listings.select_related("edition__category", "occupation").order_by("edition__category__slug")]

    @cached_property
    def editions(self) -> list[Edition]:
        return [*Edition.objects.published().select_related("category")]

    @cached_property
    def draws(self) -> dict:
        keys = {occupation.latest_draw for occupation in self.occupations if occupation.latest_draw}
        return {draw.pk: draw for draw in Edition.objects.published().held(self.day).filter(pk__in=keys)}

    @cached_property
    def rows(self) -> list[ShortlistRow]:
        return [self.row(occupation) for occupation in self.occupations]

    def row(self, occupation: Occupation) -> ShortlistRow:
        answers = {fit.program: fit for fit in self.rules.fits(occupation.code)}
        own = [listing for listing in self.listings if listing.occupation == occupation]
        return ShortlistRow(
            occupation,
            [answers[program.code] for program in self.programs],
            [listing for listing in own if listing.edition.is_in_force(self.day)],
            self.draws.get(occupation.latest_draw),
            self.changes({listing.edition_id for listing in own}),
        )

    def changes(self, listed_in: set[int]) -> list[ListChange]:
        """What changed after the day, for an occupation on the lists of these editions."""
        found = [change for spans in self.spans for change in changes_of(spans, listed_in, self.day, self.today)]
        return sorted(found, key=lambda change: (change.kind == "kept", change.day))

    @cached_property
    def spans(self) -> list[list[Period]]:
        """The periods of each category in the order of time."""
        by_category = groupby(self.editions, lambda edition: edition.category)
        return [periods(editions)[::-1] for _, editions in by_category]

    @property
    def before_noc_2021(self) -> bool:
        return self.day < NOC_2021_COUNTS_FROM

    @property
    def any_in_force(self) -> bool:
        return in_force(self.editions, self.day) is not None

    @cached_property
    def reasons(self) -> dict[tuple[str, str], int]:
        """Every reason of the programs once, program by program, with its number in the notes."""
        by_program = (
            (fit.program_text, fit.text)
            for answers in zip(*(row.fits for row in self.rows), strict=True)
            for fit in answers
        )
        return {key: number for number, key in enumerate(dict.fromkeys(by_program), 1)}

    @property
    def numbered(self) -> list[tuple[ShortlistRow, list[tuple[Fit, int]]]]:
        """The rows, each program's answer with the number of its reason."""
        return [(row, [(fit, self.reasons[fit.program_text, fit.text]) for fit in row.fits]) for row in self.rows]

    @property
    def draw_sources(self) -> list:
        """One draw for each source."""
        draws = sorted(self.draws.values(), key=lambda draw: (draw.evidence, draw.source))
        return [*{(draw.evidence, draw.source, draw.source_url, draw.checked_on): draw for draw in draws}.values()]

    @cached_property
    def concerned(self) -> list[tuple[Edition, list[Listing]]]:
        """The editions that the table speaks of, each with its listings of these occupations."""
        changes = [change for row in self.rows for change in row.changes]
        keys = {listing.edition_id for row in self.rows for listing in row.listings}
        keys |= {edition.pk for change in changes for edition in (change.edition, change.before) if edition}
        named = [edition for edition in self.editions if edition.pk in keys]
        return [(one, [listing for listing in self.listings if listing.edition == one]) for one in named]


def changes_of(spans: Iterable[Period], listed_in: set[int], day: date, today: date) -> list[ListChange]:
    """The moves of one category between two days; where it made none, the newest list that kept the occupation."""
    moves, listed, on_day, edition = [], False, None, None
    for period in (one for one in spans if one.start <= today):
        now = period.edition is not None and period.edition.pk in listed_in
        if period.start <= day:
            on_day = period.edition if now else None
        elif now != listed:
            category = (period.edition or edition).category
            moves.append(ListChange("joined" if now else "left", category, period.start, period.edition, edition))
        listed, edition = now, period.edition or edition
    if not moves and on_day not in (None, edition):
        return [ListChange("kept", edition.category, edition.effective_from, edition, on_day)]
    return moves
