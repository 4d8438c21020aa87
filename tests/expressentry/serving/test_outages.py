"""What the site says when what it stands on fails, for real: no server there, a locked database, no space, no time."""

import errno
import os
import signal
import sqlite3
import time
import urllib.error
import urllib.request

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from django.urls import reverse

from expressentry.serving.outages import explain, kind_of
from tests.servers import copy_of_record, running

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has neither a server nor time-outs")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a limit of SQLite stands for the full disk")


def ask(url, **more):
    """Status, headers and text of the answer, whatever the status."""
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, **more), timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.headers, answer.read().decode()


@pytest.fixture(scope="module")
def without_database(django_db_setup, tmp_path_factory):
    """A server whose PostgreSQL is not there, and the file of its standard error."""
    folder = tmp_path_factory.mktemp("site")
    environment = copy_of_record(folder) | {"DATABASE_URL": "postgres://record:secret@127.0.0.1:1/record"}
    with (folder / "errors").open("w+") as errors, running(environment, stderr=errors) as address:
        yield address, errors


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/draws/254/", "<h1>The record can&#x27;t be reached right now.</h1>"),
        ("/fr/draws/254/", "<h1>Le registre est inaccessible pour le moment.</h1>"),
        ("/api/v1/draws", '{"error": "The record can\'t be reached right now. Nothing is lost.'),
    ],
)
def test_page_says_that_the_database_is_away(without_database, path, said):
    status, headers, text = ask(without_database[0] + path)

    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "10", "no-store")
    assert said in text
    assert headers["Content-Language"] == ("fr" if path.startswith("/fr/") else "en")


def test_database_that_is_away_is_one_line_in_the_log(without_database):
    address, errors = without_database
    request_id = ask(f"{address}/about/data/")[1]["X-Request-ID"]

    errors.seek(0)
    lines = [line for line in errors if request_id in line]

    assert len(lines) == 1
    assert "WARNING expressentry.serving.outages" in lines[0]
    assert "Answered that the site is away" in lines[0]


def test_site_without_a_database_lives_and_is_not_ready(without_database):
    address = without_database[0]

    assert ask(f"{address}/healthz/")[0] == 200
    status, _headers, text = ask(f"{address}/readyz/")
    assert (status, '"database": "away"' in text, "secret" in text) == (503, True, False)


@pytest.mark.both_databases
@on_postgresql
def test_wait_for_a_silent_postgresql_ends_soon_after_the_time_of_a_statement(settings):
    settings.STATEMENT_TIMEOUT = 2000
    other = connection.copy()
    with other.cursor() as cursor:
        server = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
        os.kill(server, signal.SIGSTOP)
        start = time.monotonic()
        try:
            with pytest.raises(OperationalError) as fault:
                cursor.execute("SELECT 1")
            with pytest.raises(OperationalError):
                other.set_autocommit(False)  # asks nobody
        finally:
            os.kill(server, signal.SIGCONT)
    other.close()

    page = explain(RequestFactory().post("/admin/"), kind_of(fault.value.__cause__))
    assert (page.status_code, b"may or may not have been saved" in page.content) == (503, True)
    assert time.monotonic() - start < 7


@pytest.fixture
def site_of_its_own(tmp_path):
    with running(copy_of_record(tmp_path)) as address:
        yield address, tmp_path / "record.sqlite3"


def test_locked_database_says_what_was_not_saved(site_of_its_own):
    address, file = site_of_its_own
    form = ask(f"{address}/admin/login/")
    token = form[2].partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    cookie = {"Cookie": form[1]["Set-Cookie"].partition(";")[0], "Referer": address}
    data = f"csrfmiddlewaretoken={token}&username=someone&password=wrong".encode()

    database = sqlite3.connect(file, isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    status, headers, text = ask(f"{address}/admin/login/", data=data, headers=cookie)
    read = ask(f"{address}/draws/254/")
    database.close()

    assert (status, headers["Retry-After"]) == (503, "10")
    assert "The record is busy with other changes right now." in text
    assert "Nothing of what you sent was saved. Your browser has kept" in text
    assert read[0] == 200
    assert ask(f"{address}/admin/login/", data=data, headers=cookie)[0] == 200


@pytest.fixture
def superuser(db):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create(username="root", is_staff=True, is_superuser=True))
    return client


def test_page_about_a_fault_may_fail_too(settings, tmp_path, caplog):
    manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STATIC_ROOT = tmp_path  # an empty one: no page finds its style
    settings.STORAGES = settings.STORAGES | {"staticfiles": manifest}

    response = Client(raise_request_exception=False).get("/about/")

    assert (response.status_code, response.content) == (500, b"Server Error")
    assert response.headers["X-Request-ID"]
    assert [record.name for record in caplog.records] == ["expressentry.serving.outages", "django.request"]
    assert all("Missing staticfiles manifest entry" in str(record.exc_info[1]) for record in caplog.records)


@on_sqlite
def test_full_disk_says_what_was_not_saved(superuser, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")

    try:
        responses = [
            superuser.post(reverse("admin:auth_group_add"), {"name": f"{turn} {'x' * 140}"}) for turn in range(200)
        ]
    finally:
        connection.cursor().execute("PRAGMA max_page_count = 1073741823")

    assert responses[-1].status_code == 507
    assert "There is no space left to store anything." in responses[-1].content.decode()
    assert "Nothing of what you sent was saved." in responses[-1].content.decode()


@pytest.mark.both_databases
@on_postgresql
@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SET statement_timeout = 10; SELECT pg_sleep(1)", "busy"),
        ("SELECT pg_terminate_backend(pg_backend_pid())", "away"),
        ("DO $$ BEGIN RAISE EXCEPTION 'gone' USING ERRCODE = '08006'; END $$", "cut off"),
        ("SELECT 1 FROM nothing", None),
    ],
)
def test_kind_of_failure_is_known_by_its_code(statement, kind):
    with psycopg.connect(**connection.get_connection_params()) as other, pytest.raises(psycopg.Error) as fault:
        other.execute(statement)

    assert kind_of(fault.value) == kind


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (UnreadablePostError("the client is gone"), "unfinished"),
        (FileNotFoundError("a fault of ours"), None),
        (OperationalError("no such table"), None),
    ],
)
def test_fault_of_ours_is_no_outage(fault, kind):
    assert kind_of(fault) == kind


@pytest.mark.parametrize("address", ["127.0.0.1 port=1", "192.0.2.1 connect_timeout=2"])
def test_database_that_was_never_reached_saved_nothing(address):
    with pytest.raises(psycopg.OperationalError) as fault:
        psycopg.connect(f"host={address}")

    assert kind_of(fault.value) == "away"
