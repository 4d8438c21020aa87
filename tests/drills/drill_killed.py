"""SIGKILL in the middle of a save, an import, a backup or a restore: nothing is half written."""

import subprocess
import sys
import time

import pytest

from expressentry.backup import read_backup
from tests.conftest import ROOT
from tests.draws.feed_rows import file_of, row
from tests.drills.servers import environment, manage

MOMENTS = [1.0, 1.5, 2.0, 2.5]  # seconds after the start

SAVES = """
from django.db import transaction
from draws.models import Draw
draw = Draw.objects.get(number="254")
while True:
    print("saving", flush=True)
    draw.invitations += 1
    with transaction.atomic():  # as every way in does
        draw.save()
"""
COUNTS = """
from draws.models import Draw
from editing.models import DataVersion
draw = Draw.objects.get(number="254")
print(draw.invitations, draw.history.count(), DataVersion.objects.get().number)
"""


@pytest.fixture
def site(database, tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    return environment(database, folder)


def kill_after(seconds, site, *command, wait_for_line=False):
    """Whether the command was still at work when it was killed, so long after its start or after its first line."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if wait_for_line:
        process.stdout.readline()
    time.sleep(seconds)
    was_working = process.poll() is None
    process.kill()
    process.communicate()
    return was_working


def all_rows(site, folder):
    """Count and digest of every table, and what was left out of none."""
    file = folder / f"{time.monotonic_ns()}.gz"
    manage(site, "backup", str(file), capture_output=True)
    return sums(file)


def sums(file):
    """The last line of a backup that is whole, without the data version, which a restore moves on."""
    [end] = [value["end"] for kind, value in read_backup(file) if kind == "end"]
    return {table: found for table, found in end.items() if table != "editing.DataVersion"}


def counts(site):
    said = manage(site, "shell", "--no-imports", "-v0", "-c", COUNTS, capture_output=True, text=True).stdout
    return [int(number) for number in said.split()]


def test_save_is_whole_or_not_there(site, figure):
    manage(site, "shell", "--no-imports", "-v0", "-c", SAVES.replace("while True", "if True"))  # as it was loaded, too
    before = counts(site)
    saving = ("shell", "--no-imports", "-v0", "-c", SAVES)
    killed = sum(kill_after(moment / 5, site, *saving, wait_for_line=True) for moment in MOMENTS)

    saved, histories, versions = (after - start for start, after in zip(before, counts(site), strict=True))

    figure(f"Saves killed {killed} times, {kind_of(site)}", saved=saved, half_written=abs(saved - histories))
    assert saved > killed
    assert (histories, versions) == (saved, saved)


def test_import_is_whole_or_not_there(site, tmp_path, figure):
    feed = tmp_path / "feed.json"
    feed.write_bytes(file_of(*(row(drawNumber=str(number), drawSize="7") for number in range(1, 300))))
    before = all_rows(site, tmp_path)

    killed = sum(kill_after(moment, site, "import_draws", str(feed), "--publish") for moment in MOMENTS)
    after = all_rows(site, tmp_path)
    command = [sys.executable, "manage.py", "import_draws", str(feed), "--publish"]
    again = subprocess.run(command, cwd=ROOT, env=site, capture_output=True, text=True, check=False)

    figure(f"Import killed {killed} times, {kind_of(site)}", changed_tables=len(changed(before, after)))
    assert changed(before, after) == set()
    assert "Another import" not in again.stdout + again.stderr


def test_backup_is_whole_or_not_there(site, tmp_path, figure):
    file = tmp_path / "kept.gz"
    killed = sum(kill_after(moment, site, "backup", str(file)) for moment in MOMENTS)
    is_there = file.exists()

    manage(site, "backup", str(tmp_path / "next.gz"), capture_output=True)

    figure(f"Backup killed {killed} times, {kind_of(site)}", whole_files_left=int(is_there))
    assert not is_there or sums(file) == sums(tmp_path / "next.gz")


def test_restore_is_whole_or_not_there(site, tmp_path, figure):
    file = tmp_path / "kept.gz"
    manage(site, "backup", str(file), capture_output=True)
    manage(
        site,
        "shell",
        "--no-imports",
        "-c",
        "from draws.models import Draw; Draw.objects.filter(number='254').update(invitations=9)",
    )
    changed_site, outcomes = all_rows(site, tmp_path), []
    for moment in (2, 4):
        kill_after(moment, site, "restore", str(file), "--replace")
        outcomes.append(all_rows(site, tmp_path))

    manage(site, "restore", str(file), "--replace", capture_output=True)

    restored = all_rows(site, tmp_path)
    halves = [found for found in outcomes if found not in (changed_site, sums(file))]
    figure(
        f"Restore killed twice, {kind_of(site)}",
        half_written=len(halves),
        tables_unlike_the_backup=len(changed(sums(file), restored)),
    )
    assert halves == []
    assert restored == sums(file)


def changed(before, after):
    return {table for table in before if before[table] != after[table]}


def kind_of(site):
    return site["DATABASE_URL"].partition(":")[0].replace("postgres", "PostgreSQL").replace("sqlite", "SQLite")
