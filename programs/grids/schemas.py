"""What stands in a point grid: every part that a page or a calculator reads, and the notes that may stand beside it.

A part with any other name is refused: points that nothing counts would make a wrong score look right.
"""

from typing import Any

from programs.calculators.language import ABILITIES

from .labels import FSW_SITUATIONS

CRS_AGES = range(17, 46)
FSW_AGES = range(17, 48)
COLUMNS = ("with_spouse", "without_spouse")
BAND_PATTERN = (
    r"(?P<under>(?:below|under) )?(?P<low>[0-9]{1,2})(?:-(?P<high>[0-9]{1,2})|(?P<open>\+)|(?P<less> or less))?"
)

POINTS = {"type": "integer", "minimum": 0, "maximum": 600}
TOTAL = {"type": "integer", "minimum": 0, "maximum": 1200}
TEXT = {"type": "string", "minLength": 1, "maxLength": 300}
DAY = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"}
BAND = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 99},
        {"type": "string", "pattern": rf"^{BAND_PATTERN}\Z"},
    ]
}
NUMBER = {"type": "number", "minimum": 0, "maximum": 10_000}


def fields(*notes: str, optional: dict | None = None, **properties: Any) -> dict:
    """Schema of an object in which each property is required, and no other name but those of the notes is known."""
    known = dict.fromkeys(notes, True) | (optional or {}) | properties
    return {"type": "object", "required": list(properties), "properties": known, "additionalProperties": False}


def cells(*notes: str, count: int | None = None, **properties: Any) -> dict:
    """Schema of a list of such objects, of a fixed length if given."""
    size = {"minItems": count, "maxItems": count} if count else {"minItems": 1, "maxItems": 100}
    return {"type": "array", "items": fields(*notes, **properties), **size}


def part(*notes: str, optional: dict | None = None, **properties: Any) -> dict:
    """Schema of a part of a grid, which may say more about itself in words."""
    return fields("note", "source", "rule", "conditions", *notes, optional=optional, **properties)


BY_SPOUSE = fields(with_spouse=POINTS, without_spouse=POINTS)
TIERS = {"enum": ["secondary_or_less", "one_year_or_longer", "two_or_more_or_graduate"]}
BY_LEVEL = {"level_7_to_8": POINTS, "level_9_plus": POINTS}
BY_YEARS = {"years_1": POINTS, "years_2_plus": POINTS}


def _crs_factor(*notes: str, **cell: Any) -> dict:
    rows = cells("label", with_spouse=POINTS, without_spouse=POINTS, **cell)
    return part("per_ability", "max_per_ability", *notes, max=BY_SPOUSE, cells=rows)


def _spouse_factor(**cell: Any) -> dict:
    return part("per_ability", "max_per_ability", max=POINTS, cells=cells("label", points=POINTS, **cell))


def _pairs(**rows: Any) -> dict:
    return part("group", cells=cells("label", **rows))


OFFERS = ("other_qualifying", "major_group_00")  # the kinds of job offer for which points were ever published
JOB_OFFER = part(  # what an offer brings, for senior management if that differs; or when it ended and what it brought
    points=POINTS,
    optional={"major_group_00": POINTS, "removed_on": DAY, "previous": part(**dict.fromkeys(OFFERS, POINTS))},
) | {"dependentRequired": {"removed_on": ["previous"], "previous": ["removed_on"]}}

CRS_SCHEMA = part(
    *("last_confirmed_official", "last_confirmed_third_party", "valid_to", "spouse_column_rule", "rounding"),
    *("identities", "max_without_nomination"),
    id=DAY,
    valid_from=DAY,
    total_max=TOTAL,
    section_max=part(
        *("A_plus_B", "A_plus_B_plus_C"),
        A_core=BY_SPOUSE,
        B_spouse=BY_SPOUSE,
        C_transferability=POINTS,
        D_additional=POINTS,
    ),
    A=part(
        age=part(
            *("17_or_less", "45_or_more", "measured_on"),
            max=BY_SPOUSE,
            by_age=fields(**{str(age): BY_SPOUSE for age in CRS_AGES}),
        ),
        education=_crs_factor("professional_degrees", "credential_age", key=TEXT, transferability_tier=TIERS),
        first_official_language=_crs_factor(level=BAND),
        second_official_language=_crs_factor("cap_note", level=BAND),
        canadian_work=_crs_factor("window_years", "teer", years=BAND),
    ),
    B=part(
        max=POINTS,
        education=_spouse_factor(key=TEXT),
        first_official_language=_spouse_factor(level=BAND),
        canadian_work=_spouse_factor(years=BAND),
    ),
    C=part(
        *("language_gate", "foreign_work_definition"),
        max=POINTS,
        subgroup_caps=fields(education=POINTS, foreign_work=POINTS, certificate_of_qualification=POINTS),
        education_language=_pairs(count=3, tier=TIERS, **BY_LEVEL),
        education_canadian_work=_pairs(count=3, tier=TIERS, **BY_YEARS),
        foreign_work_language=_pairs(foreign_years=BAND, **BY_LEVEL),
        foreign_work_canadian_work=_pairs(foreign_years=BAND, **BY_YEARS),
        certificate_language=_pairs(
            count=2, certificate={"type": "boolean"}, level_5_to_6=POINTS, level_7_plus=POINTS
        ),
    ),
    D=part(
        max=POINTS,
        provincial_nomination=POINTS,
        french=part(
            "applies_whichever_language_is_first", max=POINTS, cells=cells("condition", count=2, points=POINTS)
        ),
        education_in_canada=part(max=POINTS, cells=cells("credential", count=3, points=POINTS)),
        sibling_in_canada=part("max", "counts_once", points=POINTS),
        optional={"job_offer": JOB_OFFER},
    ),
    optional={"superseded_reported": {"type": ["string", "null"]}},
)

