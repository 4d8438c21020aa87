"""Pages that no cache holds, today and with a hundred times the draws: ``python -m tests.benchmarks.pages``."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from tests.drills.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    "/",
    "/draws/",
    "/draws/254/",
    "/categories/stem/2023/",
    "/occupations/21231/",
    "/statistics/",
    "/api/v1/draws",
]
COLD = [
    "/",
    "/draws/",
    "/draws/?year=2020",
    "/draws/254/",
    "/draws/430/",
    "/draws/447/",
    "/draws/cec/",
    "/draws/stem/",
    "/statistics/",
]
COPIES = 100
COMPRESSED = {"Accept-Encoding": "br"}


@contextmanager
def site(url):
    """The site on gunicorn as ``make run`` starts it, with one worker; its address and process."""
    port = free_port()
    settings = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "DATABASE_URL": url}
    environment = os.environ | settings | {"PORT": str(port), "WEB_CONCURRENCY": "1"}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "expressentry.wsgi"], cwd=ROOT, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        wait(address)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(10)


def wait(address, path="/healthz/"):
    for _ in range(3000):
        try:
            urllib.request.urlopen(address + path)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The site did not start.")


def get(url, **headers):
    """Seconds, bytes as sent, and headers of one answer."""
    start = time.perf_counter()
    with urllib.request.urlopen(urllib.request.Request(url, headers=COMPRESSED | headers)) as answer:
        body = answer.read()
    return time.perf_counter() - start, len(body), answer.headers


def requests_per_second(url, **headers):
    given = [f"-H{name}: {value}" for name, value in (COMPRESSED | headers).items()]
    said = subprocess.run(
        ["wrk", "-t1", "-c4", "-d2s", *given, url], capture_output=True, text=True, check=True
    ).stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def misses(url, *addresses):
    """What misses.py prints of a site on this database; of given addresses it is the answer."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.uncached"}
    command = [sys.executable, "-m", "tests.benchmarks.misses", *addresses]
    out = subprocess.PIPE if addresses else None
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=out, text=True).stdout


def cold(url):
    """Milliseconds of processor time of pages that depend on all draws."""
    lines = misses(url, *COLD).splitlines()
    return {page: int(line.split()[-1]) for page, line in zip(COLD, lines, strict=True)}


def multiply(database):
    """A hundred times the draws: each one again on its own day, under later numbers in the order of the first ones."""
    with sqlite3.connect(database) as record:
        record.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)), deterministic=True)
        columns = [row[1] for row in record.execute("PRAGMA table_info(draws_draw)") if row[1] not in ("id", "number")]
        names, numbers = ", ".join(columns), new_numbers()
        today = [pk for (pk,) in record.execute("SELECT id FROM draws_draw ORDER BY sequence")]
        for pk in chain.from_iterable([pk] * (COPIES - 1) for pk in today):
            copy = f"INSERT INTO draws_draw (number, {names}) SELECT ?, {names} FROM draws_draw WHERE id = ?"  # noqa: S608
            made = record.execute(copy, [next(numbers), pk]).lastrowid
            covered = "INSERT INTO draws_draw_programs (draw_id, program_id) SELECT ?, program_id FROM draws_draw_programs WHERE draw_id = ?"  # noqa: E501
            record.execute(covered, [made, pk])
    record.close()
    return COPIES * len(today)


def new_numbers():
    return (f"{number}{letter}" for number in range(1000, 10000) for letter in "abcdefgh")


def prepare(url):
    """The record in an empty database, and the static files."""
    for command in (["migrate"], ["load_record"], ["collectstatic", "--noinput"]):
        given = os.environ | {"DATABASE_URL": url}
        subprocess.run([sys.executable, "manage.py", *command, "-v0"], cwd=ROOT, env=given, check=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "record.sqlite3"
        url = f"sqlite:///{database}"
        prepare(url)
        misses(url)
        today, count = cold(url), multiply(database)
        then = cold(url)
    print(f"\nmilliseconds of a miss{'':20} today {count // COPIES} draws, then {count}")
    for page in COLD:
        print(f"{page:40} {today[page]:6} {then[page]:6} ({then[page] / today[page]:.2f})")


if __name__ == "__main__":
    main()
