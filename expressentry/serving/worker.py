"""A gunicorn worker that slow clients cannot hold: its threads see whole requests only, and never wait to send."""

import re
import selectors
import socket
import time
from collections import Counter, deque
from functools import partial
from itertools import chain

from gunicorn import http
from gunicorn.workers.gthread import ThreadWorker

from .access_log import client

SECONDS = 10
HEAD = 64 * 1024
LARGEST = 10 * 1024 * 1024  # as deploy/nginx.conf says; of all forms, an import takes most: a file of 8 MB
BODIES = 32 * 1024 * 1024  # of all requests that no thread has yet
TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})", re.IGNORECASE)
FORWARDED = re.compile(rb"\r\nx-forwarded-for:([^\r\n]*)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
CHUNK = re.compile(rb"([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n", re.IGNORECASE)  # its size in bytes, before it


def is_whole(conn):
    """Whether the head and the body have arrived; a head without end is left to the parser, which refuses it."""
    received = conn.received
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return len(received) > HEAD
    if CHUNKED.search(received, 0, end):
        conn.chunk = max(conn.chunk, end + 4)
        return has_last_chunk(conn)
    length = LENGTH.search(received, 0, end)
    return len(received) >= end + 4 + (int(length[1]) if length else 0)


def has_last_chunk(conn):
    """Goes on where it stopped the last time. What begins no chunk is left to the parser, which refuses it."""
    received = conn.received
    while chunk := CHUNK.match(received, conn.chunk):
        size = int(chunk[1], 16)
        if not size:  # the last one; what may follow ends with an empty line
            return received.find(b"\r\n\r\n", chunk.end() - 2) >= 0
        conn.chunk = chunk.end() + size + 2
    return received.find(b"\r\n", conn.chunk) >= 0


def is_too_large(received):
    """Whether the head announces too much, or a body in chunks has grown to it."""
    announced = LENGTH.search(received, 0, max(received.find(b"\r\n\r\n"), 0))
    return max(len(received) - HEAD, int(announced[1]) if announced else 0) > LARGEST


def source(received):
    """What a parser reads from: it keeps nothing that was read."""
    return iter([b"", bytes(received)].pop, b"")


def reader(conn):
    """The address of who asks, behind the proxies that the operator trusts."""
    forwarded = FORWARDED.search(conn.received, 0, conn.received.find(b"\r\n\r\n"))
    address = conn.client[0] if conn.client else ""
    return client(
        {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": forwarded[1].decode("latin-1") if forwarded else ""}
    )


def size(conn):
    return len(conn.received)


class Answer:
    """Stands in for a socket, and keeps what is to be sent."""

    def __init__(self, sock):
        self.sock, self.rest = sock, bytearray()
        self.send = self.sendall = self.rest.extend

    def __getattr__(self, name):
        return getattr(self.sock, name)


class Worker(ThreadWorker):
    """Waits for clients in its loop, for all of them at once, and for each at most ten seconds."""

    def init_process(self):
        self.busy, self.waiting = 0, {}  # whole requests, by reader
        super().init_process()

    def enqueue_req(self, conn):
        conn.received = bytearray(conn.parser.unreader.take_buffered() if conn.parser else b"")
        conn.rest, conn.chunk = b"", 0  # the latter: where the chunk begins that has not all arrived
        conn.sock.setblocking(False)
        self.wait(conn, selectors.EVENT_READ, self.receive)
        self.receive(conn)

    def wait(self, conn, event, then):
        conn.timeout = time.monotonic() + SECONDS
        self.pending_conns.append(conn)  # whose time is up, gunicorn closes
        self.poller.register(conn.sock, event, lambda _sock: then(conn))

    def forget(self, conn):
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)

    def drop(self, conn):
        if conn in self.waiting.get(conn.whose, ()):
            self.waiting[conn.whose].remove(conn)
        else:
            self.forget(conn)
        self.nr_conns -= 1
        conn.close()

    def receive(self, conn):
        if conn.sock.fileno() < 0:  # dropped since the loop saw it
            return
        try:
            data = conn.sock.recv(HEAD)
        except BlockingIOError:
            data = None
        except OSError:
            data = b""
        conn.received += data or b""
        conn.whose = reader(conn)
        if is_whole(conn):
            self.forget(conn)
            self.waiting.setdefault(conn.whose, deque()).append(conn)
            self.hand_on()
        elif data == b"":
            self.drop(conn)
        elif is_too_large(conn.received):
            self.refuse(conn)
        self.make_room()

    def refuse(self, conn):
        self.forget(conn)
        conn.received, conn.rest = bytearray(), TOO_LARGE
        self.send(conn)
        self.end(conn)

    def hand_on(self):
        """Give requests to free threads. Readers take turns: who asks for much waits for their own pages alone."""
        while self.waiting and self.busy < self.cfg.threads:
            whose = next(iter(self.waiting))
            requests = self.waiting.pop(whose)
            if requests:  # and not all of them dropped
                self.start(requests.popleft())
            if requests:
                self.waiting[whose] = requests

    def start(self, conn):
        conn.parser = http.get_parser(self.cfg, source(conn.received), conn.client)
        conn.received = bytearray()
        conn.initialized = conn.data_ready = True
        self.busy += 1
        super().enqueue_req(conn)

    def make_room(self):
        """Drop the largest requests of whoever holds most, until all of them together are small enough."""
        while (held := self.held()).total() > BODIES:
            whose = held.most_common(1)[0][0]
            self.drop(max((conn for conn in self.collected() if conn.whose == whose), key=size))

    def held(self):
        """How many bytes each reader has sent that no thread has yet."""
        held = Counter()
        for conn in self.collected():
            held[conn.whose] += size(conn)
        return held

    def collected(self):
        return chain(self.pending_conns, *self.waiting.values())

    def handle_request(self, req, conn):
        sock, conn.sock = conn.sock, Answer(conn.sock)
        try:
            return super().handle_request(req, conn)
        finally:
            conn.rest, conn.sock = memoryview(conn.sock.rest), sock
            self.send(conn)

    def send(self, conn):
        try:
            conn.rest = conn.rest[conn.sock.send(conn.rest, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            pass
        except OSError:  # nobody is there to read it
            conn.rest = b""

    def send_more(self, conn, handled):
        self.send(conn)
        self.forget(conn)
        self.go_on(conn, handled)

    def finish_request(self, conn, handled):
        self.busy -= 1
        if not handled.result():
            conn.parser.unreader.take_buffered()  # what nobody read of the body
        self.hand_on()
        self.go_on(conn, handled)

    def go_on(self, conn, handled):
        """Send the rest, then keep the connection or end it."""
        if conn.rest:
            self.wait(conn, selectors.EVENT_WRITE, partial(self.send_more, handled=handled))
        elif handled.result():
            super().finish_request(conn, handled)
        else:
            self.end(conn)

    def end(self, conn):
        """Say that this was all, and throw away what still comes: closed before that, the answer may be cut off."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.nr_conns -= 1
            conn.close()
        else:
            conn.sock.setblocking(False)
            self.wait(conn, selectors.EVENT_READ, self.drain)

    def drain(self, conn):
        try:
            gone = not conn.sock.recv(HEAD)
        except OSError:
            gone = True
        if gone:
            self.drop(conn)
