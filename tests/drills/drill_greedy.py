"""Greedy, slow and made-up requests: other readers go on reading, and memory stays bounded."""

import resource
import socket
import time
from contextlib import ExitStack, suppress

from tests.drills.clients import Clients, ask

READ = ["/", "/draws/254/"]
MOST_MEMORY = 200  # megabytes of a worker
UNFINISHED = [
    b"GET / HT",
    b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\na",
]
LARGE = b"POST /check/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10000000\r\n\r\n" + b"x" * 10_000_000


def uncached(number, turn):
    return f"/draws/?crs_min={number * 4}&crs_max={400 + turn % 800}&per_page=all"


def made_up(number, turn):
    pages = ["/", "/draws/", "/sitemap.xml", "/draws/254/", "/occupations/21231/", "/fr/", "/pool/", "/statistics/"]
    return f"{pages[turn % len(pages)]}?made-up-{number}={turn}"


def test_greedy_clients_and_a_bystander(sqlite_record, run_site, run_nginx, figure):
    site = run_site(f"sqlite:///{sqlite_record / 'record.sqlite3'}", DJANGO_TRUSTED_PROXIES="127.0.0.1")
    nginx = run_nginx(site)

    direct = bystander(site.url)
    behind = bystander(nginx)

    figure(
        "50 clients ask uncached addresses",
        bystander_95=f"{direct.seconds(0.95):.2f} s",
        bystander_95_behind_nginx=f"{behind.seconds(0.95):.2f} s",
    )
    assert {**direct.statuses(), **behind.statuses()}.keys() == {200}


def bystander(url):
    """One reader's answers while one address asks for 50 pages at once, again and again."""
    with Clients(url, READ, count=1, network=2):
        time.sleep(2)
    with (
        Clients(url, uncached, count=50, own_addresses=False),
        Clients(url, READ, count=1, pause=0.1, network=2) as one,
    ):
        time.sleep(12)
    return one


def test_slow_clients_cannot_hold_the_site(sqlite_record, run_site, figure):
    site = run_site(f"sqlite:///{sqlite_record / 'record.sqlite3'}")
    for path in READ * 2:
        ask(site.url, path)
    port = int(site.host.rpartition(":")[2])
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(60)]
    for number, client in enumerate(slow):
        client.sendall(
            b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\na"
            if number % 2
            else b"GET / HT"
        )

    with Clients(site.url, READ, count=1, pause=0.05) as reader:
        for _second in range(15):
            time.sleep(1)
            alive = [client for client in slow if drips(client)]

    figure("60 slow clients", bystander_slowest=f"{reader.seconds(1):.2f} s", still_connected=len(alive))
    assert set(reader.statuses()) == {200}
    assert len(alive) == 0
    for client in slow:
        client.close()


def test_more_clients_than_a_process_may_have_files(sqlite_record, run_site, figure):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # the clients are all of this process
    site = run_site(f"sqlite:///{sqlite_record / 'record.sqlite3'}", WEB_CONCURRENCY="1")
    workers, port = site.workers(), int(site.host.rpartition(":")[2])
    resource.prlimit(workers[0], resource.RLIMIT_NOFILE, (1000, 1000))

    with ExitStack() as opened:
        for _ in range(1100):
            opened.enter_context(socket.create_connection(("127.0.0.1", port))).sendall(b"G")
        with Clients(site.url, READ, count=1, pause=0.05) as reader:
            time.sleep(25)

    figure("1,100 clients, 1,000 files", bystander_slowest=f"{reader.seconds(1):.2f} s", answers=reader.statuses())
    assert set(reader.statuses()) == {200}
    assert site.workers() == workers


def drips(client):
    """Send one byte more; whether the site still listens."""
    try:
        client.setblocking(False)
        client.send(b"a")
        return client.recv(1000) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_made_up_addresses_fill_no_memory(sqlite_record, run_site, figure):
    site = run_site(f"sqlite:///{sqlite_record / 'record.sqlite3'}", WEB_CONCURRENCY="1")
    before = site.megabytes()

    with Clients(site.url, made_up, count=4) as clients:
        while len(clients.answers) < 3000:
            time.sleep(0.5)

    after = site.megabytes()
    figure(
        "3,000 made-up addresses", worker_before=f"{before} MB", worker_after=f"{after} MB", answers=clients.statuses()
    )
    assert set(clients.statuses()) == {200}
    assert after <= MOST_MEMORY


def test_flood_of_large_requests_leaves_no_memory_behind(sqlite_record, run_site, figure):
    site = run_site(f"sqlite:///{sqlite_record / 'record.sqlite3'}", WEB_CONCURRENCY="1")
    before = site.megabytes()
    port = int(site.host.rpartition(":")[2])

    with ExitStack() as opened:
        for _ in range(60):
            client = opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            with suppress(ConnectionError):
                client.sendall(LARGE)
        time.sleep(5)  # less than the ten seconds that one who does not close may stay
        after = site.megabytes()

    figure("60 requests of 10 MB", worker_before=f"{before} MB", worker_after=f"{after} MB")
    assert after <= MOST_MEMORY
