"""How official names of rounds are spelled: what their spellings differ in, and the version at the end of one."""

import re
import unicodedata

MAX_NAME = 120  # characters; the longest official name has 97

VERSION = re.compile(r"\(?(?:(20\d\d) ?- ?)?version ?(\d{1,2})\)?$", re.ASCII)
YEAR_AND_COUNT = re.compile(r"\(?(20\d\d) ?- ?(\d{1,2})\)?$", re.ASCII)
LABEL = re.compile(r"[\s,]*\(?\s*(?:(?:20\d\d\s*-\s*)?version\s*\d{1,2}|20\d\d\s*-\s*\d{1,2})\s*\)?$", re.ASCII | re.I)


def fold(text: str) -> str:
    """The text without what its spellings differ in: case, spaces and apostrophes."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").casefold().split())


def key(name: str) -> str:
    """A name without the commas, hyphens and spaces that its spellings differ in."""
    return _tight(" ".join(re.sub("[,-]", " ", name).split()))


def split_label(name: str) -> tuple[str, str | None]:
    """The key of a name and the version at its end: "Version 1", "2026-Version 2" or "2023-1"."""
    text = _tight(name)
    if match := VERSION.search(text):
        year = f"{match[1]}-" if match[1] else ""
        return key(text[: match.start()]), f"{year}Version {match[2]}"
    if match := YEAR_AND_COUNT.search(text):
        return key(text[: match.start()]), f"{match[1]}-{match[2]}"
    return key(text), None


def without_label(name: str) -> str:
    """A name as it is written, up to the version at its end."""
    return LABEL.sub("", name.strip())


def _tight(name: str) -> str:
    """A folded name without spaces beside brackets and slashes."""
    return re.sub(r" ?([/()]) ?", r"\1", fold(name))
