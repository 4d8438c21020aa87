"""PostgreSQL away under load: kept pages or 503 meanwhile, and the site as before once it is back."""

import signal
import time

import pytest

from tests.drills.clients import Clients, ask

KEPT = ["/", "/draws/", "/draws/254/"]


def cold(number, turn):
    """Pages that the site keeps, and pages that nobody has asked for yet."""
    return f"/draws/?crs_min={300 + number}&crs_max={500 + turn % 400}" if turn % 2 else KEPT[turn % len(KEPT)]


def restart(cluster, site):
    cluster.stop("fast")
    time.sleep(3)
    cluster.start()


def kill(cluster, site):
    cluster.kill()
    time.sleep(3)
    cluster.start()


def freeze(cluster, site):
    """Silent, as behind a network that is cut: the site says that it lives, and shows what it kept."""
    cluster.signal(signal.SIGSTOP)
    try:
        time.sleep(10)
        assert [ask(site.url, path, 10).status for path in ("/healthz/", "/draws/254/")] == [200, 200]
    finally:
        cluster.signal(signal.SIGCONT)


@pytest.mark.parametrize("fault", [restart, kill, freeze])
def test_postgresql_away_and_back(postgres, run_site, figure, fault):
    site = run_site(postgres.copy("record", f"away_{fault.__name__}"))

    with Clients(site.url, cold, count=8, pause=0.05) as clients:
        time.sleep(3)
        fault(postgres, site)
        time.sleep(2)
        back = time.monotonic()
        time.sleep(4)

    statuses = clients.statuses()
    figure(f"PostgreSQL: {fault.__name__}", answers=statuses, slowest=f"{clients.seconds(1):.2f} s")
    assert set(statuses) <= {200, 503}
    assert set(clients.statuses(since=back)) == {200}
