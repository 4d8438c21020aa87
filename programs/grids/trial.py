"""A grid on trial: every public page and calculator that reads it is run with it before it is published."""

import copy
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import getitem
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from editing.days import canadian_day, on_day
from editing.preview import never_seen
from editing.records import Status
from programs.calculators.language import ABILITIES
from programs.calculators.links import crs_query, fsw_query
from programs.calculators.worked_cases import crs_cases, fsw_cases

EVERY = 9  # so many worked cases stand for one page; the calculators count all of them (changed_cases.py)
TOOLS = {
    "crs": ("tools:crs", "api:crs_score"),
    "fsw": ("tools:fsw", "api:fsw_points"),
    "language": ("tools:language", "api:language_levels"),
}


class Page(NamedTuple):
    """An address that reads the grid, in one language."""

    language: str
    path: str
    query: str = ""

    def __str__(self):
        return f"{self.path}?{self.query}" if self.query else self.path


class TrialRequest(HttpRequest):
    """A visitor's request that no server received."""

    def __init__(self, page: Page):
        super().__init__()
        self.method, self.path, self.path_info = "GET", page.path, page.path
        self.META = {"REQUEST_METHOD": "GET", "PATH_INFO": page.path, "QUERY_STRING": page.query}
        self.GET, self.user, self.LANGUAGE_CODE = QueryDict(page.query), AnonymousUser(), page.language

    def get_host(self):
        return "localhost"


def trial_faults(row) -> list[str]:
    """The first page that fails with the row's grid, today or on the grid's first day, in a sentence."""
    with never_seen():
        sound = sound_grid(row)
        publish(row)
        for day in sorted({canadian_day(), row.valid_from}):
            for page in pages(row):
                if fault := fault_of(page, day):
                    return [said(page, day, fault, sound and blamed_part(row, sound, page, day))]
    return []


def sound_grid(row) -> dict | None:
    """Cells with which the pages work today, under the name of the row's grid: its own, or the newest published."""
    held = type(row)._base_manager.filter(system=row.system, status=Status.PUBLISHED).order_by("-valid_from")
    newest = held.filter(pk=row.pk).first() or held.first()
    return newest and newest.grid | {name: row.grid[name] for name in ("id", "valid_from") if name in row.grid}


def publish(row) -> None:
    """Make the row public past forms and history; whoever calls takes it back."""
    public = copy.copy(row)
    public.status, public.publish_at = Status.PUBLISHED, None
    if row.pk is None or row._state.adding:
        type(row)._base_manager.bulk_create([public])
    else:
        values = {field.attname: getattr(public, field.attname) for field in row._meta.concrete_fields}
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def pages(row) -> Iterator[Page]:
    tool, api = TOOLS[row.system]
    asked = list(questions(row.system, row.grid))
    for language in ("en", "fr"):
        with translation.override(language):
            shown = [*row.pages(), reverse("about-data"), reverse("worked-cases")]
            shown += [reverse(name) for name, _api in TOOLS.values()]
            yield from (Page(language, path) for path in shown)
            yield from (Page(language, reverse(tool), urlencode(query, doseq=True)) for query in asked)
    yield from (Page("en", reverse(api), urlencode(query, doseq=True)) for query in asked)


def questions(system: str, grid: Mapping) -> Iterator[dict]:
    """What the calculator of a system is asked: some of the worked cases, or the scores with which a level begins."""
    if system == "crs":
        yield from (crs_query(case.profile) | {"grid": grid["id"]} for case in crs_cases()[::EVERY])
    elif system == "fsw":
        yield from (fsw_query(case.profile) for case in fsw_cases()[::EVERY])
    else:
        for key, test in grid["tests"].items():
            row = test["levels"][0]
            yield {"test": key, "level": row["level"]} | {ability: row[ability]["min"] for ability in ABILITIES}


def fault_of(page: Page, day) -> str:
    """How the page fails on the day, or nothing: an error, or a refusal of what it was rightly asked."""
    try:
        with translation.override(page.language), on_day(day), transaction.atomic():
            request = TrialRequest(page)
            match = request.resolver_match = resolve(page.path)
            response = match.func(request, *match.args, **match.kwargs)
            refused = getattr(request, "refused", None) or response.status_code != 200
            return str(refused and response.status_code) if refused else ""
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def said(page: Page, day, fault: str, part: str | None) -> str:
    values = {"page": page, "day": date_format(day), "fault": fault, "part": part}
    if part:
        return _("%(page)s fails with this grid on %(day)s because of %(part)s (%(fault)s).") % values
    return _("%(page)s fails with this grid on %(day)s (%(fault)s).") % values


def blamed_part(row, sound: dict, page: Page, day) -> str:
    """The smallest part that makes the page fail when it alone is taken over into sound cells; empty if none does."""
    place = type(row)._base_manager.filter(system=row.system, valid_from=row.valid_from)

    def fails(grid):
        place.update(grid=grid)
        return fault_of(page, day)

    return ".".join(map(str, blamed_path(sound, row.grid, fails, ())))


def blamed_path(sound: dict, grid: dict, fails: Callable[[dict], str], path: tuple) -> tuple:
    for name in different(part_at(sound, path), part_at(grid, path)):
        if fails(with_part(sound, grid, (*path, name))):
            return blamed_path(sound, grid, fails, (*path, name))
    return path


def part_at(grid: dict, path: tuple) -> Any:
    """The part of that place, None where it is missing."""
    try:
        return reduce(getitem, path, grid)
    except KeyError:
        return None


def different(before: Any, after: Any) -> list:
    """The names under which two parts differ; none where one of them is a value, or a list of another length."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [name for name in before | after if before.get(name) != after.get(name)]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [place for place, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    return []


def with_part(sound: dict, grid: dict, path: tuple) -> dict:
    """The sound cells with one part of the others, or without it."""
    mixed, (*way, name) = copy.deepcopy(sound), path
    inside, source = reduce(getitem, way, mixed), reduce(getitem, way, grid)
    if isinstance(source, dict) and name not in source:
        del inside[name]
    else:
        inside[name] = source[name]
    return mixed
