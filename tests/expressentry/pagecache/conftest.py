"""A site of its own on either database, which a test can take away from it, and a Redis to break."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
import redis as redis_client
from django.db import connection, connections

from tests.conftest import ROOT, kept_record
from tests.servers import copy_of_record, free_port, running, server_environment

HOST = {"host": "127.0.0.1"}  # visitors know several servers by one name


@pytest.fixture(scope="module")
def environment(django_db_setup, django_db_blocker, tmp_path_factory):
    """The environment of a server that has a copy of the record to itself."""
    folder = tmp_path_factory.mktemp("site")
    if connection.vendor == "sqlite":
        yield copy_of_record(folder)
        return
    with django_db_blocker.unblock(), copy_on_postgres() as url:
        yield server_environment(folder) | {"DATABASE_URL": url}


@contextmanager
def copy_on_postgres():
    """A copy is taken of a database that nobody uses: the connections of the tests are made anew when they go on."""
    connections.close_all()
    given, name = connection.settings_dict, f"page_cache_{os.getpid()}"
    server = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{given["NAME"]}"')
        yield f"{server}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def site(environment):
    with running(environment, workers="2") as address:
        yield address


@pytest.fixture
def run(environment):
    """Runs Python lines in a process of their own, as an editor's worker or a command would."""

    def run(lines):
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", lines]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    return run


def get(url, **headers):
    """One answer on a connection of its own, so that any worker may give it."""
    return httpx.get(url, headers={name.replace("_", "-"): value for name, value in headers.items()}, timeout=30)


class Proxy:
    """Passes bytes on to a server, until it is told to ``cut`` its connections or to ``freeze`` them."""

    def __init__(self, host, port):
        self.target, self.is_open, self.flows = (host, port), True, threading.Event()
        self.flows.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.sockets = self.listener.getsockname()[1], []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            if not self.is_open:
                client.close()
                continue
            pair = (client, socket.create_connection(self.target))
            self.sockets += pair
            threading.Thread(target=self.carry, args=pair, daemon=True).start()

    def carry(self, *pair):
        try:
            while True:
                for ready in select.select(pair, [], [])[0]:
                    self.flows.wait()
                    data = ready.recv(65536)
                    if not data:
                        raise OSError
                    pair[ready is pair[0]].sendall(data)
        except (OSError, ValueError):
            for end in pair:
                end.close()

    def cut(self):
        self.is_open = False
        for end in self.sockets:
            with_shutdown(end)

    def freeze(self):
        self.flows.clear()

    def mend(self):
        self.is_open = True
        self.flows.set()

    def close(self):
        self.listener.close()
        self.mend()
        self.cut()


def with_shutdown(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


class Moved:
    """A SQLite file that is not there for a while."""

    def __init__(self, path):
        self.path = path

    def cut(self):
        self.path.rename(self.path.with_suffix(".away"))

    def mend(self):
        self.path.with_suffix(".away").rename(self.path)


@pytest.fixture
def breakable(environment, tmp_path):
    """The environment of a server, and how to take its database away and give it back."""
    url = urlsplit(environment["DATABASE_URL"])
    if url.scheme == "sqlite":
        path = tmp_path / "record.sqlite3"
        shutil.copy(kept_record(), path)
        yield environment | {"DATABASE_URL": f"sqlite:///{path}"}, Moved(path)
        return
    proxy = Proxy(url.hostname, url.port)
    through = url._replace(netloc=f"{url.username}:{url.password}@127.0.0.1:{proxy.port}").geturl()
    yield environment | {"DATABASE_URL": through}, proxy
    proxy.close()


class Redis:
    """A Redis that a test starts, and breaks."""

    def __init__(self, folder):
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        self.port = free_port()
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([program, *options, "--dir", folder], stdout=subprocess.DEVNULL)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis_client.Redis(port=self.port, socket_timeout=10)
        while not self.is_up():
            pass

    def is_up(self):
        try:
            return self.client.ping()
        except redis_client.RedisError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def fill(self):
        self.client.config_set("maxmemory-policy", "noeviction")
        self.client.config_set("maxmemory", "1")

    def close(self):
        self.client.close()
        self.process.send_signal(signal.SIGCONT)
        self.kill()


@pytest.fixture
def redis(tmp_path):
    server = Redis(tmp_path)
    yield server
    server.close()
