"""Fetching, from a real server on this machine."""

import gzip
import socket
import time

import pytest
from tenacity import wait_none

from draws.feed import fetch as feed_fetch
from draws.feed.fetch import Fetched, fetch, keep, kept_copy
from draws.feed.network import Network, PrivateAddress
from tests.draws.feed_rows import file_of, row
from tests.draws.feed_server import feed_server

FEED = file_of(row())


@pytest.fixture
def server():
    with feed_server() as answers:
        answers.content = FEED
        yield answers


@pytest.fixture
def ask(server, tmp_path):
    def get(address="", by_operator=True):
        """The feed of the server, its attempts not waiting for each other."""
        return fetch(address or server.address, tmp_path, by_operator, back_off=wait_none())

    return get


def said(fault):
    return fault.value.message % fault.value.params


def test_feed_is_fetched(server, ask):
    server.headers = {"ETag": '"1"', "Last-Modified": "Fri, 09 Oct 2026 12:00:00 GMT"}

    assert ask() == Fetched(server.address, FEED, '"1"', "Fri, 09 Oct 2026 12:00:00 GMT")
    assert server.asked[0]["User-Agent"] == feed_fetch.AGENT


def test_unchanged_feed_is_taken_from_the_copy_kept(server, ask, tmp_path):
    server.headers = {"ETag": '"1"', "Last-Modified": "Fri, 09 Oct 2026 12:00:00 GMT"}
    keep(ask(), tmp_path)
    server.content = b"never sent"

    again = ask()

    assert (again.content, again.unchanged) == (FEED, True)
    asked = server.asked[1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "Fri, 09 Oct 2026 12:00:00 GMT")


def test_changed_feed_is_fetched_anew(server, ask, tmp_path):
    server.headers = {"ETag": '"1"'}
    keep(ask(), tmp_path)
    server.headers, server.content = {"ETag": '"2"'}, file_of(row(drawCRS="487"))

    again = ask()

    assert (again.content, again.unchanged) == (file_of(row(drawCRS="487")), False)


@pytest.mark.parametrize("suffix", [".json", ".about"])
def test_damaged_copy_is_not_used(server, ask, tmp_path, suffix):
    server.headers = {"ETag": '"1"'}
    keep(ask(), tmp_path)
    path = feed_fetch.copy_path(server.address, tmp_path).with_suffix(suffix)
    path.write_bytes(path.read_bytes()[:40])

    assert kept_copy(server.address, tmp_path) is None
    assert (ask().content, "If-None-Match" in server.asked[1]) == (FEED, False)


def test_copies_of_two_addresses_are_two_files(server, tmp_path):
    keep(Fetched(server.address, b"one"), tmp_path)
    keep(Fetched(server.address + "?", b"two"), tmp_path)

    assert kept_copy(server.address, tmp_path).content == b"one"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".about", ".about", ".json", ".json"]


def test_copy_that_cannot_be_written_is_only_missed(tmp_path):
    (tmp_path / "file").write_text("")

    keep(Fetched("https://www.canada.ca/x.json", b"one"), tmp_path / "file")

    assert kept_copy("https://www.canada.ca/x.json", tmp_path / "file") is None


@pytest.mark.parametrize("statuses", [[503], [500, 429]])
def test_fault_that_passes_is_tried_again(server, ask, statuses):
    server.statuses = [*statuses]

    assert ask().content == FEED
    assert len(server.asked) == len(statuses) + 1


def test_fault_that_stays_is_told(server, ask):
    server.statuses = [503] * 9

    with pytest.raises(feed_fetch.Unreachable) as fault:
        ask()

    assert len(server.asked) == feed_fetch.ATTEMPTS
    assert said(fault) == (
        f"The feed could not be fetched from {server.address}: HTTP 503. The record stays as it is; try again later."
    )


def test_moved_feed_is_told_at_once(server, ask):
    server.statuses = [404]

    with pytest.raises(feed_fetch.NoSuchFeed) as fault:
        ask()

    assert len(server.asked) == 1
    assert said(fault) == (
        f"The address of the feed answered 404. It may have moved; check the address: {server.address}"
    )


def test_endless_answer_is_left_at_the_limit(server, ask):
    server.endless = True

    with pytest.raises(feed_fetch.DownloadTooLarge):
        ask()


