"""Ten questions of readers, each answered on the first screen of a phone after at most one click from home."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 375, "height": 667}}
LANGUAGES = ["", "/fr"]


def ask(page, **values):
    """Fill the form of home and send it."""
    for name, value in values.items():
        box = page.locator(f"main form:has([name={name}]) [name={name}]").first
        box.select_option(value) if name == "program" else box.fill(value)
    box.press("Enter") if name != "program" else page.locator("main form button").first.click()


def follow(page, path):
    page.locator(f'a[href$="{path}"]').first.click()


NEAREST = "13 points below the last cut-off, 518", "13\xa0points sous le dernier seuil, 518"
OFTEN = "Recently, draws came 14 days apart", "Dernièrement, 14\xa0jours entre les rondes"
OCCUPATIONS = "Dentists", "Dentistes"
TIE_BREAK = "Of the candidates exactly at the cut-off", "Parmi les candidats exactement au seuil"
CHANGES = "This record began to keep track", "Ce registre a commencé à garder trace"
RULE = "at least 12 months", "au moins 12\xa0mois"
QUESTIONS = {
    "last draw": (None, "Trades: 476", "Métiers spécialisés\xa0: 476"),
    "is 505 in CEC good": (lambda page: ask(page, crs="505", program="cec"), *NEAREST),
    "when did CEC draw": (lambda page: follow(page, "/draws/cec/"), "September 29, 2026", "29 septembre 2026"),
    "how often does CEC draw": (lambda page: follow(page, "/draws/cec/"), *OFTEN),
    "jobs in healthcare": (lambda page: follow(page, "/categories/healthcare/#list"), *OCCUPATIONS),
    "me in the pool": (lambda page: ask(page, crs="480"), "47,360 candidates", "47\xa0360\xa0candidats"),
    "what changed for STEM": (lambda page: follow(page, "/categories/stem/"), *RULE),
    "what is a tie-break": (lambda page: follow(page, "/glossary/#tie-break"), *TIE_BREAK),
    "my CRS": (lambda page: follow(page, "/tools/crs/"), "Highest education", "Niveau d’études le plus élevé"),
    "is welder on a list": (lambda page: ask(page, q="welder"), "Trades", "Métiers spécialisés"),
    "what is new": (lambda page: follow(page, "/changes/"), *CHANGES),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_answered_on_the_first_screen(open_page, question, language):
    click, *answers = QUESTIONS[question]
    page = open_page(f"{language}/", **PHONE)

    if click:
        click(page)

    answer = page.locator("main").get_by_text(answers[bool(language)]).locator("visible=true").first
    expect(answer).to_be_in_viewport(ratio=1)
    assert [fault for fault in page.faults if "suggest?q=" not in fault] == []  # given up for the answer itself
