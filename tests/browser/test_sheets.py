"""Sheets that people hand to others: lists and shortlists on paper."""

import io

import pytest
from pypdf import PdfReader

from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.browser
FAMILIES = pytest.mark.parametrize("family", [NARROW, WIDE])
SHORTLIST = "/shortlist/?noc=21231&noc=22300&noc=63200&on=2024-01-15"
NAVIGATION = ["Glossary", "How it works", "Français", "Skip to the content", "Download these rows", "Link to"]
NAVIGATION += ["Change the list", "Show the table", "Show today", "You are here", "Other editions"]


@pytest.fixture
def printed(open_page):
    def printed(url, family):
        """The pages of the sheet, and their text with all spaces made single."""
        page = open_page(url, family)
        sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
        return sheets, " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())

    return printed


@FAMILIES
def test_shortlist_prints_as_a_document(printed, site, family):
    sheets, text = printed(SHORTLIST, family)

    assert [word for word in NAVIGATION if word in text] == []
    assert [code for code in ("21231", "22300", "63200") if code not in text] == []
    assert f"{site}{SHORTLIST}" in text
    assert "As of January 15, 2024, with what has changed up to" in text
    assert [words for words in ("government copy", "third party", "official") if words not in text] == []
    assert "Data as of October 10, 2026." in text
    assert "This page on the web" in text
    assert (len(sheets), f"1 / {len(sheets)}" in text) == (3 if family == WIDE else 2, True)
    assert sheets[0].mediabox.width > sheets[0].mediabox.height


@FAMILIES
def test_edition_prints_as_a_document(printed, site, family):
    sheets, text = printed("/categories/stem/2023/", family)

    assert [word for word in NAVIGATION if word in text] == []
    assert [code for code in ("20010", "21231", "41400") if code not in text] == []
    assert f"{site}/categories/stem/2023/" in text
    assert "In force from May 31, 2023 to February 26, 2025." in text
    assert text.count("government copy") > 24
    assert (len(sheets), f"1 / {len(sheets)}" in text) == (2, True)


@FAMILIES
def test_first_sheet_of_a_stream_has_its_chart(printed, family):
    sheets, _text = printed("/draws/cec/", family)

    assert "Cut-offs over time" in sheets[0].extract_text()


def test_qr_code_shows_on_paper_only(open_page):
    page = open_page(SHORTLIST)

    on_screen = page.locator(".qr").is_visible()
    page.emulate_media(media="print")

    assert (on_screen, page.locator(".qr").is_visible()) == (False, True)
