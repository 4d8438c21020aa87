"""A profile goes from the CRS calculator to "Where do I stand?" and back, and nobody types it twice."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.django_db
LEVELS = {f"first_{ability}": "9" for ability in ("speaking", "listening", "reading", "writing")}
PROFILE = {
    "age": "30",
    "education": "masters",
    "first_test": "clb",
    "first_language": "english",
    "canadian_work_years": "2",
} | LEVELS
SAID = {"program": "cec", "noc": "21231", "submitted": "2026-01-02", "military": "no", "category": "stem"}


def asked(page, path):
    """What the first link to a path asks there."""
    found = re.search(rf'href="({path}\?[^"]+)"', page)
    return {name: values[0] for name, values in parse_qs(urlsplit(unescape(found[1])).query).items()}


def test_calculator_hands_on_its_profile_and_what_was_said_before(html):
    there = asked(html("/tools/crs/", **PROFILE, **SAID), "/tools/invited/")

    assert there.items() >= (PROFILE | SAID | {"canadian_experience": "yes"}).items()


def test_nomination_counts_as_the_program(html):
    assert asked(html("/tools/crs/", **PROFILE, nomination="yes"), "/tools/invited/")["program"] == "pnp"


def test_profile_comes_back_to_the_calculator(html):
    there = asked(html("/tools/crs/", **PROFILE, **SAID), "/tools/invited/")

    page = html("/tools/invited/", **there)

    assert "Your profile in the CRS calculator, and what would raise it" in page
    assert asked(page, "/tools/crs/").items() >= (PROFILE | SAID).items()
    assert '<input type="hidden" name="education" value="masters">' in page


def test_change_of_the_profile_keeps_what_was_said_before(html):
    page = html("/tools/crs/", **PROFILE, **SAID)

    changed = asked(page[page.index('id="changes"') :], "/tools/crs/")
    assert changed.items() >= SAID.items()
    assert '<input type="hidden" name="noc" value="21231">' in page


def test_page_with_a_profile_asks_few_queries(client, django_assert_max_num_queries):
    there = asked(client.get("/tools/crs/", PROFILE | SAID).content.decode(), "/tools/invited/")

    with django_assert_max_num_queries(8):
        client.get("/tools/invited/", there)
