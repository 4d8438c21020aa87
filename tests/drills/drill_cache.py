"""Redis killed, frozen or full: a slower site, and nothing else."""

import signal
import time

import pytest

from tests.drills.clients import Clients

PAGES = [
    "/",
    "/draws/",
    "/draws/254/",
    "/categories/stem/2023/",
    "/occupations/21231/",
    "/fr/draws/254/",
    "/api/v1/draws",
]


def kill(redis):
    redis.kill()


def freeze(redis):
    redis.signal(signal.SIGSTOP)


def fill(redis):
    redis.kill()
    redis.start("--maxmemory", "1mb", "--maxmemory-policy", "noeviction")


def heal(redis):
    if redis.process.poll() is None:
        redis.signal(signal.SIGCONT)
    else:
        redis.start()


@pytest.mark.parametrize("fault", [kill, freeze, fill])
def test_redis_at_fault_is_a_slower_site(sqlite_record, redis, run_site, figure, fault):
    site = run_site(f"sqlite:///{sqlite_record / 'record.sqlite3'}", CACHE_URL=redis.url)

    with Clients(site.url, PAGES, count=8, pause=0.02) as clients:
        time.sleep(3)
        fault(redis)
        time.sleep(8)
        healed = time.monotonic()
        heal(redis)
        time.sleep(4)

    statuses, slowest = clients.statuses(), clients.seconds(1)
    figure(f"Redis: {fault.__name__}", answers=statuses, slowest=f"{slowest:.2f} s")
    assert set(statuses) == {200}
    assert set(clients.statuses(since=healed)) == {200}
