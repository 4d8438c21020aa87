"""What the settings of gunicorn do before its workers begin."""

import os
import subprocess
import sys

from tests.conftest import ROOT


def test_garbage_is_collected_once_all_is_imported():
    said = after('given["when_ready"](None); print(gc.isenabled(), gc.get_freeze_count() > 0)')

    assert said == ["False", "True", "True"]


def test_worker_after_a_hup_collects_garbage():
    assert after('django.setup(); given["post_worker_init"](None); print(gc.isenabled())') == ["False", "True"]


def after(lines):
    code = f'import django, gc, runpy; given = runpy.run_path("gunicorn.conf.py"); print(gc.isenabled()); {lines}'
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return run.stdout.split()
