"""The shipped deploy/nginx.conf in a real nginx, before real sites; only ports and folders are replaced."""

import json
import os
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.conftest import ROOT
from tests.servers import copy_of_record, running

pytestmark = pytest.mark.django_db  # which loads the record that the sites copy
# Debian keeps it out of the search path of those who are not root.
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
CERTIFICATE = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=record.example", "-days", "2"]
UNVERIFIED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
UNVERIFIED.check_hostname, UNVERIFIED.verify_mode = False, ssl.CERT_NONE


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def lay_out(folder, *sites, more=""):
    """The folder of an nginx before these sites, and its HTTPS port; ``more`` are settings of a test."""
    folder.mkdir()
    (folder / "tls").mkdir()
    files = ["-keyout", folder / "tls" / "key.pem", "-out", folder / "tls" / "certificate.pem"]
    subprocess.run([*CERTIFICATE, *files], check=True, capture_output=True)
    port = free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    servers = "\n".join(f"server {site.removeprefix('http://')} max_fails=2 fail_timeout=5s;" for site in sites)
    for theirs, ours in [
        (r"listen \[::\].*", ""),
        (r"listen 80;", f"listen 127.0.0.1:{free_port()};"),
        (r"listen 443 ", f"listen 127.0.0.1:{port} "),
        (r"server unix:.*;", servers),
        (r"/var/cache/nginx|/run(?=/nginx)|/etc/nginx(?=/tls|/modules-enabled)", str(folder)),
        (r"/var/lib/record-static", str(folder.parent / "static")),
        (r"user www-data;", "user root;" if os.geteuid() == 0 else ""),
    ]:
        text, changed = re.subn(theirs, ours, text)
        assert changed, theirs
    text = text.replace("http {", f"http {{ {more}", 1)
    for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        text = text.replace("http {", f"http {{ {kind}_temp_path {folder / kind};", 1)
    (folder / "nginx.conf").write_text(f"daemon off;\n{text}", encoding="utf-8")
    return port


@contextmanager
def nginx(folder, *sites, more=""):
    port = lay_out(folder, *sites, more=more)
    server = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "errors"])
    try:
        wait_for(port)
        yield f"https://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nginx did not start")


