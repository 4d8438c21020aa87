import pytest

from occupations.categories.list_input import ListChanges, compare_lists, read_list
from occupations.models import Edition

KNOWN = {"21231": {"Software engineers and designers"}, "21232": {"Web designers"}, "63200": {"Cooks"}}
FORMS = [
    "{code} {title}",
    "{code}\t{title}\t{teer}",
    "{code} – {title} – TEER {teer}",
    "({code}) {title}",
    "{code}: “{title}”",
    "{title} {code}",
    "{title}\t{code}\t{teer}",
    "{title}\t{code}",
    "{title} ({code})",
    "{title} (NOC {code})",
    "{title} [{code}], TEER {teer}",
    "| {title} | {code} | {teer} |",
    "- {title}, {code}.",
    "• {title} {code}",
    "12\t{code}\t{title}\t{teer}",
    "{teer} {title} {code}",
    "3. {code} {title}",
    "({code} {title})",
    "{code} {title} (TEER {teer})",
    "<tr><td>{code}</td><td>{title}</td><td>{teer}</td></tr>",
]


@pytest.mark.parametrize(
    "line",
    [
        "21231 Software engineers and designers",
        "21231\tSoftware engineers and designers\t1",
        "Software engineers and designers\t21231\t1",
        "Software engineers and designers (21231)",
        "  21231 – Software engineers and designers  TEER 1 ",
        "NOC 21231: ignored".replace("NOC ", "").replace("ignored", "Software engineers and designers"),
    ],
)
def test_line_is_read_wherever_the_code_stands(line):
    assert read_list(line, KNOWN).titles == {"21231": "Software engineers and designers"}


@pytest.fixture
def published(db):
    """Titles as published by code, of every edition in each language it has them in."""
    names = ("title_as_published_en", "title_as_published_fr")
    lists = [
        edition.listings.exclude(**{name: ""}).values_list("occupation__code", name)
        for edition in Edition.objects.all()
        for name in names
    ]
    return [dict(titles) for titles in lists if titles]


@pytest.mark.parametrize("form", FORMS)
def test_every_published_list_comes_back_as_it_was_pasted(published, form):
    texts = [
        "\n".join(form.format(code=code, title=title, teer=code[1]) for code, title in titles.items())
        for titles in published
    ]

    found = [read_list(text, titles) for text, titles in zip(texts, published, strict=True)]

    assert len(published) > 22
    assert [(one.titles, one.faults) for one in found] == [(titles, []) for titles in published]


def test_head_of_the_table_and_empty_lines_are_left_out():
    pasted = read_list("Occupation\t2021 NOC code\t2021 TEER category\n\nCooks\t63200\t3\n", KNOWN)

    assert (pasted.titles, pasted.faults) == ({"63200": "Cooks"}, [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Cooks", "no_code"),
        ("6320 Cooks", "no_code"),
        ("63200 21231 Cooks", "two_codes"),
        ("99999 Cooks", "unknown"),
        ("63200", "no_title"),
        ("63200 " + "x" * 256, "too_long"),
    ],
)
def test_line_that_cannot_be_taken_is_named(line, reason):
    pasted = read_list(f"\n{line}", KNOWN)

    assert [(fault.line, fault.text, fault.reason) for fault in pasted.faults] == [(2, line, reason)]


def test_doubled_code_is_named():
    pasted = read_list("63200 Cooks\n63200 Chefs", KNOWN)

    assert (pasted.titles, [fault.reason for fault in pasted.faults]) == ({"63200": "Cooks"}, ["doubled"])


def test_lists_are_compared():
    changes = compare_lists({"1": "A", "2": "B", "3": "C"}, {"2": "B", "3": "X", "4": "D"})

    assert changes == ListChanges(added={"4": "D"}, removed={"1": "A"}, retitled={"3": ("C", "X")})


def test_title_on_both_sides_of_the_code_is_whole():
    assert read_list("Cooks 63200 (except head cooks)", KNOWN).titles == {"63200": "Cooks (except head cooks)"}


@pytest.mark.parametrize("line", ["<td>63200</td>", "1 63200", "• 63200", "0\t63200\t3"])
def test_what_stands_around_a_code_is_no_title(line):
    assert [fault.reason for fault in read_list(line, KNOWN).faults] == ["no_title"]
