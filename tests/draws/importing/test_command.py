"""``manage.py import_draws``: what it prints, saves and answers, and that killing it leaves nothing half done."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from draws.importing.models import Import, Outcome
from draws.models import Correction, Draw, FeedCheck
from tests.conftest import kept_record
from tests.draws.feed_rows import file_of, row
from tests.draws.feed_server import feed_server
from tests.draws.importers import somebody_importing

pytestmark = pytest.mark.both_databases

ROOT = Path(__file__).resolve().parents[3]
GENERAL = {"drawName": "No Program Specified", "drawText2": "Canadian Experience Class"}


def general(number, **changes):
    return row(drawNumber=str(number), **GENERAL | changes)


OLDER = [general(254), general(255), general(256)]
NEWER = [general(254), general(255, drawSize="501"), general(256, drawName="General"), general(257), general(258)]


@pytest.fixture
def run(tmp_path, settings):
    settings.FEED_FOLDER = tmp_path / "feeds"

    def call(*rows, **options):
        """What the command prints for a feed of these rows, its lines."""
        path = tmp_path / "feed.json"
        path.write_bytes(file_of(*rows))
        return said(str(path), **options)

    return call


def said(*args, **options):
    out = StringIO()
    call_command("import_draws", *args, stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def server():
    with feed_server() as answers:
        answers.content = file_of(*OLDER)
        yield answers


def state():
    return list(Draw.objects.order_by("sequence").values_list("number", "name_en", "invitations", "status"))


def test_newer_feed_adds_and_changes_and_prints_exactly_that(empty, run):
    run(*OLDER, publish=True)

    lines = run(*NEWER, publish=True)

    name = "No Program Specified"
    assert [line for line in lines if not line.startswith("  ")] == [
        "Draw 257: new",
        "Draw 258: new",
        "Draw 255: changed",
        "Draw 256: changed",
        "added 2, changed 2, unchanged 1, refused 0",
    ]
    assert "  invitations issued: 500 → 501" in lines
    assert "  official English name: No Program Specified → General" in lines
    assert state() == [
        ("254", name, 500, "published"),
        ("255", name, 501, "published"),
        ("256", "General", 500, "published"),
        ("257", name, 500, "published"),
        ("258", name, 500, "published"),
    ]
    assert sorted(Correction.objects.values_list("draw__number", "field")) == [("255", "invitations"), ("256", "name")]


def test_second_run_changes_nothing(empty, run):
    run(*NEWER, publish=True)
    before = state()

    assert run(*NEWER, publish=True) == ["added 0, changed 0, unchanged 5, refused 0"]
    assert state() == before


def test_new_draws_are_drafts_and_changes_wait_without_publish(empty, run):
    run(*OLDER, publish=True)

    lines = run(*NEWER)

    assert lines[-2:] == [
        "Changes of published draws wait in the admin for somebody who may publish: 255, 256",
        "added 2, changed 2, unchanged 1, refused 0",
    ]
    assert [(number, invitations, status) for number, _name, invitations, status in state()] == [
        ("254", 500, "published"),
        ("255", 500, "published"),
        ("256", 500, "published"),
        ("257", 500, "draft"),
        ("258", 500, "draft"),
    ]
    waiting = Import.objects.latest()
    assert (waiting.outcome, list(waiting.difference.open)) == (Outcome.WAITING, ["255", "256"])


def test_dry_run_prints_and_saves_nothing(empty, run):
    lines = run(*OLDER, dry_run=True, publish=True)

    assert lines[-2:] == ["Dry run: nothing was saved.", "added 3, changed 0, unchanged 0, refused 0"]
    assert (Draw.objects.count(), Import.objects.count()) == (0, 0)


def test_refused_rows_are_named_and_the_rest_is_saved(empty, run):
    lines = run(general(254), general(255, drawSize="many"))

    assert "Draw 255: refused, drawSize “many”: This is not a whole number." in lines
    assert (lines[-1], Draw.objects.count()) == ("added 1, changed 0, unchanged 0, refused 1", 1)


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"rounds": ', b'{"rounds": []}', b'{"rounds": [{}]}'])
def test_feed_that_cannot_be_read_is_one_sentence_and_a_status(empty, tmp_path, content):
    (tmp_path / "feed.json").write_bytes(content)

    with pytest.raises(CommandError) as fault:
        said(str(tmp_path / "feed.json"))

    assert (fault.value.returncode, len(str(fault.value)) > 20) == (1, True)
    assert (Import.objects.get().outcome, Import.objects.get().fault) == (Outcome.FAILED, str(fault.value))


@pytest.mark.parametrize("path", ["no-such-file.json", ".", "\0", "\udcff"])
def test_file_that_cannot_be_read_is_one_sentence_and_a_status(empty, path):
    with pytest.raises(CommandError, match=r"^The file cannot be read: ") as fault:
        said(path)

    assert fault.value.returncode == 1


def test_wrong_option_is_told(empty):
    with pytest.raises(CommandError, match="is not a date like 2026-10-09"):
        said("--complete-to", "soon")


def test_day_that_is_yet_to_come_is_refused(empty):
    with pytest.raises(CommandError, match="2999-01-01 is yet to come"):
        said("--complete-to", "2999-01-01")


def test_feed_is_fetched_and_the_good_copy_kept(empty, run, server, settings):
    settings.FEED_URL = server.address

    assert said(server.address, publish=True)[-1] == "added 3, changed 0, unchanged 0, refused 0"

    [kept] = settings.FEED_FOLDER.glob("*.json")
    assert (kept.read_bytes(), FeedCheck.objects.filter(newest_number="256").count()) == (file_of(*OLDER), 1)


def test_broken_feed_leaves_the_good_copy(empty, run, server, settings):
    said(server.address)
    server.content = b'{"rounds": '

    with pytest.raises(CommandError, match="not valid JSON"):
        said(server.address)

    [kept] = settings.FEED_FOLDER.glob("*.json")
    assert kept.read_bytes() == file_of(*OLDER)


def test_unchanged_feed_is_still_compared(empty, run, server):
    server.headers = {"ETag": '"1"'}
    said(server.address)
    Draw.objects.filter(number="255").update(invitations=1)

    assert said(server.address)[-1] == "added 0, changed 1, unchanged 2, refused 0"


def test_file_is_the_official_feed_only_when_told(empty, run, settings):
    FeedCheck.objects.all().delete()

    run(*OLDER, publish=True)
    draw = Draw.objects.get(number="254")
    assert FeedCheck.objects.count() == 0
    assert (draw.evidence, draw.source, draw.source_url) == ("reported", "Copy of the IRCC feed, file feed.json", "")

    run(*OLDER, complete_to="2026-10-12")
    seen = [(str(check), check.evidence, check.source_url) for check in FeedCheck.objects.all()]
    assert seen == [("2026-10-12", "official", settings.FEED_URL)]


def test_second_import_at_once_is_refused(empty, run):
    with somebody_importing(), pytest.raises(CommandError, match="Another import is at work") as fault:
        run(*OLDER)

    assert (fault.value.returncode, Draw.objects.count()) == (3, 0)
    assert run(*OLDER)[-1] == "added 3, changed 0, unchanged 0, refused 0"


# Killing it


@pytest.fixture
def site(db, tmp_path):
    """A site in a file of its own, and a feed that changes every draw of it and adds as many."""
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite is killed here; PostgreSQL takes back what is not committed")
    path = tmp_path / "site.sqlite3"
    shutil.copy(kept_record(), path)
    rows = [general(number, drawSize="7") for number in range(1, 300)] + [general(n) for n in range(1000, 1300)]
    feed = tmp_path / "feed.json"
    feed.write_bytes(file_of(*rows))
    return path, feed


def start(path, feed):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "import_draws", str(feed), "--publish", "--verbosity", "0"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def all_rows(path):
    """A digest of every row of every table."""
    with sqlite3.connect(path) as site:
        dump = hash("\n".join(line for line in site.iterdump() if "occupationtitle" not in line))
    site.close()
    return dump


def is_writing(path):
    """Whether somebody holds the lock of a writer."""
    with sqlite3.connect(path, timeout=0, isolation_level=None) as site:
        try:
            site.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        site.execute("ROLLBACK")
    return False


def kill(process):
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def wait_for_writing(process, path):
    while process.poll() is None and not is_writing(path):
        time.sleep(0.002)


def test_killing_it_leaves_the_site_as_before(site):
    path, feed = site
    before, killed_writing = all_rows(path), 0

    for moment in [0.05, 0.5]:  # while it starts
        process = start(path, feed)
        time.sleep(moment)
        kill(process)
        assert all_rows(path) == before
    for moment in range(5):  # while it writes
        process = start(path, feed)
        wait_for_writing(process, path)
        time.sleep(moment * 0.15)
        os.kill(process.pid, signal.SIGSTOP)
        killed_writing += is_writing(path)
        done = not is_writing(path) and all_rows(path) != before
        kill(process)
        assert done or all_rows(path) == before

    assert killed_writing >= 3