ROW = ("label", "effect", "condition", "relationships")
SITUATION = ("work_permit", "working_for", "offer_from", "new_lmia", "min_time_with_employer_years")
OWN_WORDS = ("schema_version", "compiled", "valid_as_of", "sources")

FSW_SCHEMA = part(
    *OWN_WORDS,
    *("pass_mark_basis", "not_the_crs", "identities", "gates_before_points", "officer_substituted_evaluation"),
    pass_mark={"type": "integer", "minimum": 0, "maximum": 100},
    maximum={"type": "integer", "minimum": 1, "maximum": 1000},
    factors=fields(
        language=part(
            max=POINTS,
            legal=TEXT,
            first_official=part(
                max=POINTS, per_ability=cells(*ROW, level=BAND, points={"anyOf": [POINTS, {"type": "null"}]})
            ),
            second_official=part("partial_points", max=POINTS, cells=cells(*ROW, count=2, points=POINTS)),
        ),
        education=part("needs", max=POINTS, legal=TEXT, cells=cells(*ROW, key=TEXT, points=POINTS)),
        experience=part(
            *("window_years", "teer", "hours_over_30_per_week_counted", "may_include"),
            max=POINTS,
            legal=TEXT,
            cells=cells(*ROW, years=BAND, points=POINTS),
        ),
        age=part(
            *("measured_on", "under_18", "47_or_over"),
            max=POINTS,
            legal=TEXT,
            by_age=fields(**{str(age): POINTS for age in FSW_AGES}),
        ),
        arranged_employment=part(
            "offer_basics",
            max=POINTS,
            legal=TEXT,
            cells=cells(*ROW, count=2, points=POINTS),
            qualifying_situations=cells(*SITUATION, id={"enum": list(FSW_SITUATIONS)}, legal=TEXT),
        ),
        adaptability=part(
            *("cap_applies_to_sum", "spouse_rules"),
            max=POINTS,
            legal=TEXT,
            cells=cells(*ROW, key=TEXT, points=POINTS),
        ),
    ),
    optional={"status": fields("in_force", optional={"reported_change": {"type": ["string", "null"]}})},
)

RANGE = fields(min=NUMBER, max=NUMBER)
LANGUAGE_SCHEMA = part(
    *OWN_WORDS,
    *("conversion_rule", "benchmarks", "abilities", "validity", "program_minimums", "fsw_points_by_level"),
    *("known_traps", "possible_change"),
    tests={
        "type": "object",
        "minProperties": 1,
        "maxProperties": 40,
        "propertyNames": {"pattern": r"^(?!clb$)[a-z][a-z0-9_]{0,39}\Z"},  # clb stands for levels without a test
        "additionalProperties": part(
            *("benchmark", "not_accepted", "score_column_to_use", "score_column_not_to_use", "scales"),
            name=TEXT,
            language={"enum": ["english", "french"]},
            score_step={"type": "number", "minimum": 0.01, "maximum": 100},
            levels=cells(count=7, level={"type": "integer"}, **dict.fromkeys(ABILITIES, RANGE)),
        ),
    },
)
CORE_FACTORS = CRS_SCHEMA["properties"]["A"]["required"]  # age first
FSW_FACTORS = FSW_SCHEMA["properties"]["factors"]["required"][1:]  # language has two maxima of its own
SCHEMAS = {"crs": CRS_SCHEMA, "fsw": FSW_SCHEMA, "language": LANGUAGE_SCHEMA}
