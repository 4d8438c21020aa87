from datetime import date

import pytest

from tests.programs.test_views import context, words

pytestmark = pytest.mark.django_db


def test_how_it_works_computes_its_runs_of_draw_days(client, html):
    runs = context(client, "/how-it-works/")["runs"]

    assert len(runs) == 23
    assert runs[0] == (date(2023, 7, 4), date(2023, 7, 7), 4)
    assert "on three or more days in a row 23 times" in words(html, "/how-it-works/")


@pytest.mark.parametrize(
    "sentence",
    [
        "Employers cannot invite anyone from the pool: only the department does. "
        "Registering with Job Bank has been voluntary since June 6, 2017.",
        "Before setting one, the Minister must consult and state the economic goal it serves (section 10.3); "
        "section 10.5 provides for a public consultation and a yearly report.",
        "No number of invitations is announced in advance for a category. "
        "The ministerial instruction of each round sets its own.",
    ],
)
def test_how_it_works_tells_who_decides(html, sentence):
    assert sentence in words(html, "/how-it-works/")


def test_timeline_does_not_call_living_categories_over(html):
    text = words(html, "/timeline/")

    assert '<span>categories</span><span class="state state-past">' not in text
    assert "looked for up to" not in text
