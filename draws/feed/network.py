"""Connections that end in time, and lead to a private address only where the operator named it."""

import socket
import ssl
import time
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from threading import Thread
from typing import Any

import httpcore
import httpx

from .file import FeedError
from .values import gettext_noop


class PrivateAddress(FeedError):
    message = gettext_noop(
        "%(host)s is a private address. Only the operator may name one; check the address of the feed."
    )


class Transport(httpx.HTTPTransport):
    """Every connection, that of a redirection too, goes through ``network``."""

    def __init__(self, network: "Network"):
        context = httpx.create_ssl_context()
        super().__init__(verify=context)
        # httpcore takes a network of ours; httpx has no argument to hand it on
        self._pool = httpcore.ConnectionPool(context, network_backend=network)


class Network(httpcore.SyncBackend):
    """Looks a name up once and connects to what it checked; only ``named``, a host and a port, may be private."""

    def __init__(self, deadline: float, named: tuple[str, int] | None = None):
        self.deadline, self.named = deadline, named

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = self.addresses(host, port, timeout)
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self.connect(address, port, timeout)
        return self.connect(last, port, timeout)

    def connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        return Stream(super().connect_tcp(address, port, left(self.deadline, timeout), None, []), self.deadline)

    def addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        """Where this host may be reached; a name that leads to anything private leads nowhere."""
        try:
            found = [str(one[4][0]) for one in looked_up(host, port, left(self.deadline, timeout))]
        except TimeoutError:
            raise httpcore.ConnectTimeout("timed out") from None
        except (OSError, UnicodeError) as fault:
            raise httpcore.ConnectError(str(fault)) from None
        if (host, port) != self.named and not all(map(is_public, found)):
            raise PrivateAddress(host=host)
        return found


class Stream(httpcore.NetworkStream):
    """A connection on which nothing lasts longer than to the deadline, however little comes at a time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float):
        self.stream, self.deadline = stream, deadline
        self.close, self.get_extra_info = stream.close, stream.get_extra_info  # type: ignore[method-assign]

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, left(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, left(self.deadline, timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, left(self.deadline, timeout))
        return Stream(secured, self.deadline)


def looked_up(host: str, port: int, seconds: float) -> list[Any]:
    """What the system knows of a name; its own looking has no limit, so that it is left to itself in the end."""
    found: Future[list[Any]] = Future()

    def look() -> None:
        try:
            found.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as fault:
            found.set_exception(fault)

    Thread(target=look, daemon=True).start()
    return found.result(seconds)


def left(deadline: float, timeout: float | None) -> float:
    """The seconds that one step may take."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("timed out")
    return min(seconds, timeout or seconds)


def is_public(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast
