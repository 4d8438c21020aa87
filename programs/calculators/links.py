"""Profiles as the parameters of a tool's address, and an address with one change made to it."""

from . import language
from .language import ABILITIES, CLB, at_least

DEFAULTS = ("none", 0, False, None)
# What only "Where do I stand?" asks.
ELSEWHERE = ("submitted", "program", "noc", "military", "category")


def crs_query(profile):
    """The parameters that give this CRS profile; languages as levels, defaults left out."""
    names = ["age", "education", "first_language", "canadian_work_years", "foreign_work_years", "certificate"]
    names += ["nomination", "sibling", "canadian_study", "job_offer", "spouse", "spouse_education"]
    names += ["spouse_canadian_work_years"]
    levels = {"first": profile.first, "second": profile.second, "spouse": profile.spouse_first}
    return query_values(profile, names, ["age", "education"]) | sittings(levels)


def kept(query, names):
    """What an address says to another page than the one it opens, to be handed on."""
    given = {name: [value for value in query.getlist(name) if value] for name in names}
    return {name: values for name, values in given.items() if values}


def invited_query(profile, total):
    """What "Where do I stand?" can be told of a profile: score, French, work in Canada, a nomination."""
    french = min(profile.french)
    experience = {"canadian_experience": "yes" if profile.canadian_work_years else "no"}
    nominee = {"program": ["pnp"]} if profile.nomination else {}
    return {"crs": total} | ({"french": french} if french else {}) | experience | nominee


def fsw_query(profile):
    """The parameters that give this Federal Skilled Worker profile."""
    names = ["age", "education", "experience_years", "arranged_employment", "spouse"]
    items = {"adaptability": sorted(profile.adaptability)} if profile.adaptability else {}
    sat = sittings({"first": profile.first, "second": profile.second})
    return query_values(profile, names, ["age", "education"]) | sat | items


def query_values(profile, names, always):
    values = {name: getattr(profile, name) for name in names}
    said = {name: value for name, value in values.items() if name in always or value not in DEFAULTS}
    return {name: "yes" if value is True else str(value) for name, value in said.items()}


def sittings(levels_by_prefix):
    query = {}
    for prefix, levels in levels_by_prefix.items():
        if levels is not None:
            query |= {f"{prefix}_test": CLB} | {f"{prefix}_{name}": str(getattr(levels, name)) for name in ABILITIES}
    return query


def with_step(query, step, profile, tests):
    """The parameters of a CRS address with one step made, in scores where the address gives scores."""
    prefix, levels = raised(step, profile)
    if prefix is None:
        return query | {step.change: "yes" if step.value is True else str(step.value)}
    test = query.get(f"{prefix}_test", CLB)
    before = {"first": profile.first, "second": profile.second, "spouse": profile.spouse_first}[prefix]
    higher = {ability: level for ability, level in levels._asdict().items() if level != getattr(before, ability, None)}
    scores = {f"{prefix}_{ability}": lowest_score(tests, test, ability, level) for ability, level in higher.items()}
    return query | {f"{prefix}_test": test} | scores


def raised(step, profile):
    """Which sitting a step changes, and its levels then; None for a step that is not of language."""
    if step.change == "first_all":
        return "first", step.value
    if step.change == "first_goal":
        return "first", at_least(profile.first, step.value)
    if step.change.removeprefix("first_") in ABILITIES:
        return "first", profile.first._replace(**{step.change.removeprefix("first_"): step.value})
    if step.change == "french":
        return ("first" if profile.first_language == "french" else "second"), at_least(profile.french, step.value)
    if step.change == "second_language":
        return "second", at_least(profile.second, step.value)
    if step.change == "spouse_language":
        return "spouse", at_least(profile.spouse_first, step.value)
    return None, None


def lowest_score(tests, test, ability, level):
    """The lowest score of a test that reaches a level, as an address gives it; without a test, the level itself."""
    if test == CLB:
        return str(level)
    score = language.scores_for(tests, level)[test][ability][0]
    return f"{score.normalize():f}"
