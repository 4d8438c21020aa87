"""What the settings of gunicorn do before its workers begin."""

import subprocess
import sys

from tests.conftest import ROOT


def test_garbage_is_collected_once_all_is_imported():
    code = """if True:
        import gc, runpy
        given = runpy.run_path("gunicorn.conf.py")
        before = gc.isenabled()
        given["when_ready"](None)
        print(before, gc.isenabled(), gc.get_freeze_count() > 0)
    """
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True", "True"]
