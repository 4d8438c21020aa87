"""The selection grid of the Federal Skilled Worker Program as tables, factor by factor."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programs.citations import cited

from . import labels as words
from .tables import GridTable, ages, band, table


def outline(grid):
    """The six factors with their maxima."""
    rows = [
        (label, [cited(factor["legal"].replace("IRPR ", "")), factor["max"]])
        for label, factor in ((label, grid["factors"][key]) for key, label in words.FSW_FACTORS.items())
    ]
    head = [_("Factor"), _("Section of the Regulations"), _("At most")]
    return GridTable("factors", _("The six selection factors"), head, rows, ["", grid["maximum"]], _("Together"))


def factors(grid):
    """One table for each part of the six factors."""
    parts, points = grid["factors"], _("Points")
    yield from language(parts["language"], points)
    education = [(words.FSW_EDUCATION[cell["key"]], [cell["points"]]) for cell in parts["education"]["cells"]]
    yield table("education", _("Education"), [_("Highest education"), points], education, parts["education"])
    years = [(band(cell["years"]), [cell["points"]]) for cell in parts["experience"]["cells"]]
    yield table("experience", _("Work experience"), [_("Years"), points], years, parts["experience"])
    by_age = [(label, [cell]) for label, cell in ages(parts["age"]["by_age"])]
    yield table("age", _("Age"), [_("Age on the day of the application"), points], by_age, parts["age"])
    yield arranged(parts["arranged_employment"], points)
    items = [(words.FSW_ADAPTABILITY[cell["key"]], [cell["points"]]) for cell in parts["adaptability"]["cells"]]
    yield table("adaptability", _("Adaptability"), [_("For"), points], items, parts["adaptability"])


def language(part, points):
    first, second = part["first_official"], part["second_official"]
    rows = [(band(cell["level"]), [not_eligible(cell["points"])]) for cell in first["per_ability"]]
    head = [_("Level (CLB or NCLC), each ability"), points]
    yield table("first-language", _("First official language"), head, rows, first)
    cells = zip(words.FSW_SECOND_LANGUAGE, second["cells"], strict=True)
    rows = [(label, [cell["points"]]) for label, cell in cells]
    yield table("second-language", _("Second official language"), [_("Result"), points], rows, second)


def not_eligible(points):
    return _("not eligible") if points is None else points


def arranged(part, points):
    cells = zip(words.FSW_ARRANGED, part["cells"], strict=True)
    rows = [(label, [cell["points"]]) for label, cell in cells]
    return table("arranged", _("Arranged employment in Canada"), [_("Job offer"), points], rows, part)


def situations(grid):
    """When an offer is arranged employment."""
    cases = grid["factors"]["arranged_employment"]["qualifying_situations"]
    rows = [(cited(case["legal"]), words.FSW_SITUATIONS[case["id"]]) for case in cases]
    head = [
        pgettext("of the law", "Section"),
        _("Your work permit"),
        _("Whose offer"),
        _("Labour market impact assessment"),
    ]
    return GridTable("situations", _("When an offer counts as arranged employment"), head, rows, holds_words=True)
