import re
from datetime import date

import pytest

from draws.feed.values import Unreadable, parse_count, parse_date, parse_link, parse_number, parse_when
from tests.draws.feed_rows import PATH, SITE, utc


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", None), (" \u202f", None), ("0", 0), ("4", 4), ("75", 75), ("1234", 1234), ("1,234", 1234),
        ("27 332", 27332), ("27\u00a0332", 27332), ("27\u202f332", 27332), ("27\u2009332", 27332),
        ("1,234,567", 1234567), ("1 234 567", 1234567), (" 500 ", 500), ("123456789", 123456789),
    ],
)  # fmt: skip
def test_count_is_read(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "12,34",
        "1,2345",
        "1.234",
        "1,234 567",
        "0,123",
        "-1",
        "+1",
        "1e3",
        "x",
        "٣",
        "1234567890",
        "1,234,567,890",
        "1 234 567 890",
        "1, 234",
    ],
)
def test_count_is_refused(text):
    with pytest.raises(Unreadable, match="whole number"):
        parse_count(text)


@pytest.mark.parametrize(("text", "number"), [("1", "1"), (" 91a ", "91a"), ("91B", "91b"), ("9999z", "9999z")])
def test_number_is_read(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "0", "091", "a", "91ab", "91 a", "12345", "4.0", "-1", "٣"])
def test_number_is_refused(text):
    with pytest.raises(Unreadable, match="draw number"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None), ("2026-08-19", date(2026, 8, 19)), ("11-01-2023", date(2023, 1, 11)),
        ("12-04-2023", date(2023, 4, 12)), ("August 19, 2026", date(2026, 8, 19)),
        ("August 3, 2026", date(2026, 8, 3)),
        ("August 03,2026", date(2026, 8, 3)), ("AUGUST 19th 2026", date(2026, 8, 19)),
        ("19 août 2026", date(2026, 8, 19)), ("1er mars 2026", date(2026, 3, 1)),
        ("le 1 er mars 2026", date(2026, 3, 1)),
        ("19 aou\u0302t 2026", date(2026, 8, 19)), ("29 février 2024", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_date_is_read(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01", "31-02-2023", "January 32, 2023", "January 11", "11/01/2023", "Jan 11, 2023", "1826-08-19",
        "2026-8-19", "29 février 2023", "August 192026", "today", "٢٠٢٦-٠٨-١٩",
        "2026-08-19 UTC", "11-01-2023 UTC", "August 19, 2026 at", "August 119, 2026", "le 119 août 2026",
    ],
)  # fmt: skip
def test_date_is_refused(text):
    with pytest.raises(Unreadable):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "March 5, 2026 at 18:34:05 UTC",
        "March 05, 2026 at 18:34:05 UTC",
        "March 5, 2026 at  18:34:05 UTC",
        "March 5, 2026  at 18:34:05 UTC",
        "March 5, 2026 at18:34:05 UTC",
        "March 5th 2026 at 18:34:05 UTC",
        "March 5 2026 at 18:34:05 UTC",
        "March 05. 2026 at 18:34:05 UTC",
        "March 5,2026 18:34:05 UTC",
        "March 5, 2026 18:34:05 UTC",
        "March 5, 2026, at 18:34:05 UTC",
        "March 5, 2026, 18:34:05 UTC",
        "March 5, 2026 at 18:34:05",
        " March 5, 2026 at 18:34:05 UTC ",
        "March 5, 2026 at 18:34:05 AM UTC",
        "March 5, 2026 at 18:34:05 PM UTC",
        "March 5, 2026 at 2026-03-05 18:34:05 UTC",
        "March 5 at 2026-03-05 18:34:05 UTC",
        "March 5 at 18:34:05 UTC",
        "MARCH 5, 2026 AT 18:34:05 (UTC).",
        "2026-03-05 18:34:05 UTC",
        "2026-03-05T18:34:05Z",
        "5 mars 2026 à 18:34:05 UTC",
        "5 mars 2026, à 18:34:05 UTC",
        "5 mars 2026 18:34:05",
        "Le 5 mars 2026 à 18 h 34 min 5 s UTC",
        "5 mars 2026 à 18\u00a0h\u00a034\u00a0min\u00a005\u00a0s\u00a0UTC",
        "5 mars 2026 à 18h34min05s, UTC",
        "5 mars 2026 à 18h34m05 (UTC)",
        "5 mars à 18 h 34 min 05 s UTC",
        "5 mars 2026 à 18 h 34 min 5 s UTC",
    ],
)
def test_moment_is_read(text):
    assert parse_when(text, date(2026, 4, 1)) == utc(2026, 3, 5, 18, 34, 5)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("0:59:13", (0, 59, 13)), ("05:10:48", (5, 10, 48)), ("03:02:52", (3, 2, 52)), ("15:48:39 AM", (15, 48, 39)),
        ("20:19:59 PM", (20, 19, 59)), ("04:22:17 AM", (4, 22, 17)), ("12:00:00 PM", (12, 0, 0)),
        ("00:10:00 PM", (0, 10, 0)),
    ],
)  # fmt: skip
def test_clock_has_24_hours_whatever_mark_follows(text, clock):
    assert parse_when(f"May 1, 2023 at {text} UTC") == utc(2023, 5, 1, *clock)


