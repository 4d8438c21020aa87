"""Every named rule of the database refuses a row."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BaseConstraint, F, Max, Q, UniqueConstraint
from django.utils.translation import override

from draws import triggers
from draws.importing.models import Import
from draws.models import RANGES, Draw
from editing.constraint_messages import RULES
from editing.ledger import triggers as ledger_triggers
from editing.models import LedgerEntry, Notice, ProposedChange
from occupations.models import Category, Edition, Occupation, OccupationText
from programs.models import OccupationRule, Requirement

NEW_YEAR = date(2023, 1, 1)
NEW_MILLENNIUM = datetime(2001, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.both_databases


PARTS = [f"crs_{low}_{high}" for low, high in RANGES] + ["unallocated_451_500"]


def our_models():
    """Models of this project, without the history tables and the libraries' own."""
    return [model for model in apps.get_models() if (settings.BASE_DIR / model._meta.app_label).is_dir()]


CONSTRAINTS = {rule.name: (model, rule) for model in our_models() for rule in model._meta.constraints}


TABLES = {model._meta.db_table: model for model in our_models()}


TRIGGERS = {name: TABLES[table] for name, table, *_ in [*triggers.RULES, *triggers.UNCHANGING, *triggers.SHOWN]}
TRIGGERS |= dict.fromkeys(ledger_triggers.NAMES, LedgerEntry)


COMMON = {"evidence_known": {"evidence": "hearsay"}, "status_known": {"status": "hidden"}}


# What breaks each rule in a row that is sound; a copy of the row breaks a rule that it be unique.
BREAKS = {
    "amount_above_zero": {"dollars": 0},
    "amount_dates_in_order": {"valid_to": date(1990, 1, 1)},
    "category_slug_form": {"slug": "cec"},
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
    "edition_offer_is_whole": {"offer_from_en": "Employer", "offer_from_fr": ""},
    "edition_public_before_its_draws": {"status": "draft"},
    "edition_published_stays": {"version": "other"},
    "exclusion_of_another": {"excluded": F("occupation")},
    "formercode_code_form": {"code_2016": "99"},
    "import_outcome_known": {"outcome": "lost"},
    "import_waiting_keeps_feed": {"outcome": "waiting", "packed": None},
    "ledgerentry_cause_known": {"cause": "weather"},
    "ledgerentry_digest_if_facts": {"digest": ""},
    "ledgerentry_in_order": {"known_from": NEW_MILLENNIUM},
    "ledgerentry_stays": {"reason": "Another"},
    "ledgerentry_whole_second": {"known_from": NEW_MILLENNIUM + timedelta(microseconds=1), "key": "254/2"},
    "listing_published_stays": {"edition": Edition.objects.filter(status="draft").values("pk")},
    "loadedrecord_one_row": {"id": 2},
    "milestone_state_known": {"state": "rumour"},
    "notice_what_known": {"what": "lost"},
    "occupation_code_form": {"code": "26231"},
    "occupation_code_stays": {"code": "72399"},
    "occupationgroup_code_form": {"code": "12a"},
    "occupationgroup_code_stays": {"code": "99"},
    "occupationrule_dates_in_order": {"valid_to": date(1990, 1, 1)},
    "occupationrule_level_in_range": {"minimum_level": 13},
    "occupationrule_prefix_form": {"prefix": "7x"},
    "occupationrule_state_known": {"state": "rumour"},
    "occupationtext_language_known": {"language": "de"},
    "occupationtext_profile_form": {"profile": "1"},
    "occupationtitle_language_known": {"language": "de"},
    "pointgrid_named_for_its_first_day": {"valid_from": date(2025, 3, 26)},
    "pointgrid_system_known": {"system": "lottery"},
    "poolsnapshot_parts_sum_to_total": {"total": 1},
    "poolsnapshot_total_above_zero": dict.fromkeys(PARTS, 0) | {"total": 0},
    "program_code_stays": {"code": "XYZ"},
    "program_summaries_in_limit": {"summary_fr": "x" * 5001},
    "proposedchange_cause_known": {"cause": "weather"},
    "proposedchange_state_known": {"state": "lost"},
    "proposedchange_time_if_scheduled": {"state": "scheduled"},
    "requirement_dates_in_order": {"valid_to": date(1990, 1, 1)},
    "requirement_state_known": {"state": "rumour"},
    "requirement_texts_in_limit": {"text_en": "x" * 5001},
    "roundname_language_known": {"language": "de"},
    "synonym_changes_something": {"meaning": F("phrase")},
    "synonym_has_words": {"meaning": "+"},
}


OF_NEW_ROWS = ("ledgerentry_in_order", "ledgerentry_whole_second")  # rows that are there never change


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
    OccupationText.objects.create(
        occupation=Occupation.objects.first(), language="en", profile="00", loaded_on=NEW_YEAR
    )
    Notice.objects.create(to=editor, what="returned", content_type=table, object_id=1)
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
        elif name in OF_NEW_ROWS:
            model.objects.bulk_create([copy_of(row, **breaks(name))])
        elif name.endswith("not_deleted"):
            model.objects.filter(pk=row.pk)._raw_delete(connection.alias)
        else:
            model.objects.filter(pk=row.pk).update(**breaks(name))


def copy_of(row, **values):
    """The same row under a key of its own: a restored backup may have set the database's counter back."""
    for field, value in values.items():
        setattr(row, field, value)
    row.pk = type(row)._base_manager.aggregate(newest=Max("pk"))["newest"] + 1
    return row


def breaks(name):
    """What breaks the rule; a new rule wants a line in ``BREAKS``."""
    common = [fields for ending, fields in COMMON.items() if name.endswith(ending)]
    return common[0] if common else BREAKS[name]


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_every_constraint_says_what_is_wrong_in_both_languages(name):
    _model, rule = CONSTRAINTS[name]

    english = str(rule.violation_error_message)
    with override("fr"):
        french = str(rule.violation_error_message)

    assert english != BaseConstraint.default_violation_error_message
    assert french != english


def test_every_trigger_says_what_is_wrong():
    assert set(TRIGGERS) <= set(RULES)


def test_rules_are_many():
    assert (len(TRIGGERS) >= 5, len(CONSTRAINTS) > 40, set(BREAKS) - {*CONSTRAINTS, *TRIGGERS}) == (True, True, set())
