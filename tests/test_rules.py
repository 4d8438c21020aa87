"""Rules across rows, which triggers in the database keep (``draws/triggers.py``)."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, datetime, timedelta, timezone

import pytest
from django.db import connection

from draws import triggers

pytestmark = pytest.mark.both_databases

NEW_YEAR, LAST_DAY = date(2023, 1, 1), date(2023, 12, 31)


MAY = date(2024, 5, 1)


NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)


@pytest.fixture
def year_2023(make_edition):
    return make_edition(version="2023", effective_from=NEW_YEAR, effective_to=LAST_DAY)


@pytest.mark.parametrize(
    ("effective_from", "effective_to"),
    [
        (LAST_DAY, None),
        (date(2022, 1, 1), NEW_YEAR),
        (date(2022, 1, 1), None),
        (date(2023, 3, 1), date(2023, 3, 2)),
        (date(2022, 1, 1), date(2024, 1, 1)),
    ],
)
def test_overlapping_edition_is_refused(year_2023, make_edition, refused, effective_from, effective_to):
    with refused("edition_not_overlapping"):
        make_edition(version="other", effective_from=effective_from, effective_to=effective_to)


def test_edition_moved_over_another_is_refused(year_2023, make_edition, refused):
    later = make_edition(version="2024")
    later.effective_from = LAST_DAY

    with refused("edition_not_overlapping"):
        later.save()


def test_draft_of_an_edition_may_overlap(year_2023, make_edition, refused):
    draft = make_edition(version="other", effective_from=LAST_DAY, status="draft")

    with refused("edition_not_overlapping"):
        type(draft).objects.filter(pk=draft.pk).update(status="published")


@pytest.mark.parametrize(
    ("effective_from", "effective_to"), [(date(2024, 1, 1), None), (date(2022, 1, 1), date(2022, 12, 31))]
)
def test_adjoining_edition_is_accepted(year_2023, make_edition, effective_from, effective_to):
    edition = make_edition(version="other", effective_from=effective_from, effective_to=effective_to)

    assert edition.category == year_2023.category


def test_edition_of_another_category_may_overlap(year_2023, make_edition):
    edition = make_edition("trade", effective_from=NEW_YEAR)

    assert [edition.is_in_force(NEW_YEAR), year_2023.is_in_force(NEW_YEAR)] == [True, True]


@pytest.mark.parametrize("fields", [{"effective_from": date(2023, 1, 2)}, {"effective_to": date(2023, 6, 29)}])
def test_edition_that_loses_its_draw_is_refused(year_2023, make_draw, refused, fields):
    make_draw("1", edition=year_2023, date=NEW_YEAR)
    make_draw("2", edition=year_2023, date=date(2023, 6, 30))

    with refused("edition_covers_its_draws"):
        type(year_2023).objects.filter(pk=year_2023.pk).update(**fields)


@pytest.mark.parametrize("day", [NEW_YEAR - timedelta(1), LAST_DAY + timedelta(1)])
def test_draw_outside_its_edition_is_refused(year_2023, make_draw, refused, day):
    with refused("draw_edition_in_force"):
        make_draw(edition=year_2023, date=day)


def test_draw_moved_out_of_its_edition_is_refused(year_2023, make_draw, refused):
    draw = make_draw(edition=year_2023, date=LAST_DAY, drawn_at=None)
    draw.date = LAST_DAY + timedelta(1)

    with refused("draw_edition_in_force"):
        draw.save()


@pytest.mark.parametrize("day", [NEW_YEAR, LAST_DAY])
def test_draw_on_the_first_and_last_day_is_accepted(year_2023, make_draw, day):
    assert make_draw(edition=year_2023, date=day).edition == year_2023


SOON = datetime.now(timezone.utc) + timedelta(hours=1)


LATER = SOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("edition", "draw"),
    [
        ({"status": "draft"}, {}),
        ({"status": "review"}, {"publish_at": SOON}),
        ({"publish_at": SOON}, {}),
        ({"publish_at": SOON}, {"publish_at": NOON}),
        ({"publish_at": LATER}, {"publish_at": SOON}),
    ],
)
def test_draw_public_before_its_edition_is_refused(make_edition, make_draw, refused, edition, draw):
    hidden = make_edition(**edition)

    with refused("draw_public_after_its_edition"):
        make_draw(edition=hidden, **draw)


@pytest.mark.parametrize(
    ("edition", "draw"),
    [
        ({"publish_at": NOON}, {}),
        ({"publish_at": SOON}, {"publish_at": SOON}),
        ({"publish_at": SOON}, {"publish_at": LATER}),
        ({"status": "draft"}, {"status": "review"}),
    ],
)
def test_draw_public_with_its_edition_is_accepted(make_edition, make_draw, edition, draw):
    made = make_draw(edition=make_edition(**edition), **draw)

    assert made.status == draw.get("status", "published")


@pytest.mark.parametrize(
    ("edition", "draw"),
    [({"status": "draft"}, {}), ({"publish_at": SOON}, {}), ({"publish_at": LATER}, {"publish_at": SOON})],
)
def test_edition_hidden_under_a_public_draw_is_refused(year_2023, make_draw, refused, edition, draw):
    make_draw(edition=year_2023, **draw)

    with refused("edition_public_before_its_draws"):
        type(year_2023).objects.filter(pk=year_2023.pk).update(**edition)


def test_edition_waits_with_its_draw(year_2023, make_draw):
    make_draw(edition=year_2023, publish_at=LATER)

    assert type(year_2023).objects.filter(pk=year_2023.pk).update(publish_at=SOON) == 1


def test_tie_break_after_the_day_is_refused_where_the_time_is_not_known(make_draw, refused):
    with refused("draw_tie_break_not_after_day"):
        make_draw(date=MAY, drawn_at=None, tie_break=NOON + timedelta(days=2))


@pytest.mark.parametrize("days", [0, 1])
def test_tie_break_on_the_day_is_accepted_where_the_time_is_not_known(make_draw, days):
    draw = make_draw(date=MAY, drawn_at=None, tie_break=NOON + timedelta(days=days))

    assert draw.tie_break == NOON + timedelta(days=days)


@pytest.mark.parametrize("days", [-1, 2])
def test_time_far_from_the_date_is_refused(make_draw, refused, days):
    with refused("draw_time_near_date"):
        make_draw(date=MAY, drawn_at=NOON + timedelta(days=days), tie_break=None)


@pytest.mark.parametrize("days", [0, 1])
def test_time_in_the_evening_of_ottawa_is_accepted(make_draw, days):
    draw = make_draw(date=MAY, drawn_at=NOON + timedelta(days=days))

    assert draw.drawn_at == NOON + timedelta(days=days)


def test_rules_can_be_laid_twice(year_2023, make_edition, refused):
    triggers.install_triggers(connection)

    with refused("edition_not_overlapping"):
        make_edition(version="other", effective_from=LAST_DAY)


CATEGORY = (
    "INSERT INTO occupations_category (slug, name_en, name_fr, mark) VALUES ('raced', '', '', 'raced') RETURNING id"
)


EDITION = """INSERT INTO occupations_edition (category_id, version, name_en, name_fr, language_rule, round_label, note,
    note_fr, offer_from_en, offer_from_fr, source_fr, effective_from, list_url, canadian_experience_required, evidence,
    source, source_url, checked_on, status)
    VALUES (%s, %s, '', '', '', '', '', '', '', '', '', '2024-01-01', '', false, 'official', '', '', '2024-01-01',
    'published')"""


@pytest.fixture
def two_connections(db):
    """Two connections of their own to the test database, and a category whose rows are taken back."""
    first, second = (connection.get_new_connection(connection.get_connection_params()) for _ in range(2))
    category = first.execute(CATEGORY).fetchone()
    first.commit()
    yield first, second, *category
    second.close()
    first.rollback()
    first.execute("UPDATE occupations_edition SET status = 'draft' WHERE category_id = %s", category)
    first.execute("DELETE FROM occupations_edition WHERE category_id = %s", category)
    first.execute("DELETE FROM occupations_category WHERE id = %s", category)
    first.commit()
    first.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets in one writer at a time")
def test_overlapping_editions_saved_at_once_are_refused(two_connections):
    """Neither sees the other before it commits: the second waits for the first, and is refused."""
    first, second, category = two_connections
    first.execute(EDITION, [category, "one"])
    with ThreadPoolExecutor(1) as elsewhere:
        late = elsewhere.submit(second.execute, EDITION, [category, "two"])
        waits = wait([late], timeout=1).not_done
        first.commit()

        fault = late.exception(timeout=20)

    assert (waits, type(fault).__name__) == ({late}, "ExclusionViolation")
    assert "edition_not_overlapping" in str(fault)
