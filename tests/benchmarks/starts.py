"""``make run`` until its first page, without a database and once more: python -m tests.benchmarks.starts"""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tests.benchmarks.pages import ROOT, wait
from tests.drills.servers import free_port


def main():
    with tempfile.TemporaryDirectory() as name:
        for which in ("first", "second"):
            before = processor()
            taken = until_first_page(Path(name))
            print(f"{which} start: {taken:.1f} s, {processor() - before:.1f} s of the processor", flush=True)


def processor():
    """Seconds that ended processes of ours took."""
    times = os.times()
    return times.children_user + times.children_system


def until_first_page(folder):
    """Seconds of a start of the site whose files are all in this folder."""
    port, start = str(free_port()), time.monotonic()
    given = {"DJANGO_DATA": folder, "DJANGO_STATIC_ROOT": folder / "static", "PORT": port}
    given["DATABASE_URL"] = f"sqlite:///{folder / 'record.sqlite3'}"
    running = subprocess.Popen(["make", "--silent", "run"], cwd=ROOT, env=os.environ | given, start_new_session=True)
    try:
        wait(f"http://127.0.0.1:{port}", "/")
        return time.monotonic() - start
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(20)


if __name__ == "__main__":
    main()
