"""The real parts that the drills start, break and start again: PostgreSQL, Redis, and the site on gunicorn."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from tests.drills.clients import ask
from tests.settings import BASE_DIR as ROOT
from tests.settings import TEST_ENVIRONMENT

POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path(shutil.which("initdb") or "/").parent)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(is_so, what, seconds=60):
    for _ in range(seconds * 10):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s: {what}")


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class Postgres:
    """A cluster of its own, in a folder."""

    def __init__(self, folder):
        self.folder, self.port, self.password = folder, free_port(), secrets.token_hex(16)
        folder.mkdir()
        (folder / "password").write_text(self.password)
        self.as_user = []
        if os.getuid() == 0:  # initdb refuses root
            self.as_user = ["runuser", "-u", "postgres", "--"]
            for path in (folder, folder / "password"):
                shutil.chown(path, "postgres")
        made = ["--username", "record", "--pwfile", folder / "password", "--auth", "scram-sha-256"]
        self._run("initdb", "--pgdata", folder / "data", *made, "--encoding", "UTF8", "--no-sync")

    def url(self, name="postgres"):
        return f"postgres://record:{self.password}@127.0.0.1:{self.port}/{name}"

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        self._run("pg_ctl", "start", "-s", "-w", "-D", self.folder / "data", "-l", self.folder / "log", "-o", options)

    def stop(self, mode="fast"):
        self._run("pg_ctl", "stop", "-s", "-w", "-D", self.folder / "data", "-m", mode)

    def kill(self):
        first = self.signal(signal.SIGKILL)
        wait_for(lambda: not Path(f"/proc/{first}").exists(), "PostgreSQL did not die")

    def signal(self, number):
        """To the first process, which it answers with, and all that it started."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        for pid in [first, *children(first)]:
            os.kill(pid, number)
        return first

    def create(self, name, source="template1"):
        self.execute(f"CREATE DATABASE {name} TEMPLATE {source}")

    def copy(self, source, name):
        """The address of a new database with all that another holds."""
        self.create(name, source)
        return self.url(name)

    def execute(self, statement):
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)

    def connections(self, name):
        """How many connections a database has."""
        with psycopg.connect(self.url()) as connection:
            asked = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name])
            return asked.fetchone()[0]

    def _run(self, program, *args):
        subprocess.run([*self.as_user, POSTGRES / program, *args], cwd="/", check=True, stdout=subprocess.DEVNULL)


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Redis:
    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, *options):
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.folder]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
        wait_for(lambda: listens(self.port), "Redis did not start")

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.process.wait()


def environment(database_url, folder, **settings):
    """What a site needs to know; what it writes lies in the folder."""
    given = {**os.environ, **TEST_ENVIRONMENT, "DJANGO_SETTINGS_MODULE": "expressentry.settings"}
    return given | {
        "DATABASE_URL": database_url,
        "DJANGO_DATA": str(folder),
        "DJANGO_STATIC_ROOT": str(folder / "static"),
        "WEB_CONCURRENCY": "2",
        **settings,
    }


def manage(environment, *command, code=ROOT, **options):
    return subprocess.run([sys.executable, "manage.py", *command], cwd=code, env=environment, check=True, **options)


class Site:
    """The site on gunicorn, on a socket that stays open while releases come and go."""

    def __init__(self, environment, log, code=ROOT):
        self.environment, self.log, self.code, self.process = environment, log, code, None
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.host = f"127.0.0.1:{self.socket.getsockname()[1]}"

    @property
    def url(self):
        return f"http://{self.host}"

    def start(self, code=None):
        """Pass the socket on as systemd does: as file 3, in the first process of the site."""
        self.code = code or self.code
        handed = f'exec 3<&{self.socket.fileno()}; export LISTEN_FDS=1 LISTEN_PID=$$; exec "$0" -m gunicorn'
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["bash", "-c", handed, sys.executable],
                cwd=self.code,
                env=self.environment | {"PWD": str(self.code)},
                pass_fds=[self.socket.fileno()],
                stderr=log,
            )
        wait_for(lambda: ask(self.url, "/healthz/", 2).status == 200, "the site did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    def close(self):
        self.stop()
        self.socket.close()

    def workers(self):
        return children(self.process.pid)

    def megabytes(self):
        """The largest worker: its own memory and what it shares."""
        return max(resident(pid) for pid in self.workers())


def resident(pid):
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024
