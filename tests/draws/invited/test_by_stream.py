import re
from datetime import date

import pytest

from draws.forms import InvitedForm
from draws.invited.by_stream import distance_in_words, lately_in_words
from draws.invited.views import Standing

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 10)


def answers(crs, on=TODAY, **said):
    form = InvitedForm({"crs": str(crs)} | said)
    assert form.is_valid()
    return {one.stream.slug: one for one in Standing(form, on).streams}


def test_score_below_every_lately_cutoff_is_told_so():
    cec = answers(505, program=["cec"])["cec"]

    assert (cec.distance, cec.enough, cec.count, cec.nearest.cutoff, cec.unchecked) == (-13, 0, 12, 509, ())
    assert distance_in_words(cec) == "13 points below the last cut-off, 518"
    assert lately_in_words(cec) == (
        "Enough in none of the last 12 draws. The nearest cut-off was 509, on March 31, 2026. "
        "Days from one draw to the next: 14 (median)."
    )


@pytest.mark.parametrize(
    ("crs", "words"),
    [
        (517, "1 point below the last cut-off, 518"),
        (518, "Exactly the last cut-off, 518: the tie-breaking rule decides"),
        (519, "1 point above the last cut-off, 518"),
        (600, "82 points above the last cut-off, 518"),
    ],
)
def test_distance_is_in_words(crs, words):
    assert distance_in_words(answers(crs)["cec"]) == words


def test_score_enough_for_all_or_some_is_told_so():
    assert lately_in_words(answers(600)["cec"]).startswith("Enough in all of the last 12 draws. Days")
    assert lately_in_words(answers(512)["cec"]).startswith("Enough in 1 of the last 12 draws. Days")


def test_streams_of_which_less_is_unchecked_stand_first():
    places = list(answers(480))

    assert places[:2] == ["cec", "pnp"]
    assert places.index("french") < places.index("physicians")
    assert next(iter(answers(465, french="7"))) == "french"


def test_streams_that_do_not_cover_the_profile_are_left_out():
    assert set(answers(505, program=["cec"], noc="63200")) & {"pnp", "stem", "healthcare"} == set()
    assert "healthcare" in answers(505, program=["cec"], noc="31301")


def test_stream_out_of_use_stands_only_with_a_list_in_force():
    found = answers(505)

    assert "general" not in found
    assert list(found)[-1] == "stem"
    assert lately_in_words(found["stem"]).endswith("Not drawn since April 11, 2024.")


def test_category_counts_by_its_list_of_the_day(make_edition, make_draw):
    make_draw(1, edition=make_edition("stem", "2022", ["21231"], effective_to=date(2022, 12, 31)), cutoff=480)
    make_edition("stem", "2023", ["21300"], effective_from=date(2023, 1, 1))

    assert list(answers(500, date(2023, 2, 1), noc="21231")) == []
    assert list(answers(500, date(2023, 2, 1), noc="21300")) == ["stem"]


def test_cutoff_that_nobody_published_gives_no_distance(make_draw):
    make_draw(1, cutoff=None)
    general = answers(500, date(2022, 2, 1))["general"]

    assert distance_in_words(general) == "The last cut-off was not published"
    assert (general.enough, general.count, general.nearest) == (0, 0, None)


@pytest.mark.parametrize(("crs", "words"), [(500, "Enough in its only draw."), (499, "Not enough in its only draw.")])
def test_single_draw_is_told_in_words(make_draw, crs, words):
    make_draw(1, cutoff=500)

    assert lately_in_words(answers(crs, date(2022, 2, 1))["general"]) == words


def test_page_answers_by_stream_first(html):
    page = " ".join(html("/tools/invited/", crs="505", program="cec").split())

    assert "<strong>13 points below the last cut-off, 518</strong> (September 29, 2026)." in page
    assert (
        page.index("With 505 points")
        < page.index("If you also meet what the profile leaves out")
        < page.index("<table")
    )
    assert "On September 27, 2026, between" in page


def test_page_says_when_nothing_may_invite_the_profile(html, make_draw):
    make_draw(1, programs="PNP")

    assert "no current stream can invite it" in html("/tools/invited/", crs="505", program="cec")


def test_page_asks_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/tools/invited/?crs=505&program=cec&noc=21231")


def test_api_answers_by_stream(client):
    found = client.get("/api/v1/invited?crs=505&program=cec").json()["streams"][0]

    assert found == {
        "slug": "cec",
        "name": "Canadian Experience Class",
        "last": "2026-09-29",
        "cutoff": 518,
        "distance": -13,
        "enough": 0,
        "count": 12,
        "nearest": 509,
        "unchecked": [],
        "url": "http://testserver/draws/cec/",
    }


def test_pool_stands_after_the_sure_streams_with_an_estimate_called_one(html):
    page = " ".join(html("/tools/invited/", crs="505", program="cec").split())

    told = "between 728 and 21,798 candidates in the pool scored above you; we estimate about 16,300."
    assert page.index("13 points below") < page.index(told) < page.index("If you also meet")
    assert "we estimate" not in html("/tools/invited/", crs="725")


def test_category_that_was_chosen_leads(html):
    page = html("/tools/invited/", crs="495", category="stem")

    assert page.index("4 points above the last cut-off, 491") < page.index("In the pool")
    assert next(iter(answers(495))) == "cec"
    assert next(iter(answers(495, category="stem"))) == "stem"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"category": "stem", "noc": "21231"}, "From what the profile says, this category cannot invite it today."),
        ({"category": "researchers"}, "No draw for this category is on record."),
    ],
)
def test_category_that_was_chosen_and_cannot_invite_is_told(html, asked, words):
    assert words in html("/tools/invited/", crs="495", **asked)
    assert words not in html("/tools/invited/", crs="495", category="education")


@pytest.mark.parametrize(
    ("reason", "outcome", "short"),
    [
        ("score below the cut-off", "not invited", ""),
        ("score above the cut-off; not checked: occupation", "score enough", "not checked: occupation"),
        (
            "score above the cut-off; not checked: occupation, experience in Canada",
            "score enough",
            "2 conditions not checked",
        ),
        ("the draw did not cover these programs", "not invited", "program not covered"),
    ],
)
def test_phone_says_the_reason_in_the_second_line(html, reason, outcome, short):
    page = html("/tools/invited/", crs="505", program="cec")
    words = f'<span class="on-wide">{outcome}</span><span class="on-phone">{short}</span>' if short else outcome

    assert f'{words}</span></td><td class="reason"><span class="on-wide">{reason}</span></td>' in page


def test_phone_has_a_reason_in_full_where_few_words_do_not_say_it(html):
    page = html("/tools/invited/", crs="518", program="cec", submitted="2024-01-01")

    assert re.search(r'<td class="reason">(?!<span)', page)
