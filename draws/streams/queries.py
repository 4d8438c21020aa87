"""A stream: the draws that are counted together, because each covers the same candidates."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, Window, prefetch_related_objects
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.http import urlencode

from draws.models import Draw, Kind
from editing.pages.marks import GENERAL
from occupations.models import Category
from programs.models import Program

from .gaps import Gap, days_between, usual_gap

IN_USE = timedelta(days=730)  # since its last draw
LATELY = 12


@dataclass(frozen=True)
class Stream:
    """General draws, the draws of one program, or those of one category."""

    slug: str
    name: str
    mark: str
    kind: Kind
    row: Program | Category | None = None

    def get_absolute_url(self):
        return reverse("draws:stream", args=[self.slug])

    @property
    def filters(self):
        """The same draws as the filters of the list of all draws choose them."""
        narrowed = {Kind.PROGRAM: {"program": self.slug}, Kind.CATEGORY: {"category": self.slug}}
        return {"kind": self.kind.value} | narrowed.get(self.kind, {})

    @property
    def query(self):
        return f"?{urlencode(self.filters)}"

    def draws(self, now=None):
        """Its public draws, the newest first."""
        of_row = {Kind.PROGRAM: {"programs": self.row}, Kind.CATEGORY: {"edition__category": self.row}}
        return Draw.objects.published(now).filter(kind=self.kind, **of_row.get(self.kind, {}))


@dataclass(frozen=True)
class LatestDraws:
    """What the newest draws of a stream say; gaps are days between draw days, the newest first."""

    last: Draw
    before: Draw | None
    gaps: list[int]
    usual: Gap | None

    @property
    def change(self):
        """Points by which the cut-off rose since the draw before; None where one was not published."""
        known = self.before and None not in (self.last.cutoff, self.before.cutoff)
        return self.last.cutoff - self.before.cutoff if known else None

    def is_in_use(self, on):
        return on - self.last.date <= IN_USE


def latest_draws(draws):
    """Of the newest draws of one stream, the newest first; None where there is no draw."""
    draws = list(draws)
    if not draws:
        return None
    days = sorted({draw.date for draw in draws})[-LATELY - 1 :]
    return LatestDraws(draws[0], draws[1] if draws[1:] else None, days_between(days)[::-1], usual_gap(days))


def newest_of_each(found, now=None):
    """The newest draws of all streams by their addresses, by one query: enough for the gaps lately."""
    wanted = Q(pk__in=newest_of_categories(now))
    for stream in found:
        if stream.kind != Kind.CATEGORY:
            wanted |= Q(pk__in=stream.draws(now).values("pk")[: LATELY + 1])
    draws = Draw.objects.filter(wanted).select_related("edition__category")
    fetch_programs(draws)
    newest = {stream.slug: [] for stream in found}
    for draw in draws:
        newest[draw.stream_slug].append(draw)
    return newest


def newest_of_categories(now):
    """The keys of the newest draws of all categories at once: a part of the query for each takes longer to write."""
    place = Window(RowNumber(), partition_by="edition__category", order_by="-sequence")
    draws = Draw.objects.published(now).filter(kind=Kind.CATEGORY).order_by()
    return draws.annotate(place=place).filter(place__lte=LATELY + 1).values("pk")


def fetch_programs(draws):
    """Draws for one program get it, by one query; of the others the programs are not asked for."""
    prefetch_related_objects([draw for draw in draws if draw.kind == Kind.PROGRAM], "programs")


def grouped(draws):
    """The draws of each stream; ``fetch_programs`` comes first."""
    groups = {}
    for draw in draws:
        groups.setdefault(draw.stream_slug, []).append(draw)
    return [(stream_of(held[0]), held) for held in groups.values()]


def stream_of(draw):
    if draw.kind == Kind.PROGRAM:
        return of_program(draw.stream)
    return of_category(draw.category) if draw.kind == Kind.CATEGORY else general()


def streams(now=None, categories=None):
    """Every stream of which the public may know: general draws, programs, categories."""
    public = Category.objects.public(now) if categories is None else categories
    yield general()
    yield from (of_program(program) for program in Program.objects.all())
    yield from (of_category(category) for category in public)


def stream_called(slug, now=None):
    """The stream of that address, or None."""
    if slug == Kind.GENERAL.value:
        return general()
    if category := Category.objects.public(now).filter(slug=slug).first():
        return of_category(category)
    program = Program.objects.filter(code=slug.upper()).first()
    return of_program(program) if program and program.code.lower() == slug else None


def general():
    return Stream(Kind.GENERAL.value, str(Kind.GENERAL.label), GENERAL, Kind.GENERAL)


def of_program(program):
    return Stream(program.code.lower(), program.name, program.mark, Kind.PROGRAM, program)


def of_category(category):
    return Stream(category.slug, category.name, category.mark, Kind.CATEGORY, category)
