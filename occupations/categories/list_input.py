"""Read a list of occupations as an official page prints it: the code and the title of each."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from .pasted_lines import CODE, goes_on, joined, numbered_lines

FORMER = re.compile(r"(?<![\d/-])\d{4}(?![\d/-])")
TEER = r"(?:\((?:TEER|F[ÉE]ER)\s*[0-5]\)|(?:TEER|F[ÉE]ER)(?:\s*[0-5])?|[0-5])\s*$"
CELL_OF_TEER = re.compile(rf"[\s|]+{TEER}", re.IGNORECASE)
END_OF_TEER = re.compile(rf"[\s|,;]+{TEER}", re.IGNORECASE)
NUMBERED = re.compile(r"^\s*\d{1,3}[.)]?(?=\s|$)")  # of the row, or the TEER category
LABEL = re.compile(r"\b(?:NOC|CNP)\s*$", re.IGNORECASE)
AROUND = ' \t,;:.|-–—"“”«»•·‣▪◦●○*'
LONGEST = 255
MOST_LINES = 10  # that one title is broken into, on either side of its code
NO_CODE, TWO_CODES, UNKNOWN, FORMER_CODE, DOUBLED, NO_TITLE, TOO_LONG = (
    "no_code",
    "two_codes",
    "unknown",
    "former_code",
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
    code: str = ""


@dataclass
class ParsedList:
    """Titles as published by code, in the order of the lines, and the lines that can't be taken."""

    titles: dict[str, str] = field(default_factory=dict)
    faults: list[ListFault] = field(default_factory=list)


@dataclass
class Line:
    """One line as pasted; the parts of the title before and after its code, as they are found."""

    number: int
    text: str
    codes: list[str]
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    taken: bool = False

    @property
    def free(self) -> bool:
        return not (self.codes or self.taken)

    @property
    def title(self) -> str:
        return title_around(joined(self.before), joined(self.after))


def read_list(text: str, known: Mapping[str, Collection[str]], former: Collection[str] = ()) -> ParsedList:
    """Every occupation is taken or named with its fault; ``known``: titles by code; ``former``: NOC 2016 codes."""
    lines = [line_of(number, line, former) for number, line in numbered_lines(text)]
    coded = [at for at, line in enumerate(lines) if len(line.codes) == 1]
    broken = [at for at in coded if not take_known(lines, at, known.get(lines[at].codes[0], ()))]
    code_last = sum(has_text(line.before) - has_text(line.after) for line in lines)
    for at in sorted(broken, key=lambda at: not lines[at].title):
        take_broken(lines, at, code_last)
    pasted = ParsedList()
    for line in lines:
        if line.codes:
            add(pasted, line, known)
        elif line.free:
            pasted.faults.append(ListFault(line.number, line.text, NO_CODE))
    return pasted


def line_of(number: int, text: str, former: Collection[str]) -> Line:
    codes = CODE.findall(text) or [code for code in FORMER.findall(text) if code in former]
    if len(codes) != 1:
        return Line(number, text, codes)
    before, after = text.split(codes[0])
    return Line(number, text, codes, [before], [CELL_OF_TEER.sub("", f" {after}")])


def take_known(lines: list[Line], at: int, titles: Collection[str]) -> bool:
    """Take the lines around that make the title one that the code is known by."""
    line, wanted = lines[at], {title.casefold() for title in titles}
    above, below = free_lines(lines, at, -1), free_lines(lines, at, 1)
    for up in range(len(above) + 1):
        for down in range(len(below) + 1):
            before, after = parts(line, above[:up], below[:down])
            if title_around(joined(before), joined(after)).casefold() in wanted:
                take(line, above[:up], below[:down])
                return True
    return False


def take_broken(lines: list[Line], at: int, code_last: int) -> None:
    """Take the lines that the title goes on in; a code alone takes its title from where the others have it."""
    line = lines[at]
    above, below = free_lines(lines, at, -1), free_lines(lines, at, 1)
    alone = not line.title
    side = code_last or bool(above) - bool(below)
    up = down = 0
    if has_text(line.before) or (alone and side > 0):
        nearest = [joined(line.before), *(one.text for one in above)]
        up = reach(nearest, lambda text, earlier: goes_on(earlier, text), alone)
    if not alone or side < 0:
        down = reach([line.text, *(one.text for one in below)], goes_on, alone)
    take(line, above[:up], below[:down])


def reach(texts: list[str], follows: Callable[[str, str], bool], first_does: bool) -> int:
    """How many texts follow the first one, each the one before it."""
    count = 0
    for nearer, farther in pairwise(texts):
        if not ((first_does and not count) or follows(nearer, farther)):
            break
        count += 1
    return count


def has_text(parts: list[str]) -> bool:
    return bool(title_around(joined(parts), ""))


def free_lines(lines: list[Line], at: int, step: int) -> list[Line]:
    """The nearest lines above (-1) or below (1) that no code has taken yet."""
    found: list[Line] = []
    at += step
    while 0 <= at < len(lines) and lines[at].free and len(found) < MOST_LINES:
        found.append(lines[at])
        at += step
    return found


def take(line: Line, above: list[Line], below: list[Line]) -> None:
    line.before, line.after = parts(line, above, below)
    for one in (*above, *below):
        one.taken = True


def parts(line: Line, above: list[Line], below: list[Line]) -> tuple[list[str], list[str]]:
    """The parts of the title on either side; a title broken behind its code stands before it as a whole."""
    before = [*(one.text for one in reversed(above)), *line.before]
    after = [one.text for one in below]
    if below and has_text(before) and not has_text(line.after):
        return [*before[:-1], LABEL.sub("", before[-1]).rstrip(" \t|(["), *after], []
    return before, [*line.after, *after]


def add(pasted: ParsedList, line: Line, known: Collection[str]) -> None:
    code, title = line.codes[0], line.title
    checks = {
        TWO_CODES: len(line.codes) > 1,
        FORMER_CODE: len(code) == 4,
        NO_TITLE: not title,
        TOO_LONG: len(title) > LONGEST,
        UNKNOWN: code not in known,
        DOUBLED: code in pasted.titles,
    }
    if reason := next((reason for reason, found in checks.items() if found), ""):
        pasted.faults.append(ListFault(line.number, line.text, reason, code))
    else:
        pasted.titles[code] = title


def title_around(before: str, after: str) -> str:
    """The title that stands before and after the code; only the code's own brackets go, since titles end in one."""
    before = NUMBERED.sub("", LABEL.sub("", before).lstrip(AROUND)).lstrip(AROUND).rstrip(f"{AROUND}([")
    after = END_OF_TEER.sub("", f" {after.lstrip(f'{AROUND})]').rstrip(AROUND)}")
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
