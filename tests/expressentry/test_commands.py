import io
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from draws.models import Draw
from expressentry.management.commands.prepare import make_private
from tests.conftest import ROOT


def test_load_record_leaves_a_loaded_record_as_it_is(db):
    Draw.objects.filter(number="254").update(cutoff=1)
    said = io.StringIO()

    call_command("load_record", stdout=said)

    assert said.getvalue() == "The record is up to date.\n"
    assert Draw.objects.get(number="254").cutoff == 1


def test_load_record_fills_an_empty_record(empty):
    call_command("load_record", verbosity=0, stdout=io.StringIO())

    assert Draw.objects.count() == 448


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_file_that_somebody_put_there_to_be_read_stays_theirs(settings, tmp_path):
    settings.DATA = tmp_path
    theirs, ours = tmp_path / "list.csv", tmp_path / "kept.json"
    for path in (theirs, ours):
        path.touch()
        path.chmod(0o644)
    os.chown(theirs, 12345, -1)

    make_private()

    assert [path.stat().st_mode & 0o777 for path in (theirs, ours)] == [0o644, 0o600]


def test_commands_have_no_time_limit_whatever_the_settings_of_the_site():
    given = os.environ | {"DATABASE_URL": "postgres://record@127.0.0.1/record", "DJANGO_STATEMENT_TIMEOUT": "15000"}
    command = [sys.executable, "manage.py", "diffsettings"]

    said = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True).stdout

    assert "STATEMENT_TIMEOUT = 0 " in said
