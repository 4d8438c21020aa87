"""A fault of the running site leaves a trace that an operator can find."""

import re
import sqlite3
import urllib.error
import urllib.request

import pytest

from tests.servers import copy_of_record, running


@pytest.fixture
def failing_site(db, tmp_path):
    """The address of a server whose programs are gone from its database, and the file of its standard error."""
    environment = copy_of_record(tmp_path)
    with sqlite3.connect(tmp_path / "record.sqlite3") as database:
        database.execute("ALTER TABLE programs_program RENAME TO gone")
    database.close()
    with (tmp_path / "errors").open("w+") as errors, running(environment, stderr=errors) as address:
        yield address, errors


def test_error_is_written_down_with_its_traceback_path_and_request_id(failing_site):
    address, errors = failing_site

    with pytest.raises(urllib.error.HTTPError, match="500") as answer:
        urllib.request.urlopen(f"{address}/programs/?year=2026%0aforged")

    answer.value.close()
    errors.seek(0)
    written = errors.read()
    request_id = answer.value.headers["X-Request-ID"]
    assert re.search(
        rf"^\S+ \S+ ERROR django.request [0-9a-f]{{12}} {request_id} GET /programs/\?year=2026%0aforged: ",
        written,
        re.M,
    )
    assert "Traceback (most recent call last):" in written
    assert "no such table: programs_program" in written


def test_page_that_does_not_exist_is_no_error(failing_site):
    address, errors = failing_site

    with pytest.raises(urllib.error.HTTPError, match="404") as answer:
        urllib.request.urlopen(f"{address}/nothing/")

    answer.value.close()
    errors.seek(0)
    assert answer.value.headers["X-Request-ID"] not in errors.read()
