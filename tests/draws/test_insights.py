from datetime import date, datetime, timezone

import pytest

from draws import sentences
from draws.insights import WEEK_SHOWN, insights_of
from draws.models import Draw
from tests.draws.pages import words

NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
pytestmark = pytest.mark.django_db


def told(number):
    return insights_of(Draw.objects.get(number=number), NOW)


def its_pool(insights):
    return sentences.its_pool(insights.draw, insights.since_count)


def text(*found):
    return words("<main>" + " | ".join(found) + "</main>")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("1", "The first general draw."),
        ("254", "The first draw in the category STEM."),
        ("274", "The 2nd draw in the category STEM, 156 days after the previous one, draw 254 (July 5, 2023)."),
        (
            "91b",
            "The 4th draw for the Provincial Nominee Program, 210 days after the previous one, "
            "draw 75 (November 1, 2017).",
        ),
        ("430", "The first draw in the category Military recruits."),
    ],
)
def test_place_counts_draws_of_the_stream(number, sentence):
    assert text(sentences.place(told(number))) == sentence


def test_place_on_the_same_day_and_one_day_later(make_draw):
    make_draw("1", date=date(2022, 1, 3))
    make_draw("2", date=date(2022, 1, 3))
    make_draw("3", date=date(2022, 1, 4))

    assert "on the same day as the previous one, " in sentences.place(told("2"))
    assert "1 day after the previous one, " in sentences.place(told("3"))


def test_drafts_do_not_count(make_draw):
    make_draw("1", status="draft")
    make_draw("2")

    insights = told("2")

    assert insights.place == 1
    assert insights.year_draws == 1
    assert insights.previous is None
    assert insights.week == [insights.draw]


def test_cutoff_is_compared_with_three_draws():
    assert [text(found) for found in sentences.comparisons(told("274"))] == [
        "5 points lower than in draw 254 (July 5, 2023), the previous draw in the category STEM: 481 after 486.",
        "11 points higher than in draw 273 (December 7, 2023), the previous category-based draw, "
        "for “French-language proficiency”: 481 after 470.",
        "80 points lower than in draw 272 (December 6, 2023), the previous general draw: 481 after 561.",
    ]


def test_comparison_names_each_draw_once():
    assert [text(found) for found in sentences.comparisons(told("2"))] == [
        "68 points lower than in draw 1 (January 31, 2015), the previous general draw: 818 after 886."
    ]


def test_first_draw_has_nothing_to_compare_with():
    assert sentences.comparisons(told("1")) == []


@pytest.mark.parametrize(
    ("cutoff", "start"), [(500, "The same as in"), (501, "1 point higher"), (499, "1 point lower")]
)
def test_comparison_words(make_draw, cutoff, start):
    make_draw("1", cutoff=500)
    make_draw("2", cutoff=cutoff)

    assert [text(found).startswith(start) for found in sentences.comparisons(told("2"))] == [True]


def test_unknown_cutoff_is_not_compared(make_draw):
    make_draw("1", cutoff=None)
    make_draw("2")
    make_draw("3", cutoff=None)

    assert sentences.comparisons(told("2")) == []
    assert sentences.comparisons(told("3")) == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            "274",
            "In its week, Monday, December 4, 2023 to Sunday, December 10, 2023, 3 draws issued 11,650 "
            "invitations in all.",
        ),
        (
            "270",
            "In its week, Monday, October 23, 2023 to Sunday, October 29, 2023, 3 draws issued 5,448 "
            "invitations in all.",
        ),
        ("208", "The only draw of its week, Monday, October 25, 2021 to Sunday, October 31, 2021."),
    ],
)
def test_week_runs_from_monday_to_sunday(number, sentence):
    assert sentences.its_week(told(number)) == sentence


def test_week_has_both_draws_of_one_day_in_order():
    assert [draw.number for draw in told("91b").week] == ["91a", "91b"]


def test_week_with_an_unknown_figure_has_no_whole_sum(make_draw):
    make_draw("1", date=date(2022, 1, 3), invitations=None)
    make_draw("2", date=date(2022, 1, 4))

    week = "In its week, Monday, January 3, 2022 to Sunday, January 9, 2022, there were 2 draws. "
    week += "Invitations issued: at least 1,000, 1 not published."
    assert sentences.its_week(told("2")) == week
    year = "The 2nd draw of 2022. Invitations issued in the year so far: at least 1,000, 1 not published."
    assert text(sentences.its_year(told("2"))) == year


def test_week_shows_its_first_draws_and_counts_all(make_draw):
    for number in range(1, WEEK_SHOWN + 4):
        make_draw(str(number), date=date(2022, 1, 3), invitations=10)

    insights = told(str(WEEK_SHOWN + 3))

    assert insights.week_draws == WEEK_SHOWN + 3
    assert insights.week_invitations.known == 10 * (WEEK_SHOWN + 3)
    first, beside, itself = [*range(1, WEEK_SHOWN + 1)], WEEK_SHOWN + 2, WEEK_SHOWN + 3
    assert [int(draw.number) for draw in insights.week] == [*first, beside, itself]


