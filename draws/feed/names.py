"""The official names of rounds and programs, English and French, in the official feed."""

import re
from typing import NamedTuple

from draws.feed.values import Unreadable, fold, gettext_noop

GENERAL = ("No Program Specified", "General", "Aucun programme spécifié", "Générale")

# The order is the one in which a draw's programs are kept.
PROGRAMS = {
    "FSW": (
        "Federal Skilled Worker",
        "Federal Skilled Worker Program",
        "Federal Skilled Worker Progran",  # the feed's own slip in #253, #257 and #259
        "Programme des travailleurs qualifiés (fédéral)",
        "Catégorie des travailleurs qualifiés (fédéral)",
        "Travailleurs qualifiés (fédéral)",
    ),
    "FST": (
        "Federal Skilled Trades",
        "Federal Skilled Trades Program",
        "Federal Skilled Trades Progran",
        "Programme des travailleurs de métiers spécialisés (fédéral)",
        "Catégorie des travailleurs de métiers spécialisés (fédéral)",
        "Travailleurs de métiers spécialisés (fédéral)",
    ),
    "CEC": (
        "Canadian Experience Class",
        "Catégorie de l'expérience canadienne",
    ),
    "PNP": (
        "Provincial Nominee Program",
        "Provincial Nominee Progran",
        "Programme des candidats des provinces",
    ),
}

CATEGORIES = {
    "french": (
        "French-language proficiency",
        "Compétence linguistique en français",
    ),
    "healthcare": (
        "Healthcare occupations",
        "Healthcare and social services occupations",
        "Professions de la santé",
        "Professions de la santé et des services sociaux",
    ),
    "stem": (
        "STEM occupations",
        "Science, Technology, Engineering and Math (STEM) occupations",
        "Professions des STIM",
        "Professions en sciences, technologie, ingénierie et mathématiques (STIM)",
    ),
    "trade": (
        "Trade occupations",
        "Trades occupations",
        "Métiers",
        "Métiers spécialisés",
    ),
    "transport": (
        "Transport occupations",
        "Métiers des transports",
    ),
    "agriculture": (
        "Agriculture and agri-food occupations",
        "Métiers de l'agriculture et de l'agroalimentaire",
    ),
    "education": (
        "Education occupations",
        "Professions de l'éducation",
    ),
    "physicians": (
        "Physicians with Canadian work experience",
        "Médecins ayant de l'expérience de travail au Canada",
    ),
    "senior-managers": (
        "Senior managers with Canadian work experience",
        "Cadres supérieurs/cadres supérieures ayant de l'expérience de travail au Canada",
    ),
    "researchers": ("Researchers with Canadian work experience",),  # no French name was found
    "military": (
        "Skilled military recruits",
        "Recrues militaires qualifiées",
    ),
}

VERSION = re.compile(r"\(?(?:(20\d\d) ?- ?)?version ?(\d{1,2})\)?$", re.ASCII)
YEAR_AND_COUNT = re.compile(r"\(?(20\d\d) ?- ?(\d{1,2})\)?$", re.ASCII)

MAX_NAME = 120  # characters; the longest official name has 97

UNKNOWN_NAME = gettext_noop("This round type is not known here.")
UNKNOWN_PROGRAM = gettext_noop("A program named here is not known.")


class RoundName(NamedTuple):
    """What a round's name says."""

    kind: str
    program: str | None = None
    category: str | None = None
    label: str | None = None


def _key(name: str) -> str:
    """A name without the commas, hyphens and spaces that its spellings differ in."""
    return _tight(" ".join(re.sub("[,-]", " ", name).split()))


def _tight(name: str) -> str:
    """A folded name without spaces beside brackets and slashes."""
    return re.sub(r" ?([/()]) ?", r"\1", fold(name))


KNOWN = {
    **{_key(name): RoundName("general") for name in GENERAL},
    **{_key(name): RoundName("program", program=code) for code, names in PROGRAMS.items() for name in names},
    **{_key(name): RoundName("category", category=slug) for slug, names in CATEGORIES.items() for name in names},
}


def parse_name(text: str) -> RoundName:
    """The kind, program or category, and version label that a round's official name stands for."""
    name, label = _split_label(_tight(text))
    known = KNOWN.get(_key(name)) if len(text) <= MAX_NAME else None
    if known is None or (label and known.kind != "category"):
        raise Unreadable(UNKNOWN_NAME)
    return known._replace(label=label)


def parse_programs(text: str) -> list[str]:
    """The codes of the programs that a sentence such as "A, B and C" names."""
    parts = [_key(part) for part in re.split(r"[,;]|\b(?:and|et)\b", fold(text))]
    found = {KNOWN.get(part, RoundName("")).program for part in parts if part}
    if None in found:
        raise Unreadable(UNKNOWN_PROGRAM)
    return [code for code in PROGRAMS if code in found]


def _split_label(text: str) -> tuple[str, str | None]:
    """A name and the version at its end: "Version 1", "2026-Version 2" or "2023-1"."""
    if match := VERSION.search(text):
        year = f"{match[1]}-" if match[1] else ""
        return text[: match.start()], f"{year}Version {match[2]}"
    if match := YEAR_AND_COUNT.search(text):
        return text[: match.start()], f"{match[1]}-{match[2]}"
    return text, None
