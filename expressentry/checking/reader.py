"""Read pasted lines: each holds a link to a page of this site, or occupation codes and a day.

Nothing is dropped: a line that is not taken says why, and the words beside a link stay with it.
"""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.http.request import is_same_domain
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.dateparse import parse_datetime

from editing.middleware import language_of
from occupations.forms import FIRST_DAY
from occupations.shortlist.input import GLUED, LABELS

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd]")
GLUED_LINK = re.compile(r"(?<=[(\[,])(?=https?://)", re.IGNORECASE)  # [STEM](https://…), or a cell of a CSV
TOKEN = re.compile(r'[^\s<>"“”«»|;,?]+(?:\?[^\s<>"“”«»|;]*)?')
BEFORE, BEHIND = "([{'*•", ".,:!?)]}'"
DAY = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
CODE = re.compile(r"(?<![\w.])(\d{2})\s?(\d{3})(?!\w)")
FORMER_CODE = re.compile(r"(?<!\w)\d{4}(?!\w)")
AROUND = " \t.,;:|–—-•·*()<>[]\"'“”«»=→"

NOT_OURS = "not_ours"
NO_LINK, NO_DAY, NO_CODE, FORMER = "no_link", "no_day", "no_code", "former_code"
BAD_DAY, FUTURE, TOO_EARLY, BAD_KNOWN = "bad_day", "future", "too_early", "bad_known"
NO_PAGE, NO_FACTS, NO_OCCUPATION = "no_page", "no_facts", "no_occupation"

DATED = {"categories:list", "categories:detail", "occupations:detail", "shortlist"}  # show the day of ``on``
LIVING = {"draws:stream", "programs:list", "programs:detail", "pool:current"}  # show today's state
FIXED = {"draws:detail", "categories:edition", "categories:compare", "pool:detail"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks about: a page, of which day, as known at which moment; or why it is not taken."""

    text: str
    link: str = ""
    label: str = ""  # what stands beside the link, such as a client's name
    page: str = ""  # the name of its view
    names: dict[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    on: date | None = None
    known: datetime | None = None
    fault: str = ""


class Unreadable(Exception):
    """A line that is not taken, for the reason given."""


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads lines on ``today`` at a site with these ``hosts``; ``codes_of`` reads the occupations of a shortlist."""

    hosts: Iterable[str]
    today: date
    codes_of: Callable[[list[str]], list[str]]

    def read(self, line: str) -> Asked:
        text = " ".join(UNSEEN.sub(" ", html.unescape(line)).split())
        spaced = GLUED_LINK.sub(" ", text)
        link = next((token for token in tokens(spaced) if self.is_link(token)), "")
        label = label_of(spaced.replace(link, " ", 1)) if link else ""
        try:
            if link:
                return Asked(text, link, label, **self.linked(link))
            return self.codes_and_day(text)
        except Unreadable as fault:
            return Asked(text, link, label, fault=str(fault))

    def is_link(self, token: str) -> bool:
        head, slash, _rest = token.partition("/")
        if "://" in token or token.startswith("www."):
            return True
        return bool(slash) and (not head or "." in head or self.is_ours(head) or page_of(f"/{token}") is not None)

    def is_ours(self, host: str) -> bool:
        name = host.partition(":")[0].removeprefix("www.").lower()
        return any(is_same_domain(name, own.removeprefix("www.")) for own in self.hosts)

    def linked(self, link: str) -> dict:
        """The page of a link, and what its query asks of it."""
        parts = split(link, self.is_ours)
        if parts.netloc and not self.is_ours(parts.netloc):
            raise Unreadable(NOT_OURS)
        match = page_of(unquote(parts.path))
        if match is None:
            raise Unreadable(NO_PAGE)
        if match.view_name not in DATED | LIVING | FIXED:
            raise Unreadable(NO_FACTS)
        query = parse_qs(parts.query)
        codes = self.shortlisted(query) if match.view_name == "shortlist" else ()
        day = self.day(last(query, "on")) if match.view_name in DATED else None
        return {"page": match.view_name, "names": match.kwargs, "codes": codes, "on": day,
                "known": moment(last(query, "known"))}  # fmt: skip

    def shortlisted(self, query: dict[str, list[str]]) -> tuple[str, ...]:
        codes = self.codes_of(query.get("noc", []))
        if not codes:
            raise Unreadable(NO_OCCUPATION)
        return tuple(codes)

    def codes_and_day(self, text: str) -> Asked:
        """A line such as “21231 2024-01-15”: what the shortlist of these codes shows of that day."""
        found = DAY.search(text)
        rest = LABELS.sub(" ", GLUED.sub(r"\1 ", DAY.sub(" ", text, count=1)))
        codes = tuple(sorted({"".join(parts) for parts in CODE.findall(rest)}))
        if not codes:
            former = found and FORMER_CODE.search(rest)
            raise Unreadable(FORMER if former else NO_CODE if found else NO_LINK)
        if not found:
            raise Unreadable(NO_DAY)
        label = label_of(CODE.sub(" ", rest))
        day = self.day("-".join(part.zfill(2) for part in found.groups()))
        return Asked(text, label=label, page="shortlist", codes=codes, on=day)

    def day(self, text: str) -> date | None:
        """A day of Express Entry, up to today."""
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Unreadable(BAD_DAY) from None
        if day > self.today or day < FIRST_DAY:
            raise Unreadable(FUTURE if day > self.today else TOO_EARLY)
        return day


def tokens(text: str) -> list[str]:
    """The words of a line without the marks around them; a link is one, with its query."""
    return [token.lstrip(BEFORE).rstrip(BEHIND) for token in TOKEN.findall(text)]


def label_of(rest: str) -> str:
    """What stands beside a link, without the marks between the two."""
    return " ".join(filter(None, (word.lstrip(AROUND) for word in rest.split()))).rstrip(AROUND)


def split(link: str, is_ours: Callable[[str], bool]) -> SplitResult:
    """The parts of a link with or without its scheme and host."""
    head = link.partition("/")[0]
    if "://" not in link and head:
        link = f"//{link}" if "." in head or is_ours(head) else f"/{link}"
    try:
        return urlsplit(link)
    except ValueError:
        raise Unreadable(NO_LINK) from None


def page_of(path: str) -> ResolverMatch | None:
    """The view of a path in either language, also without its last slash; a page that only leads on is none."""
    path = path if path.endswith("/") else f"{path}/"
    try:
        with translation.override(language_of(path)):
            return resolve(path)
    except Resolver404:
        return None


def last(query: dict[str, list[str]], name: str) -> str:
    """The value that a page reads where a name comes twice."""
    return query.get(name, [""])[-1].strip()


def moment(text: str) -> datetime | None:
    """The moment of ``known``, in UTC unless it says otherwise."""
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise Unreadable(BAD_KNOWN)
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)
