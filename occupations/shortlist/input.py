"""Read a pasted list of occupations: NOC 2021 codes in any form, codes of NOC 2016, and whole titles.

Nothing is dropped: what is not taken is named with the reason, and what was read as something else is said.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from occupations.search.engine import SearchIndex
from occupations.search.normalise import fold, words

MOST_CODES, MOST_ENTRIES, LONGEST_TEXT = 50, 300, 10_000
MOST_JOINED = 4  # official titles have up to three commas
LINES = re.compile(r"[\n\r;|•·]+")
LABELS = re.compile(
    r"\b(?:20[012]\d\s+)?(?:noc|cnp)\b(?:\s*20[012]\d\b)?(?:\s*v?1\.\d)?|\b(?:teer|feer)\b\s*:?\s*[0-5]?\b",
    re.IGNORECASE,
)
CELLS = re.compile(r"(?<![\w.])(\d{2}) ?(\d{3})(?:\.0+)?(?![\w.])")  # as spreadsheets show numbers
GLUED = re.compile(r"\b(noc|cnp)(?=\d)", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-*–—]+|\d{1,2}[.)])\s+")
NUMBER = re.compile(r"(?<![\w.])(\d{4,5})(?![\w]|\.\d)")
AROUND = " \t\"'“”«»()[]:.-–—/#"

UNKNOWN, SEVERAL, BESIDE, TOO_MANY = "unknown", "several", "beside", "too_many"
FORMER, TITLE = "former_code", "title"


@dataclass(frozen=True, slots=True)
class InputFault:
    """What was not taken, why, and the unit groups that it may mean."""

    text: str
    reason: str  # unknown, several, beside or too_many
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What was read as a unit group without being its code."""

    text: str
    code: str
    reason: str  # former_code or title


@dataclass(slots=True)
class ParsedInput:
    codes: list[str] = field(default_factory=list)  # sorted, each once
    read_as: list[ReadAs] = field(default_factory=list)
    faults: list[InputFault] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.faults


class InputReader:
    """Reads one list by what the search knows."""

    def __init__(self, index: SearchIndex):
        self.index = index
        self.found = ParsedInput()

    def read(self, texts: Iterable[str]) -> ParsedInput:
        text = keyboard_text("\n".join(texts))
        entries = list(dict.fromkeys(entries_of(text[:LONGEST_TEXT])))
        for entry in entries[:MOST_ENTRIES]:
            self._line(entry)
        left = [*entries[MOST_ENTRIES:], *filter(None, [text[LONGEST_TEXT:].strip()])]
        self._limit(left)
        return self.found

    def _line(self, line: str) -> None:
        """A line with commas may be one title, several entries, or titles with commas among them."""
        pieces = [piece.strip(AROUND) for piece in line.split(",")]
        at = 0
        while at < len(pieces):
            at += self._whole_title(pieces[at:]) or self._piece(pieces[at])

    def _whole_title(self, pieces: list[str]) -> int:
        """Take the longest run of pieces that is a title; answers with their number."""
        for count in range(min(MOST_JOINED, len(pieces)), 1, -1):
            text = ", ".join(pieces[:count])
            matches = [] if NUMBER.search(text) else self.index.whole(text)
            if len(matches) == 1 and matches[0].text.count(",") == count - 1:
                self._take_read(text, matches[0].code, TITLE)
                return count
        return 0

    def _piece(self, piece: str) -> int:
        before, *rest = NUMBER.split(piece)
        if rest:
            beside = [f"{before} {rest[1]}", *rest[3::2]]
            for number, text in zip(rest[::2], beside, strict=True):
                self._number(number, text.strip(AROUND))
        elif piece:
            self._title(piece)
        return 1

    def _number(self, number: str, text: str) -> None:
        if number in self.index:
            self._take(number)
            self._beside((number,), text)
        elif len(number) == 4 and (former := self.index.former(number)):
            self._choose(number, former.successors, FORMER)
            self._beside(former.successors, text)
        else:
            self.found.faults.append(InputFault(f"{number} {text}".strip(), UNKNOWN))

    def _title(self, text: str) -> None:
        matches = self.index.whole(text)
        if matches:
            self._choose(text, tuple(match.code for match in matches), TITLE)
        else:
            self.found.faults.append(InputFault(text, UNKNOWN))

    def _choose(self, text: str, codes: tuple[str, ...], reason: str) -> None:
        if len(codes) == 1:
            self._take_read(text, codes[0], reason)
        else:
            self.found.faults.append(InputFault(text, SEVERAL, codes))

    def _beside(self, codes: tuple[str, ...], text: str) -> None:
        """Words beside a code are its title, or else they are named."""
        text = re.sub(rf"(^|\s+){codes[0][1]}$", "", text)  # a copied table row ends with the TEER category
        if words(fold(text)) and not any(self._means(code, text) for code in codes):
            self.found.faults.append(InputFault(text, BESIDE, codes))

    def _means(self, code: str, text: str) -> bool:
        return self.index.names(code, text) or code in [match.code for match in self.index.search(text, 10).matches]

    def _take(self, code: str) -> None:
        if code not in self.found.codes:
            self.found.codes.append(code)

    def _take_read(self, text: str, code: str, reason: str) -> None:
        self._take(code)
        self.found.read_as.append(ReadAs(text, code, reason))

    def _limit(self, left: list[str]) -> None:
        self.found.faults += [InputFault(text, TOO_MANY) for text in [*self.found.codes[MOST_CODES:], *left]]
        self.found.codes = sorted(self.found.codes[:MOST_CODES])
        self.found.read_as = [one for one in self.found.read_as if one.code in self.found.codes]


def keyboard_text(text: str) -> str:
    """The text in the letters of a plain keyboard, without labels such as NOC or TEER 1."""
    text = unicodedata.normalize("NFKC", text).replace("\x00", "").replace("\u200b", "")
    return CELLS.sub(r"\1\2", LABELS.sub(" ", GLUED.sub(r"\1 ", text)))


def entries_of(text: str) -> Iterator[str]:
    for line in LINES.split(text):
        if entry := " ".join(BULLET.sub("", line).split()).strip(AROUND + ","):
            yield entry
