"""Comprehensive Ranking System (CRS): points of a profile by factor, each factor's maximum, and the caps that bit.

Rule: the CRS criteria page of IRCC, grid valid from 2025-03-25; every number is read from the grid passed in.
Levels are CLB for English and NCLC for French; years are completed years; all points are whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from programs.calculators.language import LANGUAGES, NO_LEVELS, InputError, Levels, check_levels
from programs.grids.schemas import OFFERS
from programs.grids.validation import job_offer_points, row_for

SPOUSE = ("none", "accompanying", "not-accompanying", "citizen")
CANADIAN_STUDY = ("none", "one_or_two_year", "three_year_plus")  # in the order of the grid's cells
JOB_OFFER = ("none", *OFFERS)
YEARS_FIELDS = ("canadian_work_years", "foreign_work_years", "spouse_canadian_work_years")


@dataclass(frozen=True, kw_only=True)
class CrsProfile:
    """What the CRS looks at; raises InputError naming the field and the fault.

    ``second`` is in the other official language, None without a test in it. ``spouse`` is ``accompanying`` only for a
    spouse or common-law partner who comes along and is neither a Canadian citizen nor a permanent resident
    (``citizen`` stands for both); the other ``spouse_*`` fields count only then. Education keys are the grid's.
    ``sibling`` is a brother or sister in Canada, the applicant's or the accompanying spouse's. ``job_offer``
    counts only where the grid has points for it.
    """

    age: int
    education: str
    first_language: str
    first: Levels
    second: Levels | None = None
    canadian_work_years: int = 0
    foreign_work_years: int = 0
    certificate: bool = False
    nomination: bool = False
    sibling: bool = False
    canadian_study: str = "none"
    job_offer: str = "none"
    spouse: str = "none"
    spouse_education: str = "none"
    spouse_first: Levels | None = None
    spouse_canadian_work_years: int = 0

    def __post_init__(self) -> None:
        for field in ("age", *YEARS_FIELDS):
            if getattr(self, field) < 0:
                raise InputError(field, "out_of_range", min=0)
        choices = {"spouse": SPOUSE, "first_language": LANGUAGES, "canadian_study": CANADIAN_STUDY}
        for field, allowed in (choices | {"job_offer": JOB_OFFER}).items():
            if getattr(self, field) not in allowed:
                raise InputError(field, "unknown")
        for name, levels in (("first", self.first), ("second", self.second), ("spouse", self.spouse_first)):
            check_levels(name, levels)

    @property
    def with_spouse(self) -> bool:
        """Whether the with-spouse column and section B apply."""
        return self.spouse == "accompanying"

    @property
    def french(self) -> Levels:
        """French levels, whichever language is first; zeros without a test."""
        return self.first if self.first_language == "french" else self.second or NO_LEVELS

    @property
    def english(self) -> Levels:
        """English levels, whichever language is first; zeros without a test."""
        return self.first if self.first_language == "english" else self.second or NO_LEVELS


@dataclass(frozen=True)
class Cap:
    """A cap that took points away: ``key`` is section and line, ``points`` what the cells gave, ``limit`` the cap."""

    key: str
    points: int
    limit: int


@dataclass(frozen=True)
class CrsScore:
    """Points by section and factor, ``section`` being each section's sum after its caps; ``notes`` are codes."""

    grid: str
    total: int
    A: dict[str, int]
    B: dict[str, int]
    C: dict[str, int]
    D: dict[str, int]
    caps: tuple[Cap, ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict:
        """The public answer: grid, total, sections A to D, notes."""
        sections = {name: dict(getattr(self, name)) for name in "ABCD"}
        return {"grid": self.grid, "total": self.total, **sections, "notes": list(self.notes)}


class _Caps(list):
    """The caps that bit so far."""

    def apply(self, key: str, points: int, limit: int) -> int:
        if points > limit:
            self.append(Cap(key, points, limit))
        return min(points, limit)


def score(profile: CrsProfile, grid: Mapping) -> CrsScore:
    """Points of a profile under a grid that ``validate_grid`` accepts.

    Raises InputError ``education: unknown`` or ``spouse_education: unknown`` for a key that the grid lacks.
    """
    caps = _Caps()
    sections = {"A": _core(profile, grid, caps), "B": _spouse(profile, grid, caps)}
    sections["C"] = _transferability(profile, grid["C"], _tier(profile, grid), caps)
    sections["D"] = _additional(profile, grid, caps)
    total = caps.apply("total", sum(part["section"] for part in sections.values()), grid["total_max"])
    return CrsScore(grid["id"], total, **sections, caps=tuple(caps), notes=_notes(profile, grid))


def maxima(profile: CrsProfile, grid: Mapping) -> dict:
    """The most that each line of the answer can give to someone with this profile's spouse column."""
    column, B, C, D, offers = _column(profile), grid["B"], grid["C"], grid["D"], job_offer_points(grid)
    pairs = {key: _highest(C[name]["cells"]) for key, name in _PAIRS.items()}
    groups = {key: C["subgroup_caps"][name] for key, name in _GROUPS.items()}
    return {
        "total": grid["total_max"],
        "A": {key: grid["A"][name]["max"][column] for key, name in _CORE.items()}
        | {"section": grid["section_max"]["A_core"][column]},
        "B": {key: B[name]["max"] if profile.with_spouse else 0 for key, name in _SPOUSE.items()}
        | {"section": grid["section_max"]["B_spouse"][column]},
        "C": {**_in_order(pairs | groups), "section": C["max"]},
        "D": {
            "nomination": D["provincial_nomination"],
            "french": D["french"]["max"],
            "study_in_canada": D["education_in_canada"]["max"],
            "sibling": D["sibling_in_canada"]["points"],
            **({"job_offer": max(offers.values())} if offers else {}),
            "section": D["max"],
        },
    }


_CORE = {"age": "age", "education": "education", "first_language": "first_official_language"}
_CORE |= {"second_language": "second_official_language", "canadian_work": "canadian_work"}
_SPOUSE = {"education": "education", "language": "first_official_language", "canadian_work": "canadian_work"}
_PAIRS = {"education_language": "education_language", "education_canadian_work": "education_canadian_work"}
_PAIRS |= {"foreign_language": "foreign_work_language", "foreign_canadian_work": "foreign_work_canadian_work"}
_GROUPS = {
    "education_group": "education",
    "foreign_group": "foreign_work",
    "certificate_group": "certificate_of_qualification",
}


def _column(profile: CrsProfile) -> str:
    return "with_spouse" if profile.with_spouse else "without_spouse"


def _highest(rows: list[Mapping]) -> int:
    return max(points for row in rows for name, points in row.items() if name.startswith(("level_", "years_")))


def _education(rows: list[Mapping], field: str, key: str) -> Mapping:
    for row in rows:
        if row["key"] == key:
            return row
    raise InputError(field, "unknown")


def _tier(profile: CrsProfile, grid: Mapping) -> str:
    return _education(grid["A"]["education"]["cells"], "education", profile.education)["transferability_tier"]


def _per_ability(rows: list[Mapping], levels: Levels | None, column: str) -> int:
    return sum(row_for(rows, "level", level)[column] for level in levels or NO_LEVELS)


def _core(profile: CrsProfile, grid: Mapping, caps: _Caps) -> dict[str, int]:
    column, A = _column(profile), grid["A"]
    youngest, oldest = min(map(int, A["age"]["by_age"])), max(map(int, A["age"]["by_age"]))
    age = str(min(max(profile.age, youngest), oldest))
    first, second = A["first_official_language"]["cells"], A["second_official_language"]["cells"]
    points = {
        "age": A["age"]["by_age"][age][column],
        "education": _education(A["education"]["cells"], "education", profile.education)[column],
        "first_language": _per_ability(first, profile.first, column),
        "second_language": _per_ability(second, profile.second, column),
        "canadian_work": row_for(A["canadian_work"]["cells"], "years", profile.canadian_work_years)[column],
    }
    points = {key: caps.apply(f"A.{key}", value, A[_CORE[key]]["max"][column]) for key, value in points.items()}
    return _with_section("A", points, grid["section_max"]["A_core"][column], caps)


def _spouse(profile: CrsProfile, grid: Mapping, caps: _Caps) -> dict[str, int]:
    B = grid["B"]
    points = {"education": 0, "language": 0, "canadian_work": 0}
    if profile.with_spouse:
        work = B["canadian_work"]["cells"]
        points = {
            "education": _education(B["education"]["cells"], "spouse_education", profile.spouse_education)["points"],
            "language": _per_ability(B["first_official_language"]["cells"], profile.spouse_first, "points"),
            "canadian_work": row_for(work, "years", profile.spouse_canadian_work_years)["points"],
        }
    return _with_section("B", points, B["max"], caps)


def _with_section(name: str, points: dict[str, int], limit: int, caps: _Caps) -> dict[str, int]:
    return {**points, "section": caps.apply(f"{name}.section", sum(points.values()), limit)}


def _level_column(lowest: int) -> str:
    return "level_9_plus" if lowest >= 9 else "level_7_to_8" if lowest >= 7 else ""


def _years_column(years: int) -> str:
    return "years_2_plus" if years >= 2 else "years_1" if years == 1 else ""


def _transferability(profile: CrsProfile, C: Mapping, tier: str, caps: _Caps) -> dict[str, int]:
    """Section C: a pair of factors gives its cell, or nothing when either falls short of the first band."""
    language, work = _level_column(min(profile.first)), _years_column(profile.canadian_work_years)

    def schooling(name: str, column: str) -> int:
        return next(row for row in C[name]["cells"] if row["tier"] == tier).get(column, 0)

    def abroad(name: str, column: str) -> int:
        return row_for(C[name]["cells"], "foreign_years", profile.foreign_work_years).get(column, 0)

    points = {
        "education_language": schooling("education_language", language),
        "education_canadian_work": schooling("education_canadian_work", work),
        "foreign_language": abroad("foreign_work_language", language),
        "foreign_canadian_work": abroad("foreign_work_canadian_work", work),
    }
    sums = {
        "education_group": points["education_language"] + points["education_canadian_work"],
        "foreign_group": points["foreign_language"] + points["foreign_canadian_work"],
        "certificate_group": _certificate(profile, C),
    }
    groups = {key: caps.apply(f"C.{key}", value, C["subgroup_caps"][_GROUPS[key]]) for key, value in sums.items()}
    section = caps.apply("C.section", sum(groups.values()), C["max"])
    return {**_in_order(points | groups), "section": section}


def _in_order(lines: dict[str, int]) -> dict[str, int]:
    """Each group right after the two pairs that it caps, as the answer shows them."""
    pairs, groups = list(_PAIRS), list(_GROUPS)
    return {key: lines[key] for key in (*pairs[:2], groups[0], *pairs[2:], *groups[1:])}


def _certificate(profile: CrsProfile, C: Mapping) -> int:
    lowest = min(profile.first)
    column = "level_7_plus" if lowest >= 7 else "level_5_to_6" if lowest >= 5 else ""
    cells = C["certificate_language"]["cells"]
    return next(row for row in cells if row["certificate"] == profile.certificate).get(column, 0)


def _additional(profile: CrsProfile, grid: Mapping, caps: _Caps) -> dict[str, int]:
    D, offers = grid["D"], job_offer_points(grid)
    points = {
        "nomination": D["provincial_nomination"] if profile.nomination else 0,
        "french": _french(profile, D["french"]["cells"]),
        "study_in_canada": D["education_in_canada"]["cells"][CANADIAN_STUDY.index(profile.canadian_study)]["points"],
        "sibling": D["sibling_in_canada"]["points"] if profile.sibling else 0,
    }
    if offers:  # one that does not set senior management apart counts it as any other
        kind = profile.job_offer if profile.job_offer in offers else "other_qualifying"
        points["job_offer"] = 0 if profile.job_offer == "none" else offers[kind]
    return _with_section("D", points, D["max"], caps)


def _french(profile: CrsProfile, rows: list[Mapping]) -> int:
    """The first cell for NCLC 7 in all four; the second, if English is also at CLB 5 in all four."""
    if min(profile.french) < 7:
        return 0
    return rows[1 if min(profile.english) >= 5 else 0]["points"]


def _notes(profile: CrsProfile, grid: Mapping) -> tuple[str, ...]:
    spouse = (profile.spouse_education != "none", profile.spouse_first, profile.spouse_canadian_work_years)
    found = {
        "grid_superseded_reported": grid.get("superseded_reported"),
        "job_offer_not_counted": profile.job_offer != "none" and not job_offer_points(grid),
        "french_mixed_english": min(profile.french) >= 7 and min(profile.english) < 5 <= max(profile.english),
        "spouse_not_counted": not profile.with_spouse and any(spouse),
    }
    return tuple(code for code, applies in found.items() if applies)
