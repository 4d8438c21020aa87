"""Warm pages beside what can be had at best, and the memory of a worker: ``python -m tests.benchmarks.warm``.

On SQLite, then on PostgreSQL. Prints, judges nothing.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.benchmarks.pages import PAGES, ROOT, get, prepare, requests_per_second, site, wait
from tests.drills.servers import Postgres, free_port

TURNS = 5  # the best one counts, for machines have their moods
MADE_UP = 3000
OF_THE_SERVER = {"server", "date", "connection", "transfer-encoding"}
NGINX = """daemon off; worker_processes 1; pid {folder}/pid; error_log stderr; events {{}}
http {{ access_log off; default_type text/html; client_body_temp_path {folder}/t; proxy_temp_path {folder}/t;
fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
server {{ listen 127.0.0.1:{port}; root {folder};
location = /healthz/ {{ return 200; }} location / {{ try_files /body =404; }} }} }}
"""


@contextmanager
def server(command, environment, port):
    running = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.wait(10)


def bare(folder):
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        str(folder / "gunicorn.py"),
        "tests.benchmarks.bare:application",
    ]
    given = {"BARE_FOLDER": str(folder), "PORT": str(port), "WEB_CONCURRENCY": "1"}
    given["DJANGO_SETTINGS_MODULE"] = "expressentry.settings"  # the worker asks which proxies are trusted
    return server(command, os.environ | given, port)


def nginx(folder):
    """The same bytes from a file; nothing where there is no nginx."""
    if not shutil.which("nginx"):
        return nullcontext()
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    folder.chmod(0o755)  # nginx may run as a user of its own
    (folder / "body").chmod(0o644)
    return server(["nginx", "-c", str(folder / "nginx.conf")], os.environ, port)


def keep_answer(url, folder):
    """Put the bytes of an answer where the others find them."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        headers = [pair for pair in answer.headers.items() if pair[0].lower() not in OF_THE_SERVER]
        (folder / "body").write_bytes(answer.read())
    (folder / "headers").write_text(json.dumps(headers))
    # The site's own configuration, without what a worker of the site does after its start.
    configuration = (ROOT / "gunicorn.conf.py").read_text().partition("def post_worker_init")[0]
    (folder / "gunicorn.py").write_text(configuration)
    return answer.headers["ETag"]


def speed(address):
    print(f"{'requests per second':28} {'nginx':>7} {'bare':>7} {'one line':>14} {'warm':>14} {'304':>14}")
    for page in PAGES:
        with tempfile.TemporaryDirectory() as name:
            etag = keep_answer(address + page, Path(name))
            with bare(Path(name)) as plain, nginx(Path(name)) as file:
                rates = best(plain, file, address, page, etag)
        best_bare, file_rate, *ours = rates
        print(
            f"{page:28} {file_rate:7.0f} {best_bare:7.0f}", *(f"{rate:7.0f} ({rate / best_bare:.2f})" for rate in ours)
        )


def best(plain, file, address, page, etag):
    """The best turn of: the bare function, nginx, the one-line view, the page, and that it is unchanged."""
    asked = [(plain, {}), (file, {}), (f"{address}/healthz/one-line/", {}), (address + page, {})]
    asked.append((address + page, {"If-None-Match": etag}))
    turns = [[requests_per_second(url, **headers) if url else 0 for url, headers in asked] for _ in range(TURNS)]
    return map(max, zip(*turns, strict=True))


def memory(address, pid):
    """What the worker takes after every address of the sitemap and many made-up ones."""
    before, sitemap = megabytes(pid), urllib.request.urlopen(f"{address}/sitemap.xml").read().decode()
    for path in re.findall("<loc>https?://[^/]*(.*?)</loc>", sitemap):
        get(address + path)
    after = megabytes(pid)
    for turn in range(MADE_UP):
        get(
            f"{address}/draws/?crs_min={turn % 1200}&made_up={turn}"
            if turn % 2
            else f"{address}/draws/?crs_max={turn}"
        )
    print(f"\nmegabytes of a worker: {before:.0f} at first, {after:.0f} after the sitemap, "
          f"{megabytes(pid):.0f} after {MADE_UP} made-up addresses")  # fmt: skip


def megabytes(pid):
    """Of the largest process below this one: the worker, which shares some of it with the others."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    status = [Path(f"/proc/{child}/status").read_text() for child in children]
    return max(int(re.search(r"VmRSS:\s+(\d+)", text)[1]) for text in status) / 1024


def measure(name, url):
    print(f"\n{name}")
    prepare(url)
    with site(url) as (address, pid):
        speed(address)
        memory(address, pid)


@contextmanager
def postgres():
    """The address of an empty database of a cluster that is thrown away."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)  # PostgreSQL runs as a user of its own
        cluster = Postgres(Path(name) / "cluster")
        cluster.start()
        try:
            yield cluster.url()
        finally:
            cluster.stop("immediate")


def main():
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/record.sqlite3")
    with postgres() as url:
        measure("PostgreSQL", url)


if __name__ == "__main__":
    main()