def test_compressed_answer_is_not_unpacked(server, ask):
    server.headers, server.content = {"Content-Encoding": "gzip"}, gzip.compress(b" " * 50_000_000)

    with pytest.raises(feed_fetch.Unreachable, match="the answer is compressed, which was not asked for"):
        ask()

    assert server.asked[0]["Accept-Encoding"] == "identity"


def test_late_answer_is_told(server, ask, monkeypatch):
    monkeypatch.setattr(feed_fetch, "DEADLINE", 0.1)
    server.slow = 0.3

    with pytest.raises(feed_fetch.Unreachable) as fault:
        ask()

    assert "timed out" in said(fault)


@pytest.mark.parametrize(
    "drips", [b"HTTP/1.1 200 OK\r\nX: ...x", b"HTTP/1.1 200 OK\r\n\r\n... "], ids=["head", "body"]
)
def test_answer_of_a_byte_at_a_time_is_left_at_the_deadline(server, ask, monkeypatch, drips):
    monkeypatch.setattr(feed_fetch, "DEADLINE", 0.3)
    server.drips, started = drips, time.monotonic()

    with pytest.raises(feed_fetch.Unreachable):
        ask()

    assert time.monotonic() - started < 3


def test_nobody_listening_is_told(ask):
    with pytest.raises(feed_fetch.Unreachable):
        ask("http://127.0.0.1:9/feed.json")


@pytest.mark.parametrize(
    "address",
    ["http://www.canada.ca/feed.json", "ftp://www.canada.ca/feed.json", "http://127.0.0.1.example/feed.json"],
)
def test_plain_http_is_for_this_machine_alone(ask, address):
    with pytest.raises((feed_fetch.Insecure, feed_fetch.Unreachable)):
        ask(address)


def test_redirection_to_plain_http_is_refused(server, ask):
    server.statuses, server.headers = [302], {"Location": "http://www.canada.ca/feed.json"}

    with pytest.raises(feed_fetch.Insecure) as fault:
        ask()

    assert said(fault) == "The feed is fetched over https only. Check the address: http://www.canada.ca/feed.json"


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.0.0.1/", "https://169.254.169.254/",
     "https://[fe80::1]/", "https://[::ffff:10.0.0.1]/", "https://0.0.0.0/", "https://224.0.0.1/", "https://2130706433/"],
)  # fmt: skip
def test_private_address_is_only_the_operators_to_name(ask, address):
    with pytest.raises(PrivateAddress):
        ask(address, by_operator=False)


def test_redirection_to_a_private_address_is_refused(server, ask):
    with feed_server() as other:
        server.statuses, server.headers = [302], {"Location": other.address}

        with pytest.raises(PrivateAddress) as fault:
            ask()

    assert (other.asked, said(fault)) == (
        [], "127.0.0.1 is a private address. Only the operator may name one; check the address of the feed.",
    )  # fmt: skip


def test_redirection_within_the_address_that_the_operator_named_is_followed(server, ask):
    server.statuses, server.headers = [302], {"Location": "/moved.json"}

    assert ask().content == FEED


def test_connection_goes_to_the_address_that_was_checked(server, monkeypatch):
    """A name that leads elsewhere when it is looked up again gains nothing."""
    resolve, answers = socket.getaddrinfo, iter(["127.0.0.1", "10.0.0.1"])
    monkeypatch.setattr(
        socket, "getaddrinfo",
        lambda host, *given, **named: resolve(next(answers) if host == "feed.example" else host, *given, **named),
    )  # fmt: skip

    stream = Network(time.monotonic() + 5, ("feed.example", server.port)).connect_tcp("feed.example", server.port)

    assert (stream.get_extra_info("server_addr"), next(answers)) == (("127.0.0.1", server.port), "10.0.0.1")
    stream.close()


def test_name_that_is_never_found_is_left_at_the_deadline(ask, monkeypatch):
    monkeypatch.setattr(feed_fetch, "DEADLINE", 0.3)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **named: time.sleep(5))
    started = time.monotonic()

    with pytest.raises(feed_fetch.Unreachable) as fault:
        ask("https://feed.example/rounds.json")

    assert ("timed out" in said(fault), time.monotonic() - started < 3) == (True, True)


@pytest.mark.parametrize(
    "address", ["https://", f"https://{'a' * 64}.ca/", "https://[x", "http://\x00", "https://a b/"]
)
def test_address_that_is_none_is_told(ask, address):
    with pytest.raises(feed_fetch.FeedError):
        ask(address)
