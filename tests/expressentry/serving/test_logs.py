"""What an operator sees of a running site: its log, its access log, its mail."""

import json
import logging
import re
import socket
import sqlite3
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from expressentry.serving.request_log import OncePerMinute
from tests.servers import copy_of_record, free_port, running

pytestmark = pytest.mark.django_db


class Mailbox(Message):
    """Keeps what arrives."""

    def __init__(self):
        super().__init__()
        self.messages = []

    def handle_message(self, message):
        self.messages.append(message)


class Seen:
    """A running site whose programs are gone, and all that an operator sees of it."""

    def __init__(self, address, folder, mailbox):
        self.address, self.folder, self.mailbox = address, folder, mailbox

    def ask(self, path, **headers):
        """Status and request id of the answer."""
        try:
            answer = urllib.request.urlopen(urllib.request.Request(self.address + path, headers=headers))
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            answer.read()
            return answer.status, answer.headers["X-Request-ID"]

    def lines(self, text):
        return [line for line in (self.folder / "errors").read_text().splitlines() if text in line]

    def accesses(self):
        return [json.loads(line) for line in (self.folder / "access").read_text().splitlines()]


@pytest.fixture(scope="module")
def seen(django_db_setup, tmp_path_factory):
    folder, mailbox = tmp_path_factory.mktemp("site"), Mailbox()
    environment = copy_of_record(folder)
    with sqlite3.connect(folder / "record.sqlite3") as database:
        database.execute("ALTER TABLE programs_program RENAME TO gone")
    database.close()
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    environment |= {
        "DJANGO_ACCESS_LOG": "json",
        "DJANGO_TRUSTED_PROXIES": "127.0.0.1",
        "DJANGO_ADMINS": "operator@record.example",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "GUNICORN_CMD_ARGS": f"--access-logfile {folder / 'access'}",
    }
    with (folder / "errors").open("w") as errors, running(environment, stderr=errors) as address:
        yield Seen(address, folder, mailbox)
    mail.stop()


def test_error_is_mailed_once(seen):
    (first, request_id), (second, _) = seen.ask("/programs/"), seen.ask("/programs/")

    assert (first, second) == (500, 500)
    (message,) = seen.mailbox.messages
    assert message["To"] == "operator@record.example"
    assert message["Subject"].startswith("[Express Entry Record] ERROR")
    assert "no such table: programs_program" in message.as_string()
    assert len(seen.lines(request_id)) == 1


def test_each_request_is_one_line_of_json(seen):
    asked = [seen.ask("/timeline/", **{"X-Forwarded-For": "192.0.2.7", "User-Agent": 'a "reader"'}) for _ in range(2)]

    miss, hit = [line for line in seen.accesses() if line["path"] == "/timeline/"][-2:]

    assert [line["request"] for line in (miss, hit)] == [request_id for _, request_id in asked]
    assert [line["cache"] for line in (miss, hit)] == ["miss", "hit"]
    assert {line["client"] for line in (miss, hit)} == {"192.0.2.7"}
    assert (hit["method"], hit["status"], hit["agent"]) == ("GET", 200, 'a "reader"')
    assert 0 < hit["seconds"] <= miss["seconds"]
    assert hit["bytes"] > 1000


def test_another_host_name_is_a_warning_without_a_traceback(seen):
    status, request_id = seen.ask("/admin/", Host="elsewhere.example")

    assert status == 400
    (line,) = seen.lines(request_id)
    assert "WARNING django.security.DisallowedHost" in line


def test_senseless_requests_leave_no_line(seen):
    before = (seen.folder / "errors").read_text()
    for sent in (b"nonsense\r\n\r\n", b"HEAD /nothing/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", urlsplit(seen.address).port)) as client:
            client.sendall(sent)
            assert client.recv(100).startswith(b"HTTP/1.1 4")

    assert (seen.folder / "errors").read_text() == before


def test_slow_query_is_named_without_its_values(client, settings, caplog):
    settings.SLOW_QUERY_MS = 0.000001

    response = client.get("/admin/login/?next=/nothing/")
    slow = client.get("/draws/?category=stem")

    assert (response.status_code, slow.status_code) == (200, 200)
    lines = [record.getMessage() for record in caplog.records if record.name == "expressentry.serving.request_log"]
    assert any(re.match(r"A query took \d+ ms: SELECT", line) for line in lines)
    assert not [line for line in lines if "'stem'" in line]


def test_queries_are_not_watched_by_default(client, caplog):
    client.get("/draws/?category=stem")

    assert [record for record in caplog.records if "A query took" in record.getMessage()] == []


def test_mails_of_the_same_minute_are_one():
    once, record = OncePerMinute(), logging.makeLogRecord({})

    assert [once.filter(record) for _ in range(3)] == [True, False, False]
