"""Slow clients at the real server, by real sockets: one worker, whose four threads wait for no client."""

import gzip
import re
import select
import socket
import time
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.servers import copy_of_record, running

pytestmark = pytest.mark.django_db  # which loads the record that the server copies

CLIENTS = 24
GET = b"GET /about/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
BODY = b'{"links": ["/categories/stem/2023/"]}'
LARGE = b"GET /api/v1/draws?limit=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory):
    with running(copy_of_record(tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.fixture
def connect(server):
    """A function that opens a connection to the server and sends these bytes."""
    with ExitStack() as opened:

        def connect(data=b"", address="127.0.0.1", receive_buffer=None):
            client = opened.enter_context(socket.socket())
            client.bind((address, 0))
            if receive_buffer:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            client.settimeout(20)
            client.connect(("127.0.0.1", urlsplit(server).port))
            client.sendall(data)
            return client

        yield connect


def seconds(address):
    start = time.monotonic()
    with urlopen(f"{address}/about/", timeout=20) as answer:
        assert answer.read().endswith(b"</html>\n")
    return time.monotonic() - start


def read_all(client):
    return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.mark.parametrize(
    "begin",
    [
        b"",
        GET,
        POST + b"Content-Length: 1000\r\n\r\nusername=",
        POST + b"Content-Length: 9000000\r\n\r\n" + b"x" * 500_000,
        POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\n0\r\n\r\n",
        POST + b"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n",
    ],
    ids=["nothing", "head", "body", "large body", "chunks", "expect"],
)
def test_clients_that_send_slowly_hold_nobody_up(server, connect, begin):
    slow = [connect(begin) for _ in range(CLIENTS)]

    times = []
    for _ in range(5):
        times.append(seconds(server))
        for client in slow if begin else []:
            client.sendall(b"x")

    assert max(times) < 3


def test_clients_that_never_read_hold_nobody_up(server, connect):
    for _ in range(CLIENTS):
        connect(LARGE, receive_buffer=2048)

    assert max(seconds(server) for _ in range(5)) < 5


def test_readers_take_turns(connect):
    page = GET.replace(b"/about/", b"/draws/?per_page=all&crs_min=%d")
    greedy = [connect(page % turn + b"Connection: close\r\n\r\n") for turn in range(CLIENTS)]

    answer = read_all(connect(GET + b"Connection: close\r\n\r\n", "127.0.0.9"))
    answered, _, _ = select.select([greedy[-1]], [], [], 0)

    assert answered == []
    assert answer.endswith(b"</html>\n")
    assert all(read_all(client).endswith(b"</html>\n") for client in greedy)


def test_flood_of_large_requests_leaves_room_for_others(connect):
    page = GET.replace(b"/about/", b"/draws/?per_page=all&crs_min=2%02d")
    other = connect(POST + b"Connection: close\r\nContent-Length: 500000\r\n\r\n" + b"x" * 400_000, "127.0.0.9")
    pages = [connect(page % turn + b"Connection: close\r\n\r\n") for turn in range(CLIENTS)]

    flood = [connect() for _ in range(CLIENTS)]
    for client in flood:
        with suppress(ConnectionError):
            client.sendall(POST + b"Connection: close\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 9_000_000)
    other.sendall(b"x" * 100_000)

    assert read_all(other).startswith(b"HTTP/1.1 403")
    assert sum(was_dropped(client) for client in flood) > CLIENTS / 2
    assert all(read_all(client).endswith(b"</html>\n") for client in pages)


def was_dropped(client):
    try:
        return read_all(client) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    "request_",
    [
        POST + b"Content-Length: 10485761\r\n\r\n",
        POST + b"Content-Length: 10485761\r\nExpect: 100-continue\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nF00000\r\n" + b"x" * 0xF00000,
    ],
    ids=["announced", "expect", "chunks"],
)
def test_request_larger_than_any_form_is_refused_at_once(connect, request_):
    start = time.monotonic()

    answer = read_all(connect(request_))

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert time.monotonic() < start + 5


def test_clients_that_do_not_close_hold_nobody_up(server, connect):
    clients = [connect(GET + b"Connection: close\r\n\r\n") for _ in range(CLIENTS)]

    assert max(seconds(server) for _ in range(5)) < 3
    assert all(read_all(client).endswith(b"</html>\n") for client in clients)


def test_request_is_ended_after_ten_seconds(connect):
    client, start = connect(GET), time.monotonic()

    with suppress(ConnectionError):
        while time.monotonic() < start + 20:
            client.sendall(b"x")
            time.sleep(0.2)

    assert 9 < time.monotonic() - start < 13


def test_request_in_pieces_is_answered(connect):
    client = connect()
    for piece in (b"GET /about/ HT", b"TP/1.1\r\nHost: 127.0.0.1\r\n", b"Connection: close\r\n\r", b"\n"):
        client.sendall(piece)
        time.sleep(0.1)

    assert read_all(client).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("coding", [b"chunked", b"identity, Chunked"])
@pytest.mark.parametrize("chunks", [[BODY], [BODY[:9], BODY[9:]], [BODY, b" " * 70_000]], ids=["one", "two", "large"])
@pytest.mark.parametrize("end", [b"0\r\n\r\n", b"00;last\r\nExpires: 0\r\n\r\n"], ids=["", "trailer"])
def test_body_in_chunks_is_read(connect, coding, chunks, end):
    """Whatever has arrived at a time, and although the head ends like a last chunk."""
    head = b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\n"
    client = connect(head + b"Transfer-Encoding: %b\r\nUser-Agent: client/1.0\r\n\r\n" % coding)

    for sent in [*map(chunk_of, chunks), end]:
        time.sleep(0.05)
        client.sendall(sent)

    answer = read_all(client)
    assert (answer[:15], b"/categories/stem/2023/" in answer) == (b"HTTP/1.1 200 OK", True)


def chunk_of(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


def test_text_that_looks_like_the_last_chunk_is_read(connect):
    client = connect(POST + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk_of(b"name=10\r\n"))
    time.sleep(0.05)

    client.sendall(b"0\r\n\r\n")

    assert read_all(client)[:13] == b"HTTP/1.1 403 "


def test_what_is_no_chunk_is_refused_at_once(connect):
    start = time.monotonic()

    answer = read_all(connect(POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nname=\r\nquokka\r\n"))

    assert (answer[:13], time.monotonic() - start < 5) == (b"HTTP/1.1 400 ", True)


def test_requests_sent_at_once_are_answered_in_order(connect):
    end = GET.replace(b"about", b"glossary") + b"Connection: close\r\n\r\n"
    client = connect(GET + b"\r\n" + POST + b"Content-Length: 5\r\n\r\nname=" + end)

    answers = read_all(client).split(b"HTTP/1.1 ")

    assert [answer[:3] for answer in answers] == [b"", b"200", b"403", b"200"]
    assert b"<h1>Glossary</h1>" in answers[-1]


def test_large_answer_is_whole_for_one_who_reads_slowly(server, connect):
    head = f"GET /api/v1/draws?limit=1000 HTTP/1.1\r\nHost: {urlsplit(server).netloc}\r\nConnection: close\r\n\r\n"
    client = connect(head.encode(), receive_buffer=4096)
    time.sleep(1)

    body = read_all(client).partition(b"\r\n\r\n")[2]

    with urlopen(f"{server}/api/v1/draws?limit=1000") as answer:
        assert body == answer.read()


def test_posted_body_is_read(server):
    sent = Request(f"{server}/admin/login/", data=b"x" * 300_000, headers={"Expect": "100-continue"})

    with pytest.raises(HTTPError, match="403") as answer:  # no token
        urlopen(sent, timeout=20)

    answer.value.close()


def test_packed_files_follow_a_page_on_one_connection(server):
    connection = HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request("GET", "/about/")
    page = connection.getresponse().read().decode()
    stylesheets = re.findall(r'href="(/static/css/[^"]+)"', page)
    packed = []
    for path in stylesheets * 2:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        packed.append(gzip.decompress(connection.getresponse().read()))
    connection.close()

    assert len(stylesheets) == 2
    assert packed[:2] == packed[2:]
    assert all(b"{" in content for content in packed)
