"""Drills: break a part of the running site, and count what its readers notice. ``make drills`` runs them."""

import secrets
import shutil
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import ROOT
from tests.drills.clients import ask
from tests.drills.servers import Postgres, Redis, Site, environment, manage
from tests.test_nginx import nginx


def pytest_addoption(parser):
    parser.addoption("--write-figures", action="store_true", help="Keep the figures of this run in docs/drills.md.")


FIGURES = []


@pytest.fixture
def figure(request):
    """A function that writes down what a drill measured."""

    def write(drill, **measured):
        FIGURES.append((drill, measured))

    return write


def pytest_terminal_summary(terminalreporter, config):
    if not FIGURES:
        return
    rows = [f"| {drill} | {in_words(measured)} |" for drill, measured in FIGURES]
    table = "\n".join(["| drill | measured |", "|---|---|", *rows]) + "\n"
    terminalreporter.write_line(f"\n{table}")
    if config.getoption("--write-figures"):
        page = ROOT / "docs" / "drills.md"
        page.write_text(page.read_text(encoding="utf-8").partition("| drill |")[0] + table, encoding="utf-8")


def in_words(measured):
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in measured.items())


@pytest.fixture(scope="session")
def sqlite_record(tmp_path_factory):
    """A SQLite file with the whole record, for copies."""
    folder = tmp_path_factory.mktemp("record")
    manage(environment(f"sqlite:///{folder / 'record.sqlite3'}", folder), "prepare", capture_output=True)
    return folder


@pytest.fixture(scope="session")
def postgres():
    """A cluster whose database ``record`` holds the whole record, for copies."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as a user of its own
        cluster = Postgres(folder / "cluster")
        cluster.start()
        (folder / "site").mkdir()
        cluster.create("record")
        manage(environment(cluster.url("record"), folder / "site"), "prepare", capture_output=True)
        yield cluster
        cluster.stop("immediate")


@pytest.fixture
def redis(tmp_path):
    server = Redis(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request, tmp_path):
    """The address of a database of the drill's own, with the whole record; of each kind in turn."""
    if request.param == "SQLite":
        shutil.copy(request.getfixturevalue("sqlite_record") / "record.sqlite3", tmp_path / "record.sqlite3")
        return f"sqlite:///{tmp_path / 'record.sqlite3'}"
    return request.getfixturevalue("postgres").copy("record", f"drill_{secrets.token_hex(4)}")


@pytest.fixture
def run_site(tmp_path):
    """A function that starts a site on a database; all of them are stopped in the end."""
    running = []

    def run(database_url, code=ROOT, **settings):
        folder = tmp_path / f"site{len(running)}"
        folder.mkdir()
        site = Site(environment(database_url, folder, **settings), folder / "log", code)
        manage(site.environment, "collectstatic", "-v0", "--noinput", code=code)
        running.append(site)
        site.start()
        ask(site.url, "/")  # its first chart takes longer than anything that a drill looks for
        return site

    yield run
    for site in running:
        site.close()


@pytest.fixture
def run_nginx(tmp_path):
    """A function that starts nginx before some sites; its address. It is stopped in the end."""
    with ExitStack() as running:
        yield lambda *sites: running.enter_context(nginx(tmp_path / "nginx", *(site.url for site in sites)))
