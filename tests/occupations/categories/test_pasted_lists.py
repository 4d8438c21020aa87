"""Every list of the record, pasted as it comes from plain text, a spreadsheet, a web page and a PDF."""

import csv
import io
import textwrap

import pytest

from occupations.categories.list_input import read_list
from occupations.models import Edition, FormerCode, Occupation

HEAD = {
    "en": ("Occupation", "2021 NOC code", "2021 TEER category"),
    "fr": ("Profession", "Code CNP 2021", "Catégorie FÉER"),
}


@pytest.fixture(scope="module")
def lists(django_db_setup, django_db_blocker):
    """Titles as published by code, of every edition in each language it has them in; and the titles of the NOC."""
    with django_db_blocker.unblock():
        editions = list(Edition.objects.order_by("pk"))
        published = [
            (language, dict(edition.listings.exclude(**{name: ""}).values_list("occupation__code", name)))
            for edition in editions
            for language, name in (("en", "title_as_published_en"), ("fr", "title_as_published_fr"))
        ]
        known = {code: {en, fr} for code, en, fr in Occupation.objects.values_list("code", "title_en", "title_fr")}
        former = set(FormerCode.objects.values_list("code_2016", flat=True))
    return len(editions), [one for one in published if one[1]], known, former


def rows(titles, order):
    return [
        [{"code": code, "title": title, "teer": code[1]}[name] for name in order] for code, title in titles.items()
    ]


def plain_text(language, titles, order):
    return "\n\n".join(" ".join(row) for row in rows(titles, order))


def spreadsheet(language, titles, order):
    head = dict(zip(("title", "code", "teer"), HEAD[language], strict=True))
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter="\t", quoting=csv.QUOTE_ALL)
    writer.writerow([head[name] for name in order])
    writer.writerows([text.replace(" and ", "\nand ") for text in row] for row in rows(titles, order))
    return sheet.getvalue()


def web_table(language, titles, order):
    cells = ["".join(f"<td>{text}</td>\n" for text in row) for row in rows(titles, order)]
    head = "".join(f"<th>{text}</th>" for text in HEAD[language])
    return f"<table>\n<tr>{head}</tr>\n" + "\n".join(f"<tr>\n{row}</tr>" for row in cells) + "\n</table>"


def copied_table(language, titles, order):
    return "\r\n".join("\t".join(row) for row in [HEAD[language], *rows(titles, order)])


def broken(text, width):
    """In lines as a narrow column has them, which end at a space, a hyphen or a slash."""
    return [line.replace("/ ", "/") for line in textwrap.wrap(text.replace("/", "/ "), width)]


def pdf(language, titles, order, width=34, page=24):
    """Lines broken within titles, with ligatures and soft hyphens, and a head and a foot on each page."""
    lines = list(HEAD[language])
    for row in rows(titles, order):
        lines += broken(" ".join(row), width)
    text = []
    for number, first in enumerate(range(0, len(lines), page), 1):
        text += ["Express Entry: category-based selection", *lines[first : first + page]]
        text += [
            f"https://www.canada.ca/rounds.html {number}/4",
            f"Page {number} of 4 – IRCC",
            "2026-02-18, 10:14 a.m.",
        ]
    return "\n".join(text).replace("fi", "ﬁ").replace("fl", "ﬂ").replace("technic", "tech\u00adnic")


def pdf_hyphenated(language, titles, order):
    return pdf(language, titles, order).replace("technic", "tech\u00ad\nnic").replace("profess", "profes\u00ad\ns")


def pdf_by_cells(language, titles, order):
    return "\n".join(line for row in rows(titles, order) for cell in row for line in broken(cell, 30))


ORDERS = [("title", "code", "teer"), ("code", "title", "teer"), ("title", "code"), ("code", "title")]
FORMS = [plain_text, spreadsheet, web_table, copied_table, pdf, pdf_hyphenated, pdf_by_cells]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.parametrize("form", FORMS)
def test_every_list_comes_back_as_it_was_pasted(lists, form, order):
    count, published, known, former = lists

    found = [read_list(form(language, titles, order), known, former) for language, titles in published]

    assert count == 22
    assert [one.faults for one in found] == [[] for _ in published]
    assert [one.titles for one in found] == [titles for _, titles in published]


def test_line_that_only_recurs_is_named():
    pasted = read_list("Cooks\n21231 Software engineers and designers\nCooks", {"21231": set()})

    assert [(fault.line, fault.reason) for fault in pasted.faults] == [(1, "no_code"), (3, "no_code")]


def test_line_of_a_quoted_cell_keeps_the_numbers_of_those_below():
    pasted = read_list('"Software engineers\nand designers"\t21231\nCooks', {"21231": set()})

    assert pasted.titles == {"21231": "Software engineers and designers"}
    assert [fault.line for fault in pasted.faults] == [3]


def test_code_alone_between_two_strangers_is_named():
    pasted = read_list("Wizards\n21231\nWitches", {"21231": set()})

    assert [fault.reason for fault in pasted.faults] == ["no_code", "no_title", "no_code"]


def test_broken_line_of_a_noc_2016_code_is_one_fault():
    pasted = read_list("2173 Software\nengineers", {}, {"2173"})

    assert [(fault.code, fault.reason) for fault in pasted.faults] == [("2173", "former_code")]
