from datetime import date

import pytest
from django.utils import translation

from draws import sentences
from tests.draws.test_insights import text, told

pytestmark = pytest.mark.django_db


def test_nomination_is_explained_for_nominees_only():
    assert "600 points" in sentences.nomination(told("208").draw)
    assert sentences.nomination(told("176").draw) == ""
    assert sentences.nomination(told("274").draw) == ""


def test_occupations_of_the_day_and_what_is_gone_since():
    insights = told("254")

    assert len(insights.listings) == 24
    assert len(insights.delisted) == 19
    kept = [listing.occupation.code for listing in insights.listings if listing.is_listed_today]
    assert kept == ["20011", "21220", "21300", "21310", "21321"]
    assert text(sentences.today(insights)) == "Of these 24 occupations, 19 are no longer on today’s list."


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("447", "This list is still in force."), ("267", "This category has no list in force today.")],
)
def test_list_of_today_in_words(number, sentence):
    assert text(sentences.today(told(number))) == sentence


def test_list_kept_whole_by_a_newer_edition(make_edition, make_draw):
    old = make_edition(version="2023", occupations=["21231"], effective_to=date(2023, 12, 31))
    make_edition(version="2024", occupations=["21231", "21300"])
    make_draw("1", edition=old)

    assert text(sentences.today(told("1"))) == "All of them are on today’s list too."


def test_neighbours_overall_and_of_the_stream():
    insights = told("91b")

    assert str(insights.previous) == "Draw 91a"
    assert str(insights.next) == "Draw 92"
    assert str(insights.previous_alike) == "Draw 75"
    assert str(insights.next_alike) == "Draw 139"
    assert insights.previous_category is None


@pytest.mark.parametrize(("language", "words"), [("en", ["1st", "2nd", "21st"]), ("fr", ["1re", "2e", "21e"])])
def test_ordinals_agree_with_the_noun_they_stand_before(language, words):
    with translation.override(language):
        assert [sentences.nth(number) for number in (1, 2, 21)] == words
