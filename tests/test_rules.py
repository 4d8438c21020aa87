"""Rules across rows, which triggers in the database keep (``draws/triggers.py``)."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, datetime, timedelta, timezone

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Max, Q, UniqueConstraint

from draws import triggers
from draws.importing.models import Import
from draws.models import RANGES, Draw
from editing.models import ProposedChange
from occupations.models import Category, Edition
from programs.models import OccupationRule, Requirement

pytestmark = pytest.mark.both_databases

PARTS = [f"crs_{low}_{high}" for low, high in RANGES] + ["unallocated_451_500"]
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
    effective_from, list_url, canadian_experience_required, evidence, source, source_url, checked_on, status)
    VALUES (%s, %s, '', '', '', '', '', '2024-01-01', '', false, 'official', 'A test', '', '2024-01-01', 'draft')"""


@pytest.fixture
def two_connections(db):
    """Two connections of their own to the test database, and a category whose rows are taken back."""
    first, second = (connection.get_new_connection(connection.get_connection_params()) for _ in range(2))
    category = first.execute(CATEGORY).fetchone()
    first.commit()
    yield first, second, *category
    second.close()
    first.rollback()
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


def our_models():
    """Models of this project, without the history tables and the libraries' own."""
    return [model for model in apps.get_models() if (settings.BASE_DIR / model._meta.app_label).is_dir()]


CONSTRAINTS = {rule.name: (model, rule) for model in our_models() for rule in model._meta.constraints}
TABLES = {model._meta.db_table: model for model in our_models()}
TRIGGERS = {name: TABLES[table] for name, table, _ in triggers.RULES}
COMMON = {"evidence_known": {"evidence": "hearsay"}, "status_known": {"status": "hidden"}}
# What breaks each rule in a row that is sound; a copy of the row breaks a rule that it be unique.
BREAKS = {
    "amount_above_zero": {"dollars": 0},
    "amount_dates_in_order": {"valid_to": date(1990, 1, 1)},
    "correction_changes_something": {"new_value": F("old_value")},
    "correction_dates_in_order": {"last_seen_old": date(2999, 1, 1)},
    "correction_field_known": {"field": "weather"},
    "correction_origin_known": {"origin": "weather"},
    "dataversion_one_row": {"id": 2},
    "discrepancy_field_known": {"field": "weather"},
    "draw_cutoff_in_range": {"cutoff": 1201},
    "draw_drawn_at_known_or_missing": {"drawn_at_missing": "not-published"},
    "draw_edition_in_force": {"date": date(2015, 1, 31), "drawn_at": None, "drawn_at_missing": "not-held"}
    | {"tie_break": None, "tie_break_missing": "not-held"},
    "draw_edition_only_for_category": {"edition": None},
    "draw_invitations_above_zero": {"invitations": 0},
    "draw_kind_known": {"kind": "festive", "edition": None},
    "draw_number_form": {"number": "007"},
    "draw_pool_known_or_missing": {"pool_missing": "not-held"},
    "draw_public_after_its_edition": {"edition": Edition.objects.filter(status="draft").values("pk")},
    "draw_tie_break_known_or_missing": {"tie_break_missing": "not-held"},
    "draw_tie_break_not_after_day": {"drawn_at": None, "drawn_at_missing": "not-held"}
    | {"tie_break": F("drawn_at") + timedelta(days=9)},
    "draw_tie_break_not_after_draw": {"tie_break": F("drawn_at") + timedelta(minutes=1)},
    "draw_time_near_date": {"drawn_at": F("drawn_at") + timedelta(days=9)},
    "edition_covers_its_draws": {"effective_to": F("effective_from")},
    "edition_dates_in_order": {"effective_to": date(1990, 1, 1)},
    "edition_not_overlapping": {"effective_to": date(2999, 1, 1)},
    "edition_public_before_its_draws": {"status": "draft"},
    "formercode_code_form": {"code_2016": "99"},
    "import_outcome_known": {"outcome": "lost"},
    "import_waiting_keeps_feed": {"outcome": "waiting", "packed": None},
    "loadedrecord_one_row": {"id": 2},
    "milestone_state_known": {"state": "rumour"},
    "occupation_code_form": {"code": "26231"},
    "occupationgroup_code_form": {"code": "12a"},
    "occupationrule_dates_in_order": {"valid_to": date(1990, 1, 1)},
    "occupationrule_level_in_range": {"minimum_level": 13},
    "occupationrule_prefix_form": {"prefix": "7x"},
    "occupationrule_state_known": {"state": "rumour"},
    "occupationtitle_language_known": {"language": "de"},
    "pointgrid_system_known": {"system": "lottery"},
    "poolsnapshot_parts_sum_to_total": {"total": 1},
    "poolsnapshot_total_above_zero": dict.fromkeys(PARTS, 0) | {"total": 0},
    "proposedchange_state_known": {"state": "lost"},
    "requirement_dates_in_order": {"valid_to": date(1990, 1, 1)},
    "requirement_state_known": {"state": "rumour"},
}
SOUND = {
    Draw: {"number": "254"},
    Edition: {"category__slug": "stem", "version": "2023"},
    OccupationRule: {"valid_from__isnull": False},
    Requirement: {"valid_from__isnull": False},
}


@pytest.fixture
def waiting_rows(db, django_user_model):
    """A row where the record itself holds none."""
    editor = django_user_model.objects.create(username="editor")
    table = ContentType.objects.get_for_model(Draw)
    Import.objects.create(source="A test", evidence="official", outcome="unchanged")
    read = {"evidence": "official", "source": "A test", "checked_on": NEW_YEAR, "effective_from": date(2015, 1, 1)}
    Edition.objects.create(category=Category.objects.create(slug="new"), version="draft", **read)
    ProposedChange.objects.create(content_type=table, object_id=1, changes={}, proposed_by=editor)


@pytest.mark.parametrize("name", [*CONSTRAINTS, *TRIGGERS])
def test_every_named_rule_refuses_a_row(waiting_rows, refused, name):
    model, rule = CONSTRAINTS.get(name) or (TRIGGERS[name], None)
    unique = isinstance(rule, UniqueConstraint)
    sound = rule.condition if unique and rule.condition else Q(**SOUND.get(model, {}))
    row = model.objects.filter(sound).first()

    with refused(name):
        if unique:
            model.objects.bulk_create([copy_of(row)])
        else:
            model.objects.filter(pk=row.pk).update(**breaks(name))


def copy_of(row):
    """The same row under a key of its own: a restored backup may have set the database's counter back."""
    row.pk = type(row)._base_manager.aggregate(newest=Max("pk"))["newest"] + 1
    return row


def breaks(name):
    """What breaks the rule; a new rule wants a line in ``BREAKS``."""
    common = [fields for ending, fields in COMMON.items() if name.endswith(ending)]
    return common[0] if common else BREAKS[name]


def test_rules_are_many():
    assert (len(TRIGGERS) >= 5, len(CONSTRAINTS) > 40, set(BREAKS) - {*CONSTRAINTS, *TRIGGERS}) == (True, True, set())
