from datetime import date, datetime, timezone

import pytest

from expressentry.checking import reader
from expressentry.checking.reader import Asked, LineReader

TODAY = date(2026, 11, 26)
DAY = date(2024, 1, 15)
KNOWN = datetime(2026, 11, 20, 14, 3, 22, tzinfo=timezone.utc)
STEM_2023 = {"slug": "stem", "version": "2023"}


def five_digits(values):
    """The codes of a shortlist's parameters: the site reads titles and former codes, too."""
    return sorted({value for text in values for value in text.split(",") if len(value) == 5 and value.isdigit()})


def read(line):
    return LineReader(("record.example", ".record.test", "localhost"), TODAY, five_digits).read(line)


@pytest.mark.parametrize(
    ("link", "page", "names"),
    [
        ("/draws/254/", "draws:detail", {"number": "254"}),
        ("/fr/draws/91a/", "draws:detail", {"number": "91a"}),
        ("/draws/cec/", "draws:stream", {"slug": "cec"}),
        ("/categories/", "categories:list", {}),
        ("/categories/stem/", "categories:detail", {"slug": "stem"}),
        ("/categories/stem/2023/", "categories:edition", STEM_2023),
        ("/categories/stem/compare/2023/2025/", "categories:compare", {"slug": "stem", "old": "2023", "new": "2025"}),
        ("/occupations/21231/", "occupations:detail", {"code": "21231"}),
        ("/programs/", "programs:list", {}),
        ("/programs/canadian-experience-class/", "programs:detail", {"slug": "canadian-experience-class"}),
        ("/pool/", "pool:current", {}),
        ("/fr/pool/2026-08-16/", "pool:detail", {"day": "2026-08-16"}),
    ],
)
def test_link_to_each_page_is_read(link, page, names):
    assert read(link) == Asked(link, link, page=page, names=names)


@pytest.mark.parametrize(
    "link",
    [
        "https://record.example/categories/stem/2023/",
        "http://www.record.example:8000/fr/categories/stem/2023/",
        "HTTPS://Record.Example/categories/stem/2023",
        "https://fr.record.test/categories/stem/2023/#list",
        "www.record.example/categories/stem/2023/",
        "record.example/categories/stem/2023/",
        "localhost/categories/stem/2023/",
        "localhost:8000/categories/stem/2023/",
        "/categories/stem/2023",
        "categories/stem/2023/",
        "/categories/stem/2023/?utm_source=mail",
        "\ufeff/categories/stem/2023/\u200b",
    ],
)
def test_link_is_ours_however_it_is_written(link):
    asked = read(link)

    assert (asked.fault, asked.page, asked.names) == ("", "categories:edition", STEM_2023)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("  https://record.example/categories/stem/2023/.  ", ""),
        ("<https://record.example/categories/stem/2023/>", ""),
        ("- Anna Roy: https://record.example/categories/stem/2023/", "Anna Roy"),
        ("Roy, Anna\thttps://record.example/categories/stem/2023/\t2024 file", "Roy, Anna 2024 file"),
        ("Roy,https://record.example/categories/stem/2023/,open", "Roy, open"),
        ("[STEM](https://record.example/categories/stem/2023/)", "STEM"),
        ("• «\xa0record.example/categories/stem/2023/\xa0»", ""),
    ],
)
def test_words_beside_a_link_stay_with_it(line, label):
    asked = read(line)

    assert (asked.page, asked.names, asked.label) == ("categories:edition", STEM_2023, label)


def test_shortlist_link_holds_its_question():
    link = "https://record.example/fr/shortlist/?noc=22300&amp;noc=21231&on=2024-01-15&known=2026-11-20T14:03:22Z"

    asked = read(link)

    assert (asked.page, asked.codes, asked.on, asked.known) == ("shortlist", ("21231", "22300"), DAY, KNOWN)


def test_day_counts_where_the_page_reads_it():
    with_day, without = read("/categories/stem/?on=2024-01-15"), read("/draws/254/?on=2024-01-15")

    assert (with_day.on, without.on) == (DAY, None)


@pytest.mark.parametrize("known", ["2026-11-20T14:03:22Z", "2026-11-20T14:03:22", "2026-11-20T09:03:22-05:00"])
def test_moment_is_utc_unless_it_says_otherwise(known):
    assert read(f"/draws/254/?known={known}").known == KNOWN


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("21231 2024-01-15", ("21231",)),
        ("21 231 2024-01-15", ("21231",)),
        ("21\u202f231\u00a02024-01-15", ("21231",)),
        ("2024-01-15\t21231", ("21231",)),
        ("21231;2024-01-15", ("21231",)),
        ("21231, 2024/1/15", ("21231",)),
        ("21231 – 2024.01.15", ("21231",)),
        ("21231 | 2024-01-15 |", ("21231",)),
        ("NOC 2021 21231: 2024-01-15", ("21231",)),
        ("CNP21231 2024-01-15", ("21231",)),
        ("22300, 21 231 2024-01-15", ("21231", "22300")),
        ("00010 2024-01-15", ("00010",)),
    ],
)
def test_codes_and_a_day_are_a_shortlist(line, codes):
    asked = read(line)

    assert (asked.fault, asked.page, asked.codes, asked.on, asked.label) == ("", "shortlist", codes, DAY, "")


def test_words_beside_a_code_stay_with_it():
    assert read("Anna Roy: 21231 2024-01-15").label == "Anna Roy"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("https://www.canada.ca/en/immigration.html", reader.NOT_OURS),
        ("https://record.example.evil.test/draws/254/", reader.NOT_OURS),
        ("canada.ca/draws/254/", reader.NOT_OURS),
        ("//evil.test/draws/254/", reader.NOT_OURS),
        ("https://[broken/draws/254/", reader.NO_LINK),
        ("https://record.example/nothing/", reader.NO_PAGE),
        ("/categories/stem/2023/2024/2025/", reader.NO_PAGE),
        ("https://record.example/glossary/", reader.NO_FACTS),
        ("https://record.example/", reader.NO_FACTS),
        ("/shortlist/", reader.NO_OCCUPATION),
        ("/shortlist/?noc=quokka&on=2024-01-15", reader.NO_OCCUPATION),
        ("/categories/stem/?on=soon", reader.BAD_DAY),
        ("/categories/stem/?on=2026-11-27", reader.FUTURE),
        ("/categories/stem/?on=2014-12-31", reader.TOO_EARLY),
        ("/draws/254/?known=yesterday", reader.BAD_KNOWN),
        ("/draws/254/?known=2026-13-45T00:00:00Z", reader.BAD_KNOWN),
        ("21231 2024-02-30", reader.BAD_DAY),
        ("21231 2027-01-15", reader.FUTURE),
        ("21231", reader.NO_DAY),
        ("21231 15/01/2024", reader.NO_DAY),
        ("2173 2024-01-15", reader.FORMER),
        ("Anna Roy 2024-01-15", reader.NO_CODE),
        ("My clients", reader.NO_LINK),
        ("\x00PK\x03\x04\ufffd\x7f", reader.NO_LINK),
    ],
)
def test_line_that_is_not_taken_says_why(line, fault):
    assert read(line).fault == fault
