from datetime import date

import pytest

from draws.models import Correction, Discrepancy
from tests.conftest import PUBLISHED, SOURCED
from tests.draws.pages import section, words

pytestmark = pytest.mark.django_db


def test_corrections_page_lists_changes_and_conflicts(html):
    page = html("/about/corrections/")

    changes = section(page, "corrections")
    assert 'href="/draws/335/#corrections"' in changes
    assert changes.index("<details>") > changes.index("August 01, 2023 at 12:59:52 UTC")
    assert "34 changes of wording only" in changes
    assert changes.count("<tr>") == 2 + 36
    conflicts = section(page, "discrepancies")
    assert conflicts.count("<tr>") == 1 + 35
    assert 'href="/draws/208/#discrepancies"' in conflicts
    assert "681" in conflicts
    assert "888" in conflicts


def test_corrections_page_without_any_says_so(html, empty):
    text = words(html("/about/corrections/"))

    assert "No change of a value is known." in text
    assert "No published value in this record has needed correction." in text
    assert "No discrepancy is known." in text


def test_corrections_page_hides_those_of_drafts(html, make_draw):
    sourced = SOURCED | PUBLISHED | {"draw": make_draw("1", status="draft"), "field": "cutoff"}
    Discrepancy.objects.create(value_here="500", value_elsewhere="777", note_en="Hidden", **sourced)
    Correction.objects.create(
        old_value="778", new_value="500", first_seen_new=date(2022, 5, 1), only_wording=False, **sourced
    )

    page = html("/about/corrections/")

    assert "777" not in page
    assert "778" not in page


@pytest.mark.parametrize("count", [1, 20])
def test_corrections_query_count(client, make_draw, django_assert_num_queries, count):
    for number in range(1, count + 1):
        sourced = SOURCED | PUBLISHED | {"draw": make_draw(number), "field": "cutoff"}
        Discrepancy.objects.create(value_here="500", value_elsewhere="501", note_en="One", **sourced)

    with django_assert_num_queries(3):
        response = client.get("/about/corrections/")

    assert len(response.context["discrepancies"]) == count
