"""Pages that are not kept, today and with a hundred times the draws: ``python -m tests.benchmarks.pages``."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

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
COLD = ["/", "/draws/", "/draws/?year=2020", "/draws/254/", "/draws/430/", "/draws/447/"]
COPIES = 100
MISSES = [
    *PAGES,
    "/draws/?per_page=all",
    "/draws/?_export=csv",
    "/draws/?_export=xlsx",
    "/draws/?_export=json",
    "/pool/",
    "/categories/",
    "/categories/stem/",
    "/categories/stem/compare/2023/2025/",
    "/occupations/",
    "/occupations/?q=software",
    "/occupations/?category=any&per_page=1000",
    "/shortlist/?noc=21231&noc=22300&noc=63200&on=2024-01-15",
    "/programs/",
    "/programs/federal-skilled-worker/",
    "/how-it-works/crs/",
    "/glossary/",
    "/timeline/",
    "/tools/invited/?crs=486&per_page=all",
    "/tools/invited/?crs=486&_export=xlsx",
    "/tools/crs/?age=30&education=masters",
    "/tools/fsw/",
    "/tools/language/",
    "/about/data/",
    "/about/worked-cases/",
    "/changes/",
    "/feeds/draws.atom",
    "/feeds/draws.ics",
    "/sitemap.xml",
    "/api/v1/draws?limit=1000",
    "/api/v1/invited?crs=486",
    "/api/v1/occupations?limit=1000",
    "/api/v1/openapi.json",
    "/api/v1/docs",
]
COMPRESSED = {"Accept-Encoding": "br"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


def wait(address):
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/healthz/")
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


def cold(address):
    """The best of some first answers: a query that no page reads keeps the cache from helping."""
    times = {}
    for page in COLD:
        separator = "&" if "?" in page else "?"
        times[page] = min(get(f"{address}{page}{separator}cold={turn}")[0] for turn in range(7))
    return times


def misses(url):
    """Processor time of an answer that no cache has, the best of five, and its size as sent."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.uncached",
    }
    print(f"\n{'miss':64} {'ms':>6} {'kB':>6}", flush=True)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.misses", *MISSES], cwd=ROOT, env=environment, check=True)


def multiply(database):
    """A hundred times the draws, by copies under other numbers."""
    with sqlite3.connect(database) as record:
        record.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)), deterministic=True)
        columns = [row[1] for row in record.execute("PRAGMA table_info(draws_draw)") if row[1] not in ("id", "number")]
        names, numbers = ", ".join(columns), new_numbers()
        held = [row[0] for row in record.execute("SELECT id FROM draws_draw")]
        for _ in range(COPIES - 1):
            for pk in held:
                copy = f"INSERT INTO draws_draw (number, {names}) SELECT ?, {names} FROM draws_draw WHERE id = ?"  # noqa: S608
                made = record.execute(copy, [next(numbers), pk]).lastrowid
                covered = "INSERT INTO draws_draw_programs (draw_id, program_id) SELECT ?, program_id FROM draws_draw_programs WHERE draw_id = ?"  # noqa: E501
                record.execute(covered, [made, pk])
        count = record.execute("SELECT COUNT(*) FROM draws_draw").fetchone()[0]
    record.close()
    return count


def new_numbers():
    return (f"{number}{letter}" for letter in "abcdefgh" for number in range(1000, 10000))


def prepare(url):
    """The record in an empty database, and the static files."""
    for command in (["migrate"], ["load_record"], ["collectstatic", "--noinput"]):
        given = os.environ | {"DATABASE_URL": url}
        subprocess.run([sys.executable, "manage.py", *command, "-v0"], cwd=ROOT, env=given, check=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "record.sqlite3"
        prepare(f"sqlite:///{database}")
        with site(f"sqlite:///{database}") as (address, _pid):
            today = cold(address)
        misses(f"sqlite:///{database}")
        count = multiply(database)
        with site(f"sqlite:///{database}") as (address, _pid):
            then = cold(address)
    print(f"\ncold pages, milliseconds{'':16} today {count // COPIES} draws, then {count}")
    for page in COLD:
        print(f"{page:40} {1000 * today[page]:6.0f} {1000 * then[page]:6.0f} ({then[page] / today[page]:.2f})")


if __name__ == "__main__":
    main()