def test_french_clock_needs_no_leading_zeros():
    assert parse_when("1er mai 2023 à 8 h 5 min 9 s UTC") == utc(2023, 5, 1, 8, 5, 9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "known spelling"),
        ("18:34:05 UTC", "known spelling"),
        ("March 5, 2026", "known spelling"),
        ("March 5, 2026 at 18:34 UTC", "known spelling"),
        ("March 5, 2026 at 18:34:05 EST", "known spelling"),
        ("Mars 5, 2026 at 18.34.05 UTC", "known spelling"),
        ("March 518:34:05", "known spelling"),
        ("March 5, 2026 at 118:34:05 UTC", "known spelling"),
        ("5 mars 2026 à 118 h 34 min 05 s", "known spelling"),
        ("5 mars 2026 à 18 h 134 min 05 s", "known spelling"),
        ("5 mars 2026 à 18 h 34 min 105 s", "known spelling"),
        ("March 5, 202618:34:05", "known spelling"),
        ("May 1, 2023 at 04:22:17 PM UTC", "AM or PM"),
        ("May 1, 2023 at 01:22:17 PM UTC", "AM or PM"),
        ("May 1, 2023 at 11:22:17 PM UTC", "AM or PM"),
        ("May 1, 2023 at 12:22:17 AM UTC", "AM or PM"),
        ("May 1, 2023 at 24:00:00 UTC", "no such day"),
        ("May 1, 2023 at 23:59:60 UTC", "no such day"),
        ("May 32, 2023 at 10:00:00 UTC", "no such day"),
        ("May 1, 2023 at 2023-05-02 10:00:00 UTC", "the two differ"),
        ("2023-02-30 10:00:00 UTC", "no such day"),
        ("May 1 at 10:00:00 UTC", "year is missing"),
    ],
)
def test_moment_is_refused(text, reason):
    with pytest.raises(Unreadable, match=reason):
        parse_when(text)


@pytest.mark.parametrize(
    ("text", "near", "year"),
    [
        ("October 7 at 16:38:21 UTC", date(2021, 10, 27), 2021),
        ("October 27 at 16:38:21 UTC", date(2021, 10, 27), 2021),
        ("October 28 at 16:38:21 UTC", date(2021, 10, 27), 2020),
        ("February 29 at 16:38:21 UTC", date(2025, 2, 1), 2024),
    ],
)
def test_missing_year_is_the_latest_before_the_draw(text, near, year):
    assert parse_when(text, near).year == year


def test_missing_year_is_not_sought_further_back():
    with pytest.raises(Unreadable, match="year is missing"):
        parse_when("February 29 at 16:38:21 UTC", date(2023, 3, 1))


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_empty_moment_is_none(text):
    assert parse_when(text) is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", ""),
        ("See full text of Ministerial Instruction", ""),
        (f"<a href='{PATH}-76.html'>76</a>", f"{SITE}{PATH}-76.html"),
        (f"<a href='{PATH}.html?q=91a'>91a</a>", f"{SITE}{PATH}.html?q=91a"),
        (f"<a href='/content/canadasite{PATH}.html?q=437'>437</a>", f"{SITE}{PATH}.html?q=437"),
        (f'<A class="x" HREF = "{SITE}{PATH}.html?q=437">437</A>', f"{SITE}{PATH}.html?q=437"),
        (f"<a href={PATH}.html?q=437>437</a>", f"{SITE}{PATH}.html?q=437"),
        ("<a href='/fr/a-b/c.html&#63;q=1'>1</a>", f"{SITE}/fr/a-b/c.html?q=1"),
        (f"{SITE}{PATH}.html?q=437", f"{SITE}{PATH}.html?q=437"),
        (f"http://canada.ca{PATH}.html", f"{SITE}{PATH}.html"),
    ],
)
def test_link_is_read(text, url):
    assert parse_link(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "<a href='javascript:alert(1)'>1</a>",
        "<a href=''>1</a>",
        "<a href='//example.com/en/x.html'>1</a>",
        "<a href='https://www.canada.ca.example.com/en/x.html'>1</a>",
        "<a href='https://www.canada.ca@example.com/en/x.html'>1</a>",
        "<a href='/en/../x.html'>1</a>",
        "<a href='/de/x.html'>1</a>",
        "<a href='/en/x.html?q=1&r=2'>1</a>",
        f"<a href='/en/{'x' * 270}.html'>1</a>",
        "https://example.com/",
        "<b>437</b>",
    ],
)
def test_link_is_refused(text):
    with pytest.raises(Unreadable, match=re.escape("www.canada.ca")):
        parse_link(text)