def test_week_goes_by_the_canadian_date(make_draw):
    """A draw of Sunday evening in Canada is on Monday in UTC."""
    make_draw("1", date=date(2022, 1, 9), drawn_at=datetime(2022, 1, 10, 1, tzinfo=timezone.utc))
    make_draw("2", date=date(2022, 1, 10))

    assert [draw.number for draw in told("1").week] == ["1"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("1", "The 1st draw of 2015, bringing the year’s total to 779 invitations."),
        ("254", "The 18th draw of 2023, bringing the year’s total to 60,748 invitations."),
        ("91a", "The 11th draw of 2018, bringing the year’s total to 32,000 invitations."),
        ("91b", "The 12th draw of 2018, bringing the year’s total to 32,200 invitations."),
    ],
)
def test_year_counts_up_to_the_draw(number, sentence):
    assert text(sentences.its_year(told(number))) == sentence


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (
            "176",
            "No draw of any kind has had a lower cut-off so far. | No draw of any kind has issued more invitations "
            "so far.",
        ),
        ("91b", "No draw of any kind has had a higher cut-off so far."),
        ("430", "No draw of any kind has issued fewer invitations so far."),
        (
            "274",
            "No draw in the category STEM has had a lower cut-off so far. | No draw in the category STEM has issued "
            "more invitations so far.",
        ),
        ("208", ""),
    ],
)
def test_records_still_held(number, found):
    assert text(*sentences.records(told(number))) == found


def test_two_draws_make_no_record(make_draw):
    make_draw("1", cutoff=400)
    make_draw("2", cutoff=500)

    assert sentences.records(told("1")) == []


def test_unknown_figures_make_no_record(make_draw):
    make_draw("1", cutoff=None, invitations=None)
    make_draw("2")
    make_draw("3")

    assert sentences.records(told("1")) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (
            "254",
            "Of the profiles with exactly 486 points, only those submitted before November 23, 2022, 00:01:29 UTC",
        ),
        ("1", "The rule was introduced on June 6, 2017, after this draw, so the outcome at exactly 886 points"),
        ("76", "None was published, so the outcome at exactly 241 points cannot be determined."),
    ],
)
def test_tie_break_says_what_it_means_at_the_cutoff(number, words):
    assert sentences.tie_break(Draw.objects.get(number=number)).startswith(words)


def test_tie_break_not_held_is_not_called_unpublished(make_draw):
    draw = make_draw(tie_break=None, tie_break_missing="not-held")

    assert sentences.tie_break(draw).startswith("It is not recorded here, so ")


def test_tie_break_without_a_cutoff_says_nothing(make_draw):
    assert sentences.tie_break(make_draw(cutoff=None)) == ""


def test_pool_counts_the_range_of_the_cutoff():
    assert [text(found) for found in its_pool(told("274"))] == [
        "On December 5, 2023, the last count before the draw, 217,370 candidates were in the pool.",
        "Draws between that count and this draw: draw 272, draw 273. Invitations issued: 5,750.",
        "10,335 of them were in the range 481–490, which includes the cut-off of 481, "
        "and 16,616 in the ranges above it.",
    ]


def test_first_draw_after_a_count_has_no_draw_between(make_draw, make_pool):
    pool = make_pool(as_on=date(2026, 8, 16))
    make_draw(1, date=date(2026, 8, 15), pool=pool)
    first = make_draw(2, date=date(2026, 8, 17), pool=pool)

    assert insights_of(first, NOW).since_count == []


@pytest.mark.parametrize(
    ("number", "category"), [("254", "Healthcare occupations"), ("293", "French-language proficiency")]
)
def test_comparison_names_the_category_of_that_day(number, category):
    assert f"the previous category-based draw, for “{category}”:" in text(*sentences.comparisons(told(number)))


def test_draw_says_whose_date_is_whose():
    assert sentences.dates(Draw.objects.get(number="274")) == (
        "December 8, 2023 is the department’s date for this draw; "
        "its draw time fell on December 7, 2023 at 22:02 in Ottawa."
    )
    assert sentences.dates(Draw.objects.get(number="273")) == ""


def test_draws_of_one_number_explain_the_count(html):
    assert "The department gave the number 91 to two draws" in html("/draws/91b/")
    assert sentences.double_number(Draw.objects.get(number="447")) == ""
    for address in ["/draws/", "/statistics/"]:
        assert "Two draws share one number, as 91a and 91b: there is one draw more than the numbers suggest." in html(
            address
        )
    assert "Two draws share one number" not in html("/draws/", year=2026)


def test_no_pool_no_sentence():
    assert its_pool(told("1")) == []
    assert its_pool(told("445")) == []
