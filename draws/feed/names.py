"""The official names of rounds in the official feed, English and French; those of categories are in the record."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from draws.feed.values import Unreadable, gettext_noop
from occupations.categories import spelling

GENERAL = {"en": ("No Program Specified", "General"), "fr": ("Aucun programme spécifié", "Générale")}

# The order is the one in which a draw's programs are kept.
PROGRAMS: dict[str, dict[str, tuple[str, ...]]] = {
    "FSW": {
        "en": (
            "Federal Skilled Worker",
            "Federal Skilled Worker Program",
            "Federal Skilled Worker Progran",  # the feed's own slip in #253, #257 and #259
        ),
        "fr": (
            "Programme des travailleurs qualifiés (fédéral)",
            "Catégorie des travailleurs qualifiés (fédéral)",
            "Travailleurs qualifiés (fédéral)",
        ),
    },
    "FST": {
        "en": ("Federal Skilled Trades", "Federal Skilled Trades Program", "Federal Skilled Trades Progran"),
        "fr": (
            "Programme des travailleurs de métiers spécialisés (fédéral)",
            "Catégorie des travailleurs de métiers spécialisés (fédéral)",
            "Travailleurs de métiers spécialisés (fédéral)",
        ),
    },
    "CEC": {"en": ("Canadian Experience Class",), "fr": ("Catégorie de l'expérience canadienne",)},
    "PNP": {
        "en": ("Provincial Nominee Program", "Provincial Nominee Progran"),
        "fr": ("Programme des candidats des provinces",),
    },
}

UNKNOWN_NAME = gettext_noop(
    "This round type is not known here. If it is a category's, add it to the round names of that category, then "
    "import again. The names of general and program rounds are part of the site's code: tell whoever keeps it."
)
VERSIONED = gettext_noop(
    "This round type is of a general or program round, which has no version. Upload a copy without the version; where "
    "the official page has one, tell whoever keeps the site's code."
)
NO_NAME = gettext_noop("The round type is missing.")
UNKNOWN_PROGRAM = gettext_noop("A program named here is not known.")


class RoundType(NamedTuple):
    """What a round's name says."""

    kind: str
    program: str | None = None
    category: str | None = None
    label: str | None = None
    language: str = "en"


Names = Mapping[str, RoundType]  # by key

KNOWN = {
    **{spelling.key(name): RoundType("general", language=one) for one, names in GENERAL.items() for name in names},
    **{
        spelling.key(name): RoundType("program", program=code, language=language)
        for code, by_language in PROGRAMS.items()
        for language, names in by_language.items()
        for name in names
    },
}


def with_categories(rows: Iterable[tuple[str, str, str]]) -> Names:
    """All names: of general and program rounds, and those of rows with the name, its language and the category."""
    ours = {spelling.key(name): RoundType("category", None, slug, None, language) for name, language, slug in rows}
    return ours | KNOWN


def parse_name(text: str, names: Names = KNOWN) -> RoundType:
    """The kind, program or category, and version label that a round's official name stands for."""
    name, label = spelling.split_label(text)
    known = names.get(name) if len(text) <= spelling.MAX_NAME else None
    if known is None:
        raise Unreadable(UNKNOWN_NAME if text else NO_NAME)
    if label and known.kind != "category":
        raise Unreadable(VERSIONED)
    return known._replace(label=label)


def parse_programs(text: str) -> list[str]:
    """The codes of the programs that a sentence such as "A, B and C" names."""
    parts = [spelling.key(part) for part in re.split(r"[,;]|\b(?:and|et)\b", spelling.fold(text))]
    found = {KNOWN.get(part, RoundType("")).program for part in parts if part}
    if None in found:
        raise Unreadable(UNKNOWN_PROGRAM)
    return [code for code in PROGRAMS if code in found]
