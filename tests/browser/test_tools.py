import pytest
from playwright.sync_api import expect

from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser

ABILITIES = ["speaking", "listening", "reading", "writing"]


def test_crs_is_computed_by_keyboard_without_scripts(open_page):
    page = open_page("/tools/crs/", java_script_enabled=False)

    page.locator("select[name=education]").focus()
    page.keyboard.type("Master")
    page.keyboard.press("Tab")
    page.keyboard.type("30")
    page.keyboard.press("Tab")
    page.keyboard.type("IELTS")
    page.keyboard.press("Tab")
    for score in ["7", "8", "7", "7"]:
        page.keyboard.press("Tab")
        page.keyboard.type(score)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "first_writing=7" in url)

    expect(page.locator("#answer")).to_have_text("414 points")  # 105 + 135 + 124, and 50 for both together
    assert page.faults == []


def test_running_total_follows_the_form_and_what_cannot_matter_is_folded(open_page):
    page = open_page("/tools/crs/")

    page.locator("select[name=education]").select_option("masters")
    page.locator("input[name=age]").fill("30")
    assert page.locator("input[name=first_speaking]").is_visible() is False
    page.locator("select[name=first_test]").select_option("ielts_general")
    for ability, score in zip(ABILITIES, ["7", "8", "7", "7"], strict=True):
        page.locator(f"input[name=first_{ability}]").fill(score)
    expect(page.locator("output.running")).to_have_text("Total so far: 414")

    assert page.locator("select[name=spouse_education]").is_visible() is False
    page.locator("select[name=spouse]").select_option("accompanying")
    assert page.locator("select[name=spouse_education]").is_visible()
    assert page.locator("input[name=second_speaking]").is_visible() is False


def test_running_total_stays_in_view_and_waits_for_whole_tests(open_page):
    page = open_page("/tools/crs/", viewport={"width": 375, "height": 667})
    total = page.locator("output.running")
    page.locator("select[name=education]").select_option("masters")
    page.locator("input[name=age]").fill("30")
    page.locator("select[name=first_test]").select_option("ielts_general")
    for ability, score in zip(ABILITIES, ["7", "8", "7", "7"], strict=True):
        page.locator(f"input[name=first_{ability}]").fill(score)

    expect(total).to_have_text("Total so far: 414")
    expect(total).to_be_in_viewport(ratio=1)

    page.locator("select[name=second_test]").select_option("tef_canada")
    page.locator("input[name=second_speaking]").fill("310")
    page.locator("select[name=spouse]").select_option("not-accompanying")
    page.locator("input[name=canadian_work_years]").fill("1")
    expect(total).to_have_text("Total so far: 454")
    expect(total).to_be_in_viewport(ratio=1)
    assert page.faults == []


def test_crs_fault_is_reached_from_its_list(open_page):
    page = open_page("/tools/crs/?age=thirty&education=masters")

    tab_to(page, ".notice a[href='#id_age']")
    page.keyboard.press("Enter")

    expect(page.locator("input[name=age]:target")).to_have_value("thirty")
    expect(page.locator("input[name=age]:target")).to_have_attribute("aria-invalid", "true")


def test_change_leads_to_the_total_that_it_names(open_page):
    scores = "".join(f"&first_{ability}=9" for ability in ABILITIES)
    page = open_page(f"/tools/crs/?age=30&education=masters&first_language=english&first_test=clb{scores}")

    page.get_by_role("link", name="Nomination by a province or territory").click()

    expect(page.locator("#answer")).to_have_text("1014 points")
    expect(page.locator("input[name=nomination]")).to_be_checked()


def test_answer_on_paper_has_its_link_and_no_form(open_page):
    scores = "".join(f"&first_{ability}=7" for ability in ABILITIES)
    page = open_page(f"/tools/fsw/?age=30&education=masters_or_professional&first_test=clb{scores}")

    page.emulate_media(media="print")

    assert [form.is_visible() for form in page.locator("form").all()] == [False, False]
    assert page.locator(".print-only", has_text="first_writing=7").is_visible()


def test_minor_filters_of_occupations_stand_back_on_a_wide_screen(open_page):
    page = open_page("/occupations/?teer=1", viewport={"width": 1280, "height": 900})

    assert page.locator("main input[name=q]").is_visible()
    assert page.locator("input[name=teer]").first.is_visible() is False
    page.get_by_text("Filters: 1 in use").click()
    assert page.locator("input[name=teer]").first.is_visible()
