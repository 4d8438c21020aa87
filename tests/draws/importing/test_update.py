"""``make update``: the question before anything is public, asked at a real pseudo-terminal of a real feed."""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from draws.importing.models import Import
from draws.models import Draw
from tests.draws.feed_rows import file_of, row
from tests.draws.feed_server import feed_server

ROOT = Path(__file__).resolve().parents[3]
GENERAL = {"drawName": "No Program Specified", "drawText2": "Canadian Experience Class"}
QUESTION = "Make this public? Otherwise new draws stay drafts, and changes of public ones wait in the admin. [y/N] "


def general(number, **changes):
    return row(drawNumber=str(number), **GENERAL | changes)


@pytest.fixture
def server(empty, tmp_path, settings):
    """The feed of two public draws, of which one has changed, and of one new draw."""
    settings.FEED_FOLDER = tmp_path / "feeds"
    with feed_server() as answers:
        settings.FEED_URL = answers.address
        answers.content = file_of(general(254), general(255))
        call_command("import_draws", "--publish", "--verbosity", "0", stdout=StringIO())
        answers.content = file_of(general(254), general(255, drawSize="501"), general(256))
        yield answers


@pytest.fixture
def terminal(monkeypatch):
    """A terminal at which somebody types; answers with what stood on it in the end."""

    def typing(text):
        screen, keyboard = os.openpty()
        os.write(screen, text.encode())
        with open(keyboard) as stdin, open(os.dup(keyboard), "w") as stdout, monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", stdin)
            patch.setattr(sys, "stdout", stdout)
            call_command("import_draws", "--ask")
        return read_to_end(screen).replace("\r\n", "\n").removeprefix(text)

    return typing


def read_to_end(screen):
    """What was written; the system ends it with an error once nobody holds the keyboard."""
    written = b""
    with open(screen, "rb", buffering=0) as terminal, suppress(OSError):
        while part := terminal.read(4096):
            written += part
    return written.decode()


def state():
    return list(Draw.objects.order_by("sequence").values_list("number", "invitations", "status"))


BEFORE = [("254", 500, "published"), ("255", 500, "published")]


def test_yes_makes_it_public(server, terminal):
    said = terminal("y\n")

    assert said.count("invitations issued: 500 → 501") == said.count("Draw 256: new") == said.count(QUESTION) == 1
    assert said.index("invitations issued: 500 → 501") < said.index(QUESTION)
    assert said.endswith("added 1, changed 1, unchanged 1, refused 0\n")
    assert state() == [BEFORE[0], ("255", 501, "published"), ("256", 500, "published")]


@pytest.mark.parametrize("typed", ["\n", "n\n", "what?\n", "\x04"])
def test_anything_but_yes_leaves_drafts(server, terminal, typed):
    said = terminal(typed)

    assert "Changes of published draws wait in the admin for somebody who may publish: 255\n" in said
    assert state() == [*BEFORE, ("256", 500, "draft")]
    assert list(Import.objects.latest().difference.open) == ["255"]


def test_nothing_new_asks_nothing(server, terminal):
    server.content = file_of(general(254), general(255))

    said = terminal("y\n")

    assert QUESTION not in said
    assert said.endswith("added 0, changed 0, unchanged 2, refused 0\n")


def test_record_that_changes_at_the_question_is_left_alone(server, terminal, monkeypatch):
    def change_and_agree(prompt):
        Draw.objects.filter(number="255").update(invitations=499)
        return "y"

    monkeypatch.setattr("builtins.input", change_and_agree)
    with pytest.raises(CommandError, match="Nothing was saved: the record changed meanwhile") as fault:
        terminal("")

    assert fault.value.returncode == 4
    assert state() == [BEFORE[0], ("255", 499, "published")]


def test_stop_at_the_question_saves_nothing(server, terminal, monkeypatch):
    def stop(prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", stop)
    with pytest.raises(CommandError, match="Stopped: nothing was saved") as fault:
        terminal("")

    assert (fault.value.returncode, state()) == (130, BEFORE)


def test_without_a_terminal_drafts_are_left_and_nothing_is_asked(server, capsys):
    call_command("import_draws", "--ask")

    said = capsys.readouterr().out
    assert ("Draw 256: new" in said, QUESTION in said) == (True, False)
    assert state() == [*BEFORE, ("256", 500, "draft")]


def test_author_of_what_the_command_saves_is_the_operator(server, capsys):
    call_command("import_draws", "--ask")

    operator = User.objects.get()
    assert (operator.username, operator.is_active, operator.is_staff, operator.has_usable_password()) == (
        "operator", False, False, False
    )  # fmt: skip
    assert Draw.objects.get(number="256").history.get().history_user == operator
    assert Import.objects.latest().made_by == operator


def test_operator_cannot_sign_in_even_with_a_password(server, client):
    call_command("import_draws", "--ask", stdout=StringIO())
    operator = User.objects.get()
    operator.set_password("known to somebody")
    operator.save()

    response = client.post("/admin/login/", {"username": "operator", "password": "known to somebody"})

    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)


def test_dry_run_asks_nothing_and_makes_no_operator(empty, tmp_path, capsys):
    (tmp_path / "feed.json").write_bytes(file_of(general(254)))

    call_command("import_draws", str(tmp_path / "feed.json"), "--ask", "--dry-run")

    assert (state(), User.objects.count(), Import.objects.count()) == ([], 0, 0)


def test_no_network_is_one_line_and_a_status(tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/feed.json"
        settings = {"DJANGO_FEED_URL": address, "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
        environment = os.environ | settings | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True
        )

        run = subprocess.run(
            [sys.executable, "manage.py", "import_draws", "--ask"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip

    said = f"No answer from {address}: [Errno 111] Connection refused. Is there a network? The record stays as it is."
    assert (run.returncode, run.stdout, run.stderr) == (1, "", f"CommandError: {said}\n")
