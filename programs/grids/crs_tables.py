"""The CRS grid as tables, section by section."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import labels as words
from .tables import GridTable, ages, band, columns, table
from .validation import job_offer_points

# Columns of section C. The grid's own order of keys is no help: PostgreSQL does not keep it.
HIGH_LEVELS = {"level_7_to_8": gettext_lazy("Level 7 or 8"), "level_9_plus": gettext_lazy("Level 9 or more")}
YEARS = {"years_1": gettext_lazy("1 year in Canada"), "years_2_plus": gettext_lazy("2 years or more in Canada")}
LOW_LEVELS = {"level_5_to_6": gettext_lazy("Level 5 or 6"), "level_7_plus": gettext_lazy("Level 7 or more")}


def sections(grid):
    """All tables of the grid, by the part of the page where they stand."""
    return {
        "outline": outline(grid),
        "core": list(core(grid)),
        "spouse": list(spouse(grid)),
        "transferability": list(transferability(grid)),
        "additional": additional(grid),
        "most_without_nomination": most_without_nomination(grid),
    }


def outline(grid):
    """The four sections with their maxima, and what they add up to."""
    most = grid["section_max"]
    both = [[most[name]] * 2 for name in ("C_transferability", "D_additional")]
    points = [columns(most["A_core"]), columns(most["B_spouse"]), *both]
    rows = list(zip(words.SECTIONS.values(), points, strict=True))
    caption, head = _("Maximum points in each section"), [_("Section"), *by_spouse()]
    return GridTable("outline", caption, head, rows, [grid["total_max"]] * 2, _("Together"))


def most_without_nomination(grid):
    additional = grid["D"]
    other = [additional["french"]["max"], additional["education_in_canada"]["max"]]
    other += [additional["sibling_in_canada"]["points"], max(job_offer_points(grid).values(), default=0)]
    return grid["total_max"] - additional["max"] + min(additional["max"], sum(other))


def core(grid):
    """Section A: age, education, both languages, work in Canada."""
    parts, factors = by_spouse(), grid["A"]
    level, years = _("Level (CLB or NCLC), each ability"), _("Completed years")
    by_age = [(label, columns(points)) for label, points in ages(factors["age"]["by_age"])]
    yield table("age", _("Age"), [_("Age on the day"), *parts], by_age, factors["age"])
    education = [(words.CRS_EDUCATION[cell["key"]], columns(cell)) for cell in factors["education"]["cells"]]
    yield table("education", _("Education"), [_("Highest education"), *parts], education, factors["education"])
    for name, caption, first, key in [
        ("first_official_language", _("First official language"), level, "level"),
        ("second_official_language", _("Second official language"), level, "level"),
        ("canadian_work", _("Work experience in Canada"), years, "years"),
    ]:
        rows = [(band(cell[key]), columns(cell)) for cell in factors[name]["cells"]]
        yield table(name, caption, [first, *parts], rows, factors[name])


def by_spouse():
    return [_("With spouse or partner"), _("Without")]


def spouse(grid):
    """Section B: what an accompanying spouse or partner brings."""
    factors, points = grid["B"], _("Points")
    education = [(words.CRS_EDUCATION[cell["key"]], [cell["points"]]) for cell in factors["education"]["cells"]]
    head = [_("Highest education"), points]
    yield table("spouse-education", _("Spouse’s or partner’s education"), head, education, factors["education"])
    for name, caption, first, key in [
        ("first_official_language", _("Spouse’s or partner’s language"), _("Level, each ability"), "level"),
        ("canadian_work", _("Spouse’s or partner’s work in Canada"), _("Completed years"), "years"),
    ]:
        rows = [(band(cell[key]), [cell["points"]]) for cell in factors[name]["cells"]]
        yield table(f"spouse-{name}", caption, [first, points], rows, factors[name])


def transferability(grid):
    """Section C: combinations; each group of tables stops at its cap."""
    abroad = _("Completed years of work abroad")
    for name, caption, first, label, points in [
        ("education_language", _("Education with language"), _("Highest education"), tier, HIGH_LEVELS),
        ("education_canadian_work", _("Education with work in Canada"), _("Highest education"), tier, YEARS),
        ("foreign_work_language", _("Work abroad with language"), abroad, foreign_years, HIGH_LEVELS),
        ("foreign_work_canadian_work", _("Work abroad with work in Canada"), abroad, foreign_years, YEARS),
        ("certificate_language", _("Certificate with language"), _("Certificate"), certificate, LOW_LEVELS),
    ]:
        rows = [(label(cell), [cell[key] for key in points]) for cell in grid["C"][name]["cells"]]
        yield GridTable(name.replace("_", "-"), caption, [first, *points.values()], rows)


def tier(cell):
    return words.TIERS[cell["tier"]]


def foreign_years(cell):
    return band(cell["foreign_years"])


def certificate(cell):
    return words.CERTIFICATE[cell["certificate"]]


def additional(grid):
    """Section D; job offers stand there while they bring points, and after that with none."""
    part = grid["D"]
    rows = [(_("Nomination by a province or territory"), [part["provincial_nomination"]])]
    for labels, name in [(words.FRENCH, "french"), (words.STUDY_IN_CANADA, "education_in_canada")]:
        rows += [(label, [cell["points"]]) for label, cell in zip(labels, part[name]["cells"], strict=True)]
    rows.append((_("Brother or sister in Canada"), [part["sibling_in_canada"]["points"]]))
    offers = job_offer_points(grid)
    rows += [(words.JOB_OFFERS[kind], [points]) for kind, points in offers.items()]
    if not offers and "job_offer" in part:
        rows.append((_("Job offer"), [0]))
    return table("additional", _("Additional points"), [_("For"), _("Points")], rows, part)
