"""Suggestions under the search boxes for occupations."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def first_suggestion(page, box):
    option = page.locator(f"#{box}-suggestions option").first
    option.wait_for(state="attached")
    return option.get_attribute("value"), option.text_content()


@pytest.mark.parametrize(
    ("url", "box", "typed", "first"),
    [
        ("/", "search", "web des", ("Web designers", "21233 Web designers")),
        (
            "/occupations/",
            "id_q",
            "devops",
            ("Development and operations (DevOps) engineer", "21231 Software engineers"),
        ),
        ("/fr/occupations/", "id_q", "plom", ("Plombiers/plombières", "72300 Plombiers/plombières")),
        ("/occupations/", "id_q", "2174", ("21230", "21230 Computer systems developers")),
    ],
)
def test_search_box_suggests_while_one_types(open_page, url, box, typed, first):
    page = open_page(url)

    page.locator(f"#{box}").press_sequentially(typed)

    value, label = first_suggestion(page, box)
    assert (value, label[: len(first[1])]) == first
    assert page.faults == []


def test_search_box_works_by_keyboard_and_without_script(open_page):
    page = open_page("/", java_script_enabled=False)

    page.locator("#search").fill("web designer")
    page.locator("#search").press("Enter")

    expect(page.locator("tbody th a").first).to_have_text("Web designers")
