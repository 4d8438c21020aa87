"""The first page says what waits."""

import io
from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from draws import triggers
from draws.models import Draw
from editing.days import canadian_day
from editing.models import DataVersion
from expressentry.dashboard import dashboard
from expressentry.integrity import faults
from tests.editing.admin.forms import address, save

NOW = datetime.now(timezone.utc)


def shown(client):
    return client.get("/admin/").context["dashboard"]


def test_last_draw_and_newest_draws_without_a_pool(editor, db):
    board = shown(editor)

    assert (str(board["latest"]), [draw.number for draw in board["without_pool"]]) == ("Draw 447", ["446", "445"])


def test_draw_held_today_in_ottawa_is_of_today_there_in_the_evening(editor, make_draw):
    draw = make_draw(date=date(2026, 11, 24))

    board = dashboard(editor.user, datetime(2026, 11, 25, 2, 30, tzinfo=timezone.utc))

    assert (board["latest"], board["days_since"]) == (draw, 0)


def test_rows_that_wait_are_counted_by_table(editor, make_draw, make_discrepancy):
    make_draw("1", status="draft")
    make_discrepancy(make_draw("2"), status="review")

    board = shown(editor)

    assert board["drafts"] == [("Draws", 1, "/admin/draws/draw/?status__exact=draft")]
    assert board["reviews"] == [("Discrepancies", 1, "/admin/draws/discrepancy/?status__exact=review")]


def test_rows_published_at_a_set_time_are_named(editor, make_draw):
    draw = make_draw(publish_at=NOW + timedelta(days=1))

    assert shown(editor)["scheduled"] == [(draw, draw.publish_at, reverse("admin:draws_draw_change", args=[draw.pk]))]


def test_proposed_changes_are_counted(editor, make_draw):
    save(editor, make_draw(), cutoff="499")

    assert shown(editor)["proposals"] == 1


def test_sources_not_checked_for_90_days_lead_to_their_rows(editor, make_draw):
    today = canadian_day(NOW)
    days = [today - timedelta(days=91), today - timedelta(days=90), today - timedelta(days=91)]
    for number, (day, url) in enumerate(zip(days, ["https://a.ca/", "https://a.ca/", ""], strict=True), 1):
        make_draw(number, checked_on=day, source_url=url)

    found = [row for row in dashboard(editor.user, NOW)["unchecked"] if row[0] == "Draws"]

    assert found == [("Draws", 1, f"/admin/draws/draw/?checked_on__lt={days[1].isoformat()}")]
    assert editor.get(found[0][2]).status_code == 200


def test_real_record_breaks_no_rule(db):
    assert faults() == []


def test_missing_number_is_a_fault(make_draw):
    for number in ("91a", "91b", "93"):
        make_draw(number)
    DataVersion.bump()  # the ledger follows the empty record

    assert [(fault.words, [name for name, _url in fault.rows]) for fault in faults()] == [
        ("Numbers are missing between these draws.", ["Draw 91b"])
    ]


@pytest.mark.parametrize(
    "name",
    [
        "draw_edition_in_force",
        "draw_public_after_its_edition",
        "draw_time_near_date",
        "edition_covers_its_draws",
        "edition_not_overlapping",
        "edition_public_before_its_draws",
    ],
)
def test_every_rule_is_asked_of_every_row(db, name):
    assert (name, []) in [(rule, keys) for rule, _table, keys in triggers.broken_rules(connection)]


def test_broken_rule_is_a_fault(make_draw):
    draw = make_draw(drawn_at=datetime(2024, 5, 1, 15, tzinfo=timezone.utc), date=datetime(2024, 5, 1).date())
    with connection.cursor() as cursor:
        for event in ("INSERT", "UPDATE"):
            cursor.execute(
                f"DROP TRIGGER IF EXISTS draw_time_near_date{f'_{event}' if connection.vendor == 'sqlite' else ''}"
                f"{'' if connection.vendor == 'sqlite' else ' ON draws_draw'}"
            )
    Draw.objects.filter(pk=draw.pk).update(date="2024-01-01")
    DataVersion.bump()

    assert [name for fault in faults() for name, _url in fault.rows] == [str(draw)]


def test_ledger_that_says_otherwise_than_the_public_sees_is_a_fault(db):
    Draw.objects.filter(number="254").update(cutoff=487)  # round the site
    said = io.StringIO()

    [fault] = faults()
    with pytest.raises(CommandError, match="The record breaks rules"):
        call_command("check_record", stdout=said)

    assert fault.rows == [("draw 254", address(Draw, "changelist"))]
    assert said.getvalue() == f"{fault.words} draw 254\n"


def test_sound_record_passes_its_check(db):
    said = io.StringIO()

    call_command("check_record", stdout=said)

    assert said.getvalue() == "Nothing is wrong with the record.\n"


@pytest.mark.parametrize(("role", "status"), [("", 302), ("staff", 200), ("Editors", 200), ("superuser", 200)])
def test_first_page_by_role(sign_in, role, status):
    response = sign_in(role).get("/admin/")

    assert response.status_code == status
    assert ("Sources not checked" in response.content.decode()) == (role in ("Editors", "superuser"))
