"""Profiles of our own with every factor's points worked out by hand from the grids, so that anyone can check us.

The figures in ``worked_cases.json`` never come from the calculators: the page and the tests compare the two.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programs.calculators import crs, fsw
from programs.calculators.language import Levels

PATH = Path(__file__).with_name("worked_cases.json")


@dataclass(frozen=True)
class WorkedCase:
    """A profile and its hand-worked ``points``: the answer's lines; ``title`` by language code.

    ``points`` holds what ``as_dict`` of the score gives, without the grid and the notes; ``caps`` are the keys of
    the CRS caps that bit.
    """

    key: str
    title: dict[str, str]
    profile: crs.CrsProfile | fsw.FswProfile
    points: dict[str, Any]
    caps: tuple[str, ...] = ()


def crs_cases() -> list[WorkedCase]:
    """The CRS profiles, for the grid valid from 2025-03-25."""
    return [_case(row, crs.CrsProfile) for row in _rows("crs")]


def fsw_cases() -> list[WorkedCase]:
    """The Federal Skilled Worker profiles, for the grid in force on 2026-06-12."""
    return [_case(row, fsw.FswProfile) for row in _rows("fsw")]


def _rows(system: str) -> list[dict]:
    return json.loads(PATH.read_text(encoding="utf-8"))[system]


def _case(row: dict, kind: type[crs.CrsProfile] | type[fsw.FswProfile]) -> WorkedCase:
    points = {name: value for name, value in row.items() if name not in ("key", "title", "profile", "caps")}
    profile = kind(**{name: _value(name, value) for name, value in row["profile"].items()})
    return WorkedCase(row["key"], row["title"], profile, points, tuple(row.get("caps", ())))


def _value(name: str, value: Any) -> Any:
    if name == "adaptability":
        return frozenset(value)
    return Levels(*value) if isinstance(value, list) else value
