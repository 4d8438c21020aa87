"""A full disk: pages are still served, a save is refused whole, and it works again when there is room."""

import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.drills.clients import ask
from tests.drills.servers import manage

SAVE = "from draws.models import Draw; draw = Draw.objects.get(number='254'); draw.invitations += 1; draw.save()"
PAGES = ["/", "/draws/254/", "/statistics/", "/draws/?crs_min=400", "/draws/?_export=xlsx"]


@pytest.fixture
def small_disk(tmp_path, sqlite_record):
    """A file system of its own with the record and a megabyte to spare."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = (sqlite_record / "record.sqlite3").stat().st_size // 1024 + 1024
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"Only who may mount a file system can fill one: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_full_disk_stops_saves_and_no_page(small_disk, sqlite_record, run_site, figure):
    shutil.copy(sqlite_record / "record.sqlite3", small_disk / "record.sqlite3")
    site = run_site(f"sqlite:///{small_disk / 'record.sqlite3'}", DJANGO_DATA=str(small_disk))
    fill(small_disk / "filler")

    pages = {path: ask(site.url, path).status for path in PAGES}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SAVE]
    refused = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    page_then = ask(site.url, "/draws/254/").status
    (small_disk / "filler").unlink()
    manage(site.environment, "shell", "--no-imports", "-c", SAVE)

    figure("Disk full", pages=pages, save=refused.stderr.strip().splitlines()[-1])
    assert set(pages.values()) == {200}
    assert "full" in refused.stderr
    assert page_then == 200


def fill(path):
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            return
