"""PostgreSQL away under load: kept pages or 503 meanwhile, and the site as before once it is back."""

import signal
import time

import pytest

from tests.drills.clients import Clients, ask
from tests.drills.servers import wait_for

KEPT = ["/", "/draws/", "/draws/254/"]


def cold(number, turn):
    """Pages that the site keeps, and pages that nobody has asked for yet."""
    return f"/draws/?crs_min={300 + number}&crs_max={500 + turn % 400}" if turn % 2 else KEPT[turn % len(KEPT)]


def restart(cluster):
    cluster.stop("fast")
    time.sleep(3)
    cluster.start()


def kill(cluster):
    cluster.kill()
    time.sleep(3)
    cluster.start()


@pytest.mark.parametrize("fault", [restart, kill])
def test_postgresql_away_and_back(postgres, run_site, figure, fault):
    site = run_site(postgres.copy("record", f"away_{fault.__name__}"))

    with Clients(site.url, cold, count=8, pause=0.05) as clients:
        time.sleep(3)
        fault(postgres)
        time.sleep(2)
        back = time.monotonic()
        time.sleep(4)

    statuses = clients.statuses()
    figure(f"PostgreSQL: {fault.__name__}", answers=statuses, slowest=f"{clients.seconds(1):.2f} s")
    assert set(statuses) <= {200, 503}
    assert set(clients.statuses(since=back)) == {200}


def test_silent_postgresql(postgres, run_site, figure):
    """As behind a network that is cut: whoever waits or asks meanwhile gets what is kept, or a 503."""
    site = run_site(postgres.copy("record", "silent"), DJANGO_STATEMENT_TIMEOUT="3000", WEB_CONCURRENCY="1")
    assert {ask(site.url, path).status for path in KEPT} == {200}
    try:
        with Clients(site.url, cold, count=8, pause=0.05) as clients:
            time.sleep(3)  # each thread of the workers has its connection by now
            postgres.signal(signal.SIGSTOP)
            time.sleep(30)
            meanwhile = [ask(site.url, path, 10).status for path in ("/healthz/", "/draws/254/")]
    finally:
        postgres.signal(signal.SIGCONT)
    healed = lambda: {ask(site.url, cold(9, turn)).status for turn in range(8)} == {200}  # noqa: E731
    wait_for(healed, "the site did not recover by itself")

    figure("PostgreSQL: silent", answers=clients.statuses(), slowest=f"{clients.seconds(1):.2f} s")
    assert set(clients.statuses()) <= {200, 503}
    assert clients.seconds(1) < 15
    assert meanwhile == [200, 200]
