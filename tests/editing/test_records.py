from datetime import datetime, timedelta, timezone

import pytest
from django.utils import translation

from draws.models import Draw
from editing.records import bilingual, public_at
from occupations.models import Edition

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 8, 19, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("fields", "public"),
    [
        ({"status": "published"}, True),
        ({"status": "published", "publish_at": NOON}, True),
        ({"status": "published", "publish_at": NOON - timedelta(seconds=1)}, True),
        ({"status": "published", "publish_at": NOON + timedelta(seconds=1)}, False),
        ({"status": "review"}, False),
        ({"status": "draft"}, False),
        ({"status": "draft", "publish_at": NOON}, False),
    ],
)
def test_published_holds_what_is_due(make_draw, fields, public):
    draw = make_draw(**fields)

    assert list(Draw.objects.published(NOON)) == [draw] * public


def test_published_asks_the_clock_where_no_time_is_given(make_draw):
    draw = make_draw(publish_at=NOON - timedelta(days=9999))
    make_draw(publish_at=NOON + timedelta(days=9999))

    assert list(Draw.objects.published()) == [draw]


def test_public_at_reaches_across_a_relation(make_draw, make_edition):
    shown, hidden = make_edition("stem"), make_edition("trade")
    make_draw(edition=shown)
    make_draw(edition=hidden, status="review")

    assert list(Edition.objects.filter(public_at(NOON, "draws__"))) == [shown]


class Row:
    title = bilingual("title")
    title_en = "Draw"
    title_fr = ""


@pytest.mark.parametrize(
    ("language", "french", "title"), [("en", "Ronde", "Draw"), ("fr", "Ronde", "Ronde"), ("fr", "", "Draw")]
)
def test_bilingual_falls_back_to_english(language, french, title):
    row = Row()
    row.title_fr = french

    with translation.override(language):
        assert row.title == title
