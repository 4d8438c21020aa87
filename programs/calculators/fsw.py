"""Federal Skilled Worker selection factors: points out of 100, the minimum requirements, and the pass mark.

Rule: Immigration and Refugee Protection Regulations, sections 75 to 83, as in force 2026-06-12; every number is
read from the grid passed in. Levels are CLB or NCLC; years are completed years.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from programs.calculators.language import InputError, Levels, check_levels
from programs.grids.validation import row_for

MINIMUM_LEVEL = 7  # in each ability of the first official language, section 75(2)(d)
MINIMUM_YEARS = 1  # of continuous skilled work in the primary occupation, section 75(2)(a)
SECOND_LEVEL = 5  # in each ability of the second, section 79
ARRANGED = "arranged_employment"


@dataclass(frozen=True, kw_only=True)
class FswProfile:
    """What the six factors look at; raises InputError naming the field and the fault.

    ``second`` is in the other official language, None without a test in it. ``spouse`` is true for an accompanying
    spouse or common-law partner who is neither a Canadian citizen nor a permanent resident. ``adaptability`` holds
    the grid's keys; its item for arranged employment follows from ``arranged_employment`` alone.
    """

    age: int
    education: str
    first: Levels
    second: Levels | None = None
    experience_years: int = 0
    arranged_employment: bool = False
    adaptability: frozenset[str] = frozenset()
    spouse: bool = False

    def __post_init__(self) -> None:
        for field in ("age", "experience_years"):
            if getattr(self, field) < 0:
                raise InputError(field, "out_of_range", min=0)
        check_levels("first", self.first)
        check_levels("second", self.second)


@dataclass(frozen=True)
class FswScore:
    """Points by factor and their sum, and apart from it whether the minimum requirements are met.

    ``reasons`` are codes for what is missing: ``language_below_7``, ``experience_under_1_year``,
    ``education_below_secondary``, ``below_pass_mark``. ``notes`` are codes for what was left out:
    ``adaptability_capped``, ``spouse_items_not_counted``, ``arranged_employment_item_not_counted``; and
    ``repeal_proposed`` when the grid says so.
    """

    points: dict[str, int]
    total: int
    meets_minimum_requirements: bool
    passes_67: bool
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict:
        """The public answer."""
        return {
            "points": dict(self.points),
            "total": self.total,
            "meets_minimum_requirements": self.meets_minimum_requirements,
            "passes_67": self.passes_67,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
        }


def score(profile: FswProfile, grid: Mapping) -> FswScore:
    """Points of a profile under a grid that ``validate_grid`` accepts.

    Raises InputError ``education: unknown`` or ``adaptability: unknown`` for a key that the grid lacks.
    """
    factors = grid["factors"]
    points = {
        "language_first": _first(profile, factors["language"]["first_official"]),
        "language_second": _second(profile, factors["language"]["second_official"]),
        "education": _education(profile, factors["education"]),
        "experience": row_for(factors["experience"]["cells"], "years", profile.experience_years)["points"],
        "age": _age(profile, factors["age"]["by_age"]),
        "arranged_employment": _arranged(profile, factors["arranged_employment"]),
        "adaptability": min(_adaptability(profile, factors["adaptability"]), factors["adaptability"]["max"]),
    }
    total = sum(points.values())
    missing = _missing(profile)
    passes = total >= grid["pass_mark"]
    reasons = missing if passes else (*missing, "below_pass_mark")
    return FswScore(points, total, not missing, passes, reasons, _notes(profile, grid))


def maxima(grid: Mapping) -> dict[str, int]:
    """The most that each factor can give, and the maximum of the whole grid as ``total``."""
    factors = grid["factors"]
    return {
        "language_first": factors["language"]["first_official"]["max"],
        "language_second": factors["language"]["second_official"]["max"],
        **{name: factors[name]["max"] for name in ("education", "experience", "age", ARRANGED, "adaptability")},
        "total": grid["maximum"],
    }


def _first(profile: FswProfile, factor: Mapping) -> int:
    rows = (row_for(factor["per_ability"], "level", level) for level in profile.first)
    return sum(row["points"] or 0 for row in rows)  # below 7 the grid has no points, only a bar


def _second(profile: FswProfile, factor: Mapping) -> int:
    return factor["max"] if profile.second and min(profile.second) >= SECOND_LEVEL else 0


def _education(profile: FswProfile, factor: Mapping) -> int:
    for row in factor["cells"]:
        if row["key"] == profile.education:
            return row["points"]
    raise InputError("education", "unknown")


def _age(profile: FswProfile, by_age: Mapping[str, int]) -> int:
    ages = [int(age) for age in by_age]
    return by_age[str(min(max(profile.age, min(ages)), max(ages)))]


def _arranged(profile: FswProfile, factor: Mapping) -> int:
    return factor["max"] if profile.arranged_employment else 0


def _adaptability(profile: FswProfile, factor: Mapping) -> int:
    cells = {row["key"]: row["points"] for row in factor["cells"]}
    if profile.adaptability - set(cells):
        raise InputError("adaptability", "unknown")
    return sum(points for key, points in cells.items() if _item_counts(profile, key))


def _item_counts(profile: FswProfile, key: str) -> bool:
    if key == ARRANGED:
        return profile.arranged_employment
    return key in profile.adaptability and (profile.spouse or not key.startswith("spouse_"))


def _missing(profile: FswProfile) -> tuple[str, ...]:
    found = {
        "language_below_7": min(profile.first) < MINIMUM_LEVEL,
        "experience_under_1_year": profile.experience_years < MINIMUM_YEARS,
        "education_below_secondary": profile.education == "none",
    }
    return tuple(code for code, applies in found.items() if applies)


def _notes(profile: FswProfile, grid: Mapping) -> tuple[str, ...]:
    adaptability = grid["factors"]["adaptability"]
    found = {
        "adaptability_capped": _adaptability(profile, adaptability) > adaptability["max"],
        "spouse_items_not_counted": any(
            key.startswith("spouse_") and not profile.spouse for key in profile.adaptability
        ),
        "arranged_employment_item_not_counted": ARRANGED in profile.adaptability and not profile.arranged_employment,
        "repeal_proposed": grid.get("status", {}).get("reported_change"),
    }
    return tuple(code for code, applies in found.items() if applies)
