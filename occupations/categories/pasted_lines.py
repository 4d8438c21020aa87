"""The lines of a pasted list, freed of what a PDF, a spreadsheet or a web page puts around them."""

import html
import re
import unicodedata
from collections import Counter

CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
TABLE_ROW = re.compile(r"<tr\b.*?</tr>", re.IGNORECASE | re.DOTALL)
ROWS_ON_ONE_LINE = re.compile(r"(?<=</tr>)[ \t]*(?=<tr\b)", re.IGNORECASE)
QUOTED_CELL = re.compile(r'(?:(?<=\t)|^)"((?:[^"]|"")*)"(?=\t|\r?$)', re.MULTILINE)
WITHIN = "\0"  # a line break within a cell; forms refuse this character
SOFT_HYPHEN = "\u00ad"
LETTERS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"\u2010": "-", "\u2011": "-"}
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")
)
HEADING = re.compile(
    r"\b(?:NOC|CNP|TEER|F[ÉE]ER|codes?)\b|^\W*(?:occupation|profession|title|titre)s?\W*$", re.IGNORECASE
)
PAGE_MARK = re.compile(
    r"\w://|\bwww\.|^\W*page\s+\d+\b|^\W*\d+\s*(?:/|of|de|sur)\s*\d+\W*$|^\W*\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\b|^\W*\d{2,4}\W*$",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"[^\W\d_A-ZÀ-ÖØ-ÞŒ]|[(/&]")
UNFINISHED = ("-", "–", "/", ",", "(", SOFT_HYPHEN)


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """Each line that says something, with its number as pasted; a row of a table is one line."""
    text = ROWS_ON_ONE_LINE.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = TABLE_ROW.sub(lambda row: row[0].replace("\n", WITHIN), text)
    text = QUOTED_CELL.sub(lambda cell: cell[1].replace('""', '"').replace("\n", WITHIN), text)
    lines, number = [], 1
    for line in text.splitlines():
        if plain := plain_text(line):
            lines.append((number, plain))
        number += 1 + line.count(WITHIN)
    return without_headings(without_page_marks(lines))


def plain_text(line: str) -> str:
    """Without tags, ligatures and invisible characters; a soft hyphen stays at the end, where it joins two lines."""
    line = html.unescape(TAG.sub("\t", line.replace(WITHIN, " ")))
    line = unicodedata.normalize("NFC", line).translate(LETTERS).strip()
    end = SOFT_HYPHEN if line.endswith(SOFT_HYPHEN) else ""
    return line.replace(SOFT_HYPHEN, "") + end


def without_page_marks(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leaves out page numbers, addresses, print dates, and lines that come again, each time beside one of these."""
    texts = [masked(text) for _, text in lines]
    marks = [bool(PAGE_MARK.search(text)) and not CODE.search(text) for _, text in lines]
    edges, around, times = {0, len(lines) - 1} if any(marks) else set(), range(len(lines)), Counter(texts)
    for at in [*around, *reversed(around)]:
        beside = at in edges or any(marks[max(at - 1, 0) : at + 2])
        marks[at] = marks[at] or (beside and times[texts[at]] > 1 and may_head_a_page(lines[at][1]))
    marked = Counter(text for text, mark in zip(texts, marks, strict=True) if mark)
    return [line for line, text in zip(lines, texts, strict=True) if marked[text] < times[text]]


def masked(text: str) -> str:
    """The same for two lines that differ in the number of the page alone."""
    return re.sub(r"(?<!\d)\d{1,3}(?!\d)", "0", text.casefold())


def may_head_a_page(text: str) -> bool:
    return not (CODE.search(text) or GOES_ON.match(text) or text.endswith(UNFINISHED))


def without_headings(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leaves out the head of the official table, which may be broken into several lines, and what stands above it."""
    kept: list[tuple[int, str]] = []
    in_heading = False
    for number, text in lines:
        in_heading = not CODE.search(text) and bool(in_heading if GOES_ON.match(text) else HEADING.search(text))
        if in_heading and not any(CODE.search(above) for _, above in kept):
            kept = []
        elif not in_heading and not re.fullmatch(r"\W*\d\W*", text):  # the TEER category in a line of its own
            kept.append((number, text))
    return kept


def goes_on(before: str, line: str) -> bool:
    """Whether a line goes on with what the one before began, as where a title is too long for its column."""
    return bool(GOES_ON.match(line)) or before.endswith(UNFINISHED)


def joined(parts: list[str]) -> str:
    """Broken text in one piece: no space where a word was broken at a hyphen or a slash."""
    whole = ""
    for part in filter(None, (part.strip() for part in parts)):
        if whole.endswith(SOFT_HYPHEN):
            whole = whole[:-1] + part
        else:
            whole += part if not whole or re.search(r"\S[-/]$", whole) else f" {part}"
    return whole.removesuffix(SOFT_HYPHEN)
