"""Read a list of occupations as an official page prints it: a line for each, with the code and the title."""

import html
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
TEER = re.compile(r"[\s|]+(?:\((?:TEER|FÉER)\s*[0-5]\)|(?:TEER|FÉER)?\s*[0-5])\s*$", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
NUMBERED = re.compile(r"^\s*\d{1,3}[.)]?(?=\s|$)")  # of the row, or the TEER category
LABEL = re.compile(r"\b(?:NOC|CNP)\s*$", re.IGNORECASE)
AROUND = ' \t,;:.|-–—"“”«»•·‣▪◦●○*'
LONGEST = 255
NO_CODE, TWO_CODES, UNKNOWN, DOUBLED, NO_TITLE, TOO_LONG = (
    "no_code",
    "two_codes",
    "unknown",
    "doubled",
    "no_title",
    "too_long",
)


@dataclass(frozen=True)
class ListFault:
    """A line that can't be taken, and why."""

    line: int
    text: str
    reason: str


@dataclass
class ParsedList:
    """Titles as published by code, in the order of the lines, and the lines that can't be taken."""

    titles: dict[str, str] = field(default_factory=dict)
    faults: list[ListFault] = field(default_factory=list)


def read_list(text: str, known: Collection[str]) -> ParsedList:
    """Every line is taken or named with its fault; empty lines and lines of headings without digits are left out."""
    pasted = ParsedList()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or is_heading(line):
            continue
        code, title, reason = read_line(line)
        if not reason and code not in known:
            reason = UNKNOWN
        if not reason and code in pasted.titles:
            reason = DOUBLED
        if reason:
            pasted.faults.append(ListFault(number, line.strip(), reason))
        else:
            pasted.titles[code] = title
    return pasted


def is_heading(line: str) -> bool:
    """The head of the official table, which a selection brings along."""
    return not CODE.search(line) and bool(re.search(r"\b(?:NOC|CNP|TEER|FÉER)\b", line))


def read_line(line: str) -> tuple[str, str, str]:
    """Code, title and fault of one line, wherever in it the code stands."""
    line = html.unescape(TAG.sub("\t", line))
    codes = CODE.findall(line)
    if len(codes) != 1:
        return "", "", TWO_CODES if codes else NO_CODE
    title = title_around(*line.split(codes[0]))
    if not title:
        return codes[0], "", NO_TITLE
    return codes[0], title, TOO_LONG if len(title) > LONGEST else ""


def title_around(before: str, after: str) -> str:
    """The title that stands before and after the code; only the code's own brackets go, since titles end in one."""
    before = NUMBERED.sub("", LABEL.sub("", before).lstrip(AROUND)).lstrip(AROUND).rstrip(f"{AROUND}([")
    after = TEER.sub("", f" {after.lstrip(f'{AROUND})]').rstrip(AROUND)}")
    title = " ".join(f"{before} {after}".split()).strip(AROUND)
    return title[:-1] if title.endswith(")") and title.count(")") > title.count("(") else title


@dataclass(frozen=True)
class ListChanges:
    """What another list does to one: titles by code; for retitled ones the old and the new title."""

    added: dict[str, str]
    removed: dict[str, str]
    retitled: dict[str, tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.retitled)


def compare_lists(old: dict[str, str], new: dict[str, str]) -> ListChanges:
    def only(codes: Iterable[str], titles: dict[str, str]) -> dict[str, str]:
        return {code: titles[code] for code in sorted(codes)}

    both = sorted(old.keys() & new.keys())
    return ListChanges(
        added=only(new.keys() - old.keys(), new),
        removed=only(old.keys() - new.keys(), old),
        retitled={code: (old[code], new[code]) for code in both if old[code] != new[code]},
    )
