"""What the page says of each parameter of an address: whether it is required, its meaning, and its values."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ELLIPSIS = "…"
PARTS = {  # of an address; those of one address alone are named with it
    "number": (gettext_lazy("Number of the draw."), "254, 91a"),
    "day": (gettext_lazy("Date of the count."), "2023-07-04"),
    "code": (gettext_lazy("NOC 2021 code."), "21231"),
    "version": (gettext_lazy("Edition."), "2023"),
    "old": (gettext_lazy("First edition."), "2023"),
    "new": (gettext_lazy("Second edition."), "2025"),
    "streams/{slug}.slug": (gettext_lazy("Name in the address of its page."), "cec, stem"),
    "programs/{slug}.slug": (gettext_lazy("Name in the address of its page."), "federal-skilled-worker"),
    "slug": (gettext_lazy("Name in the address of its page."), "stem, senior-managers"),
}
DATES = {"on", "from", "to"}
MOMENTS = {"submitted", "known"}
ABILITIES = {"speaking", "listening", "reading", "writing"}
MEANINGS = {  # where the label of the form says less, or nothing
    "from": gettext_lazy("On or after this date."),
    "to": gettext_lazy("On or before this date."),
    "on": gettext_lazy("As of this date; today unless given."),
    "known": gettext_lazy("As this record showed it at this moment."),
    "limit": gettext_lazy("Maximum number of items; 100 unless given."),
    "offset": gettext_lazy("Number of items to skip."),
    "kind": gettext_lazy("Only draws of this type."),
    "category": gettext_lazy("Only draws of this category."),
    "year": gettext_lazy("Only draws of this year."),
    "crs_min": gettext_lazy("Only draws with a cut-off of at least this score."),
    "crs_max": gettext_lazy("Only draws with a cut-off of at most this score."),
    "sort": gettext_lazy("Order of the list; a minus sign reverses it."),
    "draws.program": gettext_lazy("Only draws that covered this program."),
    "changes.kind": gettext_lazy("Only changes of this kind."),
    "changes.by": gettext_lazy("Only changes made by this side."),
    "occupations.category": gettext_lazy("Only occupations on this category’s list, or on any list."),
    "occupations.teer": gettext_lazy("Only occupations in this TEER category."),
    "first_language": gettext_lazy("First official language; needed only if the test is “clb”."),
    "second_language": gettext_lazy("Second official language; needed only if the test is “clb”."),
    "first_test": gettext_lazy("Test of the first official language; “clb” if you give levels."),
    "second_test": gettext_lazy("Test of the second official language; “clb” if you give levels."),
    "spouse_test": gettext_lazy("Language test of the spouse or partner; “clb” if you give levels."),
    "spouse_education": gettext_lazy("Highest education of the spouse or partner."),
    "spouse_canadian_work_years": gettext_lazy("Years of work in Canada of the spouse or partner."),
    "adaptability": gettext_lazy("Which adaptability factors apply."),
}
WHOSE = {
    "first": gettext_lazy("{ability}: the score, or the level if the test is “clb”."),
    "second": gettext_lazy("{ability}, second official language: the score, or the level."),
    "spouse": gettext_lazy("{ability}, spouse or partner: the score, or the level."),
    "": gettext_lazy("{ability}: the score on the test."),
}


def taken(address, parameter):
    """Name, whether it must be given, what it takes and what it means."""
    name, schema = parameter["name"], parameter["schema"]
    if parameter["in"] == "path":
        meaning, values = PARTS.get(f"{address}.{name}") or PARTS[name]
        return name, True, format_html("<code>{}</code>", values), meaning
    return name, parameter.get("required", False), values_of(name, schema), meaning_of(address, name, schema)


def meaning_of(address, name, schema):
    whose, _underscore, ability = name.rpartition("_")
    if ability in ABILITIES:
        return WHOSE[whose].format(ability=schema["description"].rstrip("."))
    return MEANINGS.get(f"{address}.{name}") or MEANINGS.get(name) or schema["description"]


def values_of(name, schema):
    choices = [value for value in schema.get("items", schema).get("enum", []) if value]
    if name in DATES:
        found = _("a date, YYYY-MM-DD")
    elif name in MOMENTS:
        found = _("a date and time, YYYY-MM-DDTHH:MM:SSZ")
    elif name.rpartition("_")[2] in ABILITIES:
        found = _("a number, such as 7.5")
    elif "maximum" in schema:
        found = f"{schema['minimum']}–{schema['maximum']}"
    elif choices:
        shown = format_html_join(", ", "<code>{}</code>", [(value,) for value in choices[:15]])
        found = format_html("{}, {}", shown, ELLIPSIS) if choices[15:] else shown
    else:
        found = _("words or a code")
    return format_html(_("{values}; repeatable"), values=found) if schema.get("type") == "array" else found
