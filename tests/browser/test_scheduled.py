"""A row that becomes public by the clock asks nothing of the database but to be read."""

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