@contextmanager
def stand_in(body):
    """A site that has whatever it is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def ask(url, **headers):
    """Status, headers and body of the answer, whatever the status."""
    try:
        request = urllib.request.Request(url, headers=headers)
        answer = urllib.request.urlopen(request, timeout=30, context=UNVERIFIED)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.headers, answer.read()


@pytest.fixture(scope="module")
def environment(django_db_setup, tmp_path_factory):
    settings = {"DJANGO_HTTPS": "1", "DJANGO_TRUSTED_PROXIES": "127.0.0.1"}
    return copy_of_record(tmp_path_factory.mktemp("site")) | settings


@pytest.fixture(scope="module")
def folder(environment):
    return Path(environment["BROWSER_STATIC_ROOT"]).parent


@pytest.fixture(scope="module")
def before_one_site(environment, folder):
    with running(environment) as site, nginx(folder / "nginx", site) as address:
        yield address


def test_configuration_passes_nginx_own_check(tmp_path):
    lay_out(tmp_path / "nginx", "127.0.0.1:1", "127.0.0.1:2")

    check = [NGINX, "-t", "-q", "-p", tmp_path / "nginx", "-c", tmp_path / "nginx" / "nginx.conf"]
    said = subprocess.run(check, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stderr) == (0, "")


def test_page_is_kept_and_a_save_is_seen_within_a_second(before_one_site, folder):
    first = [ask(f"{before_one_site}/draws/254/")[1]["X-Cache"] for _ in range(10)]
    with sqlite3.connect(folder / "record.sqlite3", isolation_level=None) as database:
        database.execute("UPDATE draws_draw SET invitations = 54321 WHERE number = '254'")
        database.execute("UPDATE editing_dataversion SET number = number + 1")
    database.close()
    saved = time.monotonic()
    while b"54,321" not in ask(f"{before_one_site}/draws/254/")[2]:
        assert time.monotonic() < saved + 30

    assert "HIT" in first
    assert time.monotonic() - saved < 10  # a second, and the answer of a busy machine


OWN = ["/tools/crs/?age=30", "/fr/tools/invited/?crs=480", "/shortlist/?noc=21231", "/search/?q=a", "/pool/?crs=480"]


@pytest.mark.parametrize("path", ["/admin/login/", "/healthz/", "/readyz/", *OWN, "/api/v1/invited?crs=480"])
def test_answer_for_one_reader_is_not_kept(before_one_site, path):
    answers = [ask(f"{before_one_site}{path}") for _ in range(3)]

    assert {status for status, *_ in answers} == {200}
    assert {headers["X-Cache"] for _, headers, _ in answers} <= {None, "MISS"}


@pytest.mark.parametrize(
    ("accepted", "packing"), [("gzip, br, zstd", "zstd"), ("gzip, br;q=0", None), ("gzip", "gzip")]
)
def test_page_is_packed_as_the_reader_asks(before_one_site, accepted, packing):
    answers = [ask(f"{before_one_site}/about/", **{"Accept-Encoding": accepted}) for _ in range(2)]

    assert [headers["Content-Encoding"] for _, headers, _ in answers] == [packing, packing]


def test_unchanged_page_answers_304(before_one_site):
    etag = ask(f"{before_one_site}/glossary/")[1]["ETag"]

    assert ask(f"{before_one_site}/glossary/", **{"If-None-Match": etag})[0] == 304


def test_static_file_comes_from_the_disk(before_one_site, folder):
    name = json.loads((folder / "static" / "staticfiles.json").read_text())["paths"]["css/site.css"]

    status, headers, _ = ask(f"{before_one_site}/static/{name}", **{"Accept-Encoding": "gzip"})

    assert (status, headers["Content-Encoding"], headers["Server"]) == (200, "gzip", "nginx")
    assert "immutable" in headers["Cache-Control"]
    assert ask(f"{before_one_site}/static/nothing.css")[0] == 404


def ask_at_once(address, path, times, source):
    """Ask from one address for as many pages, over as many connections: these."""
    host = address.removeprefix("https://")
    greedy = [HTTPSConnection(host, context=UNVERIFIED, source_address=(source, 0)) for _ in range(times)]
    for connection in greedy:
        connection.request("GET", f"{path}{id(connection)}")
    return greedy


def statuses_of(connections):
    found = {connection.getresponse().status for connection in connections}
    for connection in connections:
        connection.close()
    return found


def test_greedy_address_is_limited_and_another_is_not(before_one_site):
    greedy = ask_at_once(before_one_site, "/draws/?made-up=", 150, "127.0.0.9")
    other = ask(f"{before_one_site}/about/")[0]

    assert statuses_of(greedy) == {200, 429}
    assert other == 200


def test_network_of_one_subscriber_is_limited_as_one(folder):
    said_by_header = "set_real_ip_from 127.0.0.1; real_ip_header X-From;"
    with stand_in(b"sign in") as site, nginx(folder / "subscriber", site, more=said_by_header) as address:
        sign_in = f"{address}/admin/login/"
        greedy = [ask(sign_in, **{"X-From": f"2001:db8:1:2::{number}"})[0] for number in range(30)]
        others = [ask(sign_in, **{"X-From": other})[0] for other in ("2001:db8:1:3::1", "192.0.2.1", "192.0.2.2")]

    assert (greedy[:11], 429 in greedy, others) == ([200] * 11, True, [200, 200, 200])


@pytest.mark.parametrize(
    ("packed", "plain"), [("/draws/?crs_max=", "/draws/?crs_max=gzip"), ("/about/", "/about/gzip")]
)
def test_no_address_reads_as_another_with_its_packing(before_one_site, packed, plain):
    answers = ask(before_one_site + plain), ask(before_one_site + packed, **{"Accept-Encoding": "gzip"})

    assert [answer[1]["Content-Encoding"] for answer in answers] == [None, "gzip"]


def test_made_up_static_files_are_limited_as_pages_are(before_one_site):
    began = time.monotonic()
    greedy = ask_at_once(before_one_site, "/static/made-up.css?", 39, "127.0.0.10")

    assert statuses_of(greedy) == {404}
    assert time.monotonic() - began > 2  # ten at once, and ten a second from then on


def test_static_file_of_the_second_site_alone_is_found(environment, folder):
    with running(environment) as old, stand_in(b"newer") as new, nginx(folder / "newer", old, new) as address:
        answers = {ask(f"{address}/static/newer.css")[::2] for _ in range(4)}

    assert answers == {(200, b"newer")}


def test_other_site_takes_over_and_pages_outlive_both(environment, folder):
    sites = ExitStack()
    site = sites.enter_context(running(environment))
    with sites, nginx(folder / "two", "127.0.0.1:1", site) as address:
        pages = [ask(f"{address}/draws/{number}/")[0] for number in range(250, 256)]
        ask(f"{address}/about/")
        sites.close()
        time.sleep(1.1)
        kept, missing = ask(f"{address}/about/"), ask(f"{address}/timeline/")

    assert set(pages) == {200}
    assert (kept[0], kept[1]["X-Cache"], missing[0]) == (200, "STALE", 502)
