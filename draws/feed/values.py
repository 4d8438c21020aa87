"""The counts, dates, times and links of the official feed, in all the spellings it has used."""

import html
import re
from datetime import date, datetime, timezone

from occupations.categories.spelling import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("january", "janvier"),
            ("february", "février"),
            ("march", "mars"),
            ("april", "avril"),
            ("may", "mai"),
            ("june", "juin"),
            ("july", "juillet"),
            ("august", "août"),
            ("september", "septembre"),
            ("october", "octobre"),
            ("november", "novembre"),
            ("december", "décembre"),
        ],
        start=1,
    )
    for name in names
}
MONTH = "|".join(MONTHS)

COUNT = re.compile(r"\d{1,9}|[1-9]\d{0,2}(?:(?:,\d{3}){1,2}|(?: \d{3}){1,2})", re.ASCII)
NUMBER = re.compile(r"[1-9]\d{0,3}[a-z]?", re.ASCII)
ISO_DATE = re.compile(r"(20\d\d)-(\d\d)-(\d\d)", re.ASCII)
DAY_FIRST_DATE = re.compile(r"(\d\d)-(\d\d)-(20\d\d)", re.ASCII)  # #237 and #246 at first
EITHER_FIRST_DATE = re.compile(r"(0?[1-9]|1[0-2])[/. -](0?[1-9]|1[0-2])[/. -](?:20)?\d\d", re.ASCII)

FRENCH_DATE = re.compile(rf"^(?:le )?(\d{{1,2}})(?: ?er)? ({MONTH})\b", re.ASCII)
FRENCH_CLOCK = re.compile(r"(\d{1,2}) ?h ?(\d{1,2}) ?(?:min|m) ?(\d{1,2})(?: ?s)?(?=$|[ ,.(])", re.ASCII)

WORDED = rf"(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:(?:[.,] ?| )(?P<year>20\d\d))?"
WORDED_DATE = re.compile(WORDED, re.ASCII)
WHEN = re.compile(
    rf"(?:{WORDED}(?:,? ?(?:at|à) ?|,? ))?"
    r"(?:(?P<iso>20\d\d-\d\d-\d\d)[ t])?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?: ?(?P<half>[ap]m))?(?:z|,? ?\(?utc\)?)?\.?",
    re.ASCII,
)

MAX_PATH = 270  # characters; a link in the feed has 162
HREF = re.compile(r"""<a\s[^<>]*?href\s*=\s*(["']?)(.*?)\1[\s>]""", re.IGNORECASE)
LINK = re.compile(
    r"(?:https?://(?:www\.)?canada\.ca)?(?:/content/canadasite)?"
    r"(/(?:en|fr)(?:/[\w-]+)+\.html(?:\?q=\w+)?)",
    re.ASCII,
)


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation; whoever shows it translates it."""
    return text


BAD_COUNT = gettext_noop("This is not a whole number.")
BAD_NUMBER = gettext_noop("This is not a draw number such as 254 or 91a.")
BAD_DATE = gettext_noop("This is not a date in a known spelling. Write the year first: 2026-10-01.")
TWO_READINGS = gettext_noop("Which is the day and which the month? Write the year first: 2026-10-01.")
BAD_WHEN = gettext_noop("This is not a date and time in a known spelling.")
NO_SUCH_DAY = gettext_noop("There is no such day or time.")
NO_YEAR = gettext_noop("The year is missing and can't be told from the draw's date.")
TWO_DAYS = gettext_noop("The date is given twice, and the two differ.")
HALF_DAY = gettext_noop("AM or PM leaves two readings of this time.")
BAD_LINK = gettext_noop("This link does not lead to a page of www.canada.ca.")


class Unreadable(ValueError):
    """A value whose meaning would have to be guessed; the text is the reason."""


def parse_count(text: str) -> int | None:
    """A whole number with or without thousands separators; None when empty."""
    spaced = " ".join(text.split())
    if not spaced:
        return None
    if not COUNT.fullmatch(spaced):
        raise Unreadable(BAD_COUNT)
    return int(re.sub("[, ]", "", spaced))


def parse_number(text: str) -> str:
    """A draw number: text, because 91a and 91b exist."""
    number = fold(text)
    if not NUMBER.fullmatch(number):
        raise Unreadable(BAD_NUMBER)
    return number


def parse_date(text: str) -> date | None:
    """A calendar date in figures or in English or French words; None when empty."""
    written = FRENCH_DATE.sub(r"\2 \1", fold(text))
    if not written:
        return None
    if match := ISO_DATE.fullmatch(written):
        return _day(*match.groups())
    if match := DAY_FIRST_DATE.fullmatch(written):
        return _day(*reversed(match.groups()))
    match = WORDED_DATE.fullmatch(written)
    if not match:
        raise Unreadable(TWO_READINGS if EITHER_FIRST_DATE.fullmatch(written) else BAD_DATE)
    return _worded_day(match, None)


def parse_when(text: str, near: date | None = None) -> datetime | None:
    """A moment in UTC; None when empty; a missing year is the latest not after ``near``."""
    written = FRENCH_DATE.sub(r"\2 \1", fold(text))
    written = FRENCH_CLOCK.sub(lambda m: "{}:{:0>2}:{:0>2}".format(*m.groups()), written)
    if not written:
        return None
    match = WHEN.fullmatch(written)
    if not match or not (match["month"] or match["iso"]):
        raise Unreadable(BAD_WHEN)
    day, hour = _day_of(match, near), _hour(match)
    try:
        moment = datetime(day.year, day.month, day.day, hour, int(match["minute"]), int(match["second"]))
    except ValueError:
        raise Unreadable(NO_SUCH_DAY) from None
    return moment.replace(tzinfo=timezone.utc)


def moment_text(when: datetime | None) -> str | None:
    """A time as text: 2026-10-01T12:00:00Z."""
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def parse_link(text: str) -> str:
    """The absolute address behind a link of the feed; empty where there is none."""
    href = HREF.search(text)
    target = html.unescape(href[2] if href else text).strip()
    match = LINK.fullmatch(target)
    if match and len(match[1]) <= MAX_PATH:
        return f"https://www.canada.ca{match[1]}"
    if href or "/" in target:
        raise Unreadable(BAD_LINK)
    return ""


def _day(year: str | int, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable(NO_SUCH_DAY) from None


def _day_of(match: re.Match[str], near: date | None) -> date:
    """The day of a moment, written in words, as an ISO date, or both."""
    iso = _day(*match["iso"].split("-")) if match["iso"] else None
    if iso and not match["month"]:
        return iso
    day = _worded_day(match, iso or near)
    if iso and day != iso:
        raise Unreadable(TWO_DAYS)
    return day


def _worded_day(match: re.Match[str], near: date | None) -> date:
    month, day = MONTHS[match["month"]], match["day"]
    if match["year"]:
        return _day(match["year"], month, day)
    if near is None:
        raise Unreadable(NO_YEAR)
    return _latest(month, day, near)


def _latest(month: int, day: str, near: date) -> date:
    """The latest such day not after ``near``, going back no further than the year before."""
    for year in (near.year, near.year - 1):
        try:
            found = date(year, month, int(day))
        except ValueError:
            continue
        if found <= near:
            return found
    raise Unreadable(NO_YEAR)


def _hour(match: re.Match[str]) -> int:
    """The hour; the feed puts AM and PM behind 24-hour times, so they count only where they decide nothing."""
    hour = int(match["hour"])
    if (match["half"] == "pm" and 1 <= hour <= 11) or (match["half"] == "am" and hour == 12):
        raise Unreadable(HALF_DAY)
    return hour
