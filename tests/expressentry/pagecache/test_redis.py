import pickle
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from expressentry.pagecache.redis import PatientRedisCache

from .conftest import HOST, get, running


@pytest.fixture
def on_redis(environment, redis):
    return environment | {"CACHE_URL": redis.url}


def pages(redis):
    """How many pages Redis keeps; charts are there, too."""
    return sum(redis.client.ttl(key) > 0 for key in redis.client.scan_iter("expressentry:*"))


def test_page_drawn_by_one_server_is_kept_for_the_others(on_redis, redis):
    with running(on_redis) as first, running(on_redis) as second:
        drawn = get(f"{first}/about/", **HOST)
        kept = pages(redis)
        again = get(f"{second}/about/", **HOST)

        assert (kept, pages(redis), again.content) == (1, 1, drawn.content)


def test_made_up_addresses_and_a_readers_own_are_answered_and_not_kept(on_redis, redis):
    own = ["/about/?utm_source=a", "/draws/?year=2020&made=up", "/tools/crs/", "/tools/crs/?age=30", "/pool/?crs=480"]
    own += [
        "/shortlist/?noc=21231",
        "/api/v1/invited?crs=480",
        "/api/v1/occupations/suggest?q=we",
        "/api/v1/draws?x=1",
    ]
    with running(on_redis) as site:
        codes = [get(site + path).status_code for path in [*own, "/nothing/"]]
        kept = pages(redis)
        for path in ("/draws/?to=2020-01-01&year=2020", "/draws/?year=2020&to=2020-01-01", "/api/v1/draws?limit=3"):
            get(site + path)

        assert codes == [200] * len(own) + [404]
        assert (kept, pages(redis)) == (0, 2)


@pytest.mark.parametrize("fault", ["kill", "freeze", "fill"])
def test_redis_that_fails_is_a_miss_and_a_line_in_the_log(on_redis, redis, tmp_path, fault):
    with open(tmp_path / "log", "wb") as log, running(on_redis, stderr=log) as site:
        get(f"{site}/about/")
        getattr(redis, fault)()
        start = time.monotonic()
        answers = [get(site + path) for path in ("/about/", "/glossary/", "/timeline/", "/glossary/")]
        lasted = time.monotonic() - start

    said = (tmp_path / "log").read_text()
    assert [answer.status_code for answer in answers] == [200] * 4
    assert lasted < 30
    assert 1 <= said.count("Redis fails, and is left alone for 5 seconds") <= 2 + lasted / 5
    assert "Traceback" not in said


def test_failure_that_many_threads_meet_is_said_once(redis, caplog):
    cache = patient(redis)
    redis.freeze()

    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(cache.get, "abcdefgh"))

    assert answers == [None] * 8
    assert caplog.text.count("Redis fails") == 1


def test_redis_that_comes_back_is_used_again(redis):
    cache = patient(redis)
    cache.set("a", 1)
    redis.fill()
    cache.set("b", 2)
    redis.client.config_set("maxmemory", "0")

    resting = cache.get("a")
    type(cache).asks_at = 0  # five seconds later

    assert (resting, cache.get("a"), cache.get("b")) == (None, 1, None)


def test_one_thread_alone_tries_a_redis_that_failed(redis):
    cache = patient(redis)
    type(cache).asks_at = 1  # long ago

    meanwhile = cache.attempt("left alone", lambda: cache.attempt("left alone", lambda: "asked"))

    assert (meanwhile, cache.asks_at) == ("left alone", 0)


@pytest.mark.parametrize("asks_at", [0, 1], ids=["", "after a failure"])
@pytest.mark.parametrize("value", [b"\x80\x05cut", b"nothing of ours"])
def test_value_that_cannot_be_read_is_a_miss_and_a_line_in_the_log(redis, caplog, value, asks_at):
    cache = patient(redis)
    type(cache).asks_at = asks_at
    redis.client.set(cache.make_key("a"), value)

    assert (cache.get("a"), redis.client.keys()) == (None, [])
    assert caplog.text.count("Redis holds a value that cannot be read") == 1
    assert cache.asks_at == 0


def test_page_of_another_shape_is_drawn_anew(on_redis, redis):
    with running(on_redis) as first:
        drawn = get(f"{first}/about/", **HOST)
    [key] = [key for key in redis.client.scan_iter() if redis.client.ttl(key) > 0]
    redis.client.set(key, pickle.dumps(("200 OK", [], b"")))

    with running(on_redis) as second:
        assert get(f"{second}/about/", **HOST).content == drawn.content


def test_clear_takes_our_keys_alone(redis):
    cache = patient(redis)
    redis.client.set("somebody:else", "1")
    cache.set("a", 1)

    cache.clear()

    assert redis.client.keys() == [b"somebody:else"]


def patient(redis):
    PatientRedisCache.asks_at = 0
    return PatientRedisCache(redis.url, {"KEY_PREFIX": "expressentry"})
