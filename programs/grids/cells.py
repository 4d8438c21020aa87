"""The numbers of a grid, each with its place, its name and the table in which people read it."""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from programs.calculators.labels import ABILITY_WORDS
from programs.calculators.language import ABILITIES

from . import crs_tables, fsw_tables
from .labels import SECTIONS
from .tables import GridTable

BANDS = ("level", "years", "foreign_years")  # say for whom a row is, not what it brings
NUMBER = re.compile(r"[0-9]{1,5}([.,][0-9]{1,2})?")


@dataclass(frozen=True, eq=False)
class Cell:
    """A number in its place; two of them are never the same, so that each age has its own row."""

    path: str
    value: Any

    def __str__(self):
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class NamedCell:
    """A cell as a spreadsheet and a list of differences name it."""

    path: str
    table: str
    row: str
    column: str
    value: Any

    def __str__(self):
        return ", ".join(str(part) for part in (self.table, self.row, self.column) if part)


def with_cells(part: Any, path: tuple = ()) -> Any:
    """The grid with a cell in the place of each number."""
    if isinstance(part, dict):
        return {name: inner if name in BANDS else with_cells(inner, (*path, name)) for name, inner in part.items()}
    if isinstance(part, list):
        return [with_cells(inner, (*path, place)) for place, inner in enumerate(part)]
    is_number = isinstance(part, int | float) and not isinstance(part, bool)
    is_empty = part is None and path[-1:] == ("points",)
    return Cell(".".join(map(str, path)), part) if is_number or is_empty else part


def tables(system: str, grid: Mapping) -> list[GridTable]:
    """The tables of the public pages, with cells in the place of numbers."""
    return list({"crs": crs, "fsw": fsw, "language": language}[system](with_cells(grid)))


def crs(grid: Mapping) -> Iterator[GridTable]:
    additional = {name: part for name, part in grid["D"].items() if name != "job_offer"}  # has fields of its own
    yield crs_tables.outline(grid)
    yield from crs_tables.core(grid)
    yield from crs_tables.spouse(grid)
    yield from crs_tables.transferability(grid)
    caps, name = grid["C"]["subgroup_caps"], SECTIONS["C"]
    rows = [
        (_("Education, both together"), [caps["education"]]),
        (_("Work abroad, both together"), [caps["foreign_work"]]),
        (_("Certificate with language"), [caps["certificate_of_qualification"]]),
    ]
    yield GridTable("caps", name, [_("Group"), _("At most")], rows)
    yield replace(crs_tables.additional(grid | {"D": additional}), maximum=None)  # is that of the first table


def fsw(grid: Mapping) -> Iterator[GridTable]:
    rows = [(_("Pass mark"), [grid["pass_mark"]])]
    yield GridTable("pass-mark", _("Pass mark"), [_("Pass mark"), _("Points")], rows)
    yield fsw_tables.outline(grid)
    yield from fsw_tables.factors(grid)


def language(grid: Mapping) -> Iterator[GridTable]:
    heads = [str(ABILITY_WORDS[name]) for name in ABILITIES]
    head = [_("Level (CLB or NCLC)"), *(f"{name} {side}" for name in heads for side in (_("from"), _("to")))]
    for key, test in grid["tests"].items():
        levels = sorted(test["levels"], key=lambda row: -row["level"])
        rows = [(row["level"], [row[name][side] for name in ABILITIES for side in ("min", "max")]) for row in levels]
        yield GridTable(key, test["name"], head, rows)


def named_cells(system: str, grid: Mapping) -> dict[str, NamedCell]:
    """Every cell by its path, in the order of the tables."""
    found: dict[str, NamedCell] = {}
    for table in tables(system, grid):
        rows = [*table.rows, *([(table.maximum_label, table.maximum)] if table.maximum else [])]
        for label, cells in rows:
            for head, cell in zip(table.head[1:], cells, strict=False):
                if isinstance(cell, Cell) and cell.path not in found:
                    column = head if len(table.head) > 2 else ""
                    found[cell.path] = NamedCell(cell.path, str(table.caption), str(label), str(column), cell.value)
    return found


def with_values(system: str, grid: dict, typed: Mapping[str, str]) -> dict:
    """The grid with what was typed into its cells; raises ValueError with a sentence for each that is no number."""
    cells, changed, faults = named_cells(system, grid), copy.deepcopy(grid), []
    for path in typed.keys() & cells.keys():
        text = str(typed[path]).strip()
        if text == str(Cell(path, cells[path].value)):
            continue
        if not (NUMBER.fullmatch(text) or (not text and path.startswith("factors.language"))):
            faults.append(_("%(cell)s: “%(text)s” is not a number.") % {"cell": cells[path], "text": text[:40]})
            continue
        put(changed, path, number(text))
    if faults:
        raise ValueError(" ".join(sorted(faults)))
    return derived(changed) if system == "crs" else changed


def number(text: str) -> int | float | None:
    if not text:
        return None
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def put(grid: dict, path: str, value: Any) -> None:
    *way, name = [int(step) if step.isdecimal() else step for step in path.split(".")]
    inside = grid
    for step in way:
        inside = inside[step] if isinstance(inside, list) else inside[str(step)]
    inside[name if isinstance(inside, list) else str(name)] = value


def derived(grid: dict) -> dict:
    """The maxima that stand in a CRS grid twice follow those of the outline."""
    most = grid["section_max"]
    grid["B"]["max"] = most["B_spouse"]["with_spouse"]
    grid["C"]["max"], grid["D"]["max"] = most["C_transferability"], most["D_additional"]
    return grid


def cell_differences(system: str, before: Mapping, after: Mapping) -> list[tuple[str, Any, Any]]:
    """The cells that differ, by name, with both values; parts beyond the tables are named by their path."""
    old, new = named_cells(system, before), named_cells(system, after)
    paths = [path for path in new | old if path not in old or path not in new or old[path].value != new[path].value]
    return [
        (str(new.get(path) or old[path]), *(side[path].value if path in side else None for side in (old, new)))
        for path in paths
    ]
