"""A row becomes public by the clock and asks the database only to be read; a change is made by the server."""

import json
import sqlite3
import time
import urllib.request

import pytest

from tests.servers import copy_of_record, running

EARLIER = "2026-10-02 12:00:00"


@pytest.fixture
def site_with_due_row(db, tmp_path):
    """The address of a server on which draw 447 came due after the last save, and its database."""
    environment = copy_of_record(tmp_path)
    path = tmp_path / "record.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE draws_draw SET publish_at = ? WHERE number = '447'", [EARLIER])
        database.execute("UPDATE editing_dataversion SET schedule = json_array(unixepoch(?))", [EARLIER])
    database.close()
    with running(environment) as address:
        yield address, path


def test_reader_waits_for_no_writer_when_a_row_came_due(site_with_due_row):
    address, path = site_with_due_row
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    began = time.monotonic()

    with urllib.request.urlopen(f"{address}/draws/447/", timeout=19) as answer:
        status = answer.status

    writer.close()
    assert status == 200
    assert time.monotonic() - began < 15  # a writer is waited for 20 seconds


@pytest.fixture
def site_with_due_change(db, tmp_path):
    """A server with two workers; the time of an approved change of draw 447 came while it was off."""
    environment = copy_of_record(tmp_path)
    path = tmp_path / "record.sqlite3"
    with sqlite3.connect(path) as database:
        [[draw, cutoff]] = database.execute("SELECT id, cutoff FROM draws_draw WHERE number = '447'")
        database.execute(
            "INSERT INTO auth_user (username, password, is_superuser, is_staff, is_active, first_name, last_name, "
            "email, date_joined) VALUES ('publisher', '', 1, 1, 1, '', '', '', ?)",
            [EARLIER],
        )
        database.execute(
            "INSERT INTO editing_proposedchange (content_type_id, object_id, changes, reason, proposed_by_id, "
            "from_record, proposed_at, state, decided_by_id, decided_at, comment, apply_at, answers, cause) "
            "SELECT t.id, ?, ?, '', u.id, 0, ?, 'scheduled', u.id, ?, '', ?, '{}', '' "
            "FROM django_content_type t, auth_user u WHERE t.model = 'draw' AND u.username = 'publisher'",
            [draw, json.dumps({"cutoff": [cutoff, cutoff + 1]}), EARLIER, EARLIER, EARLIER],
        )
    database.close()
    with running(environment, workers="2") as address:
        yield address, path, cutoff


def test_change_is_made_once_and_shown_when_its_time_came(site_with_due_change):
    address, path, cutoff = site_with_due_change
    until = time.monotonic() + 60

    while f'"cutoff": {cutoff + 1},' not in read(f"{address}/api/v1/draws/447") and time.monotonic() < until:
        time.sleep(1)

    with sqlite3.connect(path) as database:
        states = database.execute("SELECT state FROM editing_proposedchange").fetchall()
        changes = database.execute("SELECT count(*) FROM editing_historicaldraw WHERE history_type = '~'").fetchone()
    database.close()
    assert f'"cutoff": {cutoff + 1},' in read(f"{address}/api/v1/draws/447")
    assert (states, changes) == ([("accepted",)], (1,))


def read(url):
    with urllib.request.urlopen(url, timeout=19) as answer:
        return answer.read().decode()
