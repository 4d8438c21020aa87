"""Readers who ask for pages side by side, and what each of them was told."""

import http.client
import itertools
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

NO_ANSWER = 0
UNVERIFIED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
UNVERIFIED.check_hostname, UNVERIFIED.verify_mode = False, ssl.CERT_NONE


@dataclass(frozen=True)
class Answer:
    """One request: its status (``NO_ANSWER`` where the connection failed), how long it took, and when it ended."""

    path: str
    status: int
    seconds: float
    ended: float
    etag: str = ""


class Clients:
    """Some readers who ask for addresses in turn, from ``with`` to its end; ``answers`` fills meanwhile.

    Each has an address of its own in 127.0.NETWORK.0/24, unless all are to share one. ``paths`` is a list, or a
    function of reader and turn.
    """

    def __init__(self, site, paths, count, pause=0.0, timeout=60, network=0, own_addresses=True):
        self.site, self.paths, self.pause, self.timeout = site, paths, pause, timeout
        self.network, self.own_addresses = network, own_addresses
        self.answers, self._over = [], threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(count)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *fault):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _read(self, number):
        mine = itertools.islice(itertools.cycle(self.paths), number % len(self.paths), None) if self.is_list else None
        for turn in itertools.count():
            if self._over.is_set():
                return
            path = next(mine) if mine else self.paths(number, turn)
            source = f"127.0.{self.network}.{number + 1 if self.own_addresses else 1}"
            self.answers.append(ask(self.site, path, self.timeout, source=source))
            time.sleep(self.pause)

    @property
    def is_list(self):
        return not callable(self.paths)

    def statuses(self, since=0.0):
        """How many answers there were of each status, of those that ended after a moment."""
        found = [answer.status for answer in self.answers if answer.ended >= since]
        return {status: found.count(status) for status in sorted(set(found))}

    def seconds(self, share):
        """The time within which this share of the answers came: 0.95 for the 95th percentile, 1 for the slowest."""
        times = sorted(answer.seconds for answer in self.answers)
        return times[max(0, int(len(times) * share + 0.5) - 1)]


def ask(site, path, timeout=60, headers=None, source="127.0.0.1"):
    """One request, on a connection of its own, from an address of this machine; certificates are not checked."""
    start = time.monotonic()
    connection = connect(urlsplit(site), timeout=timeout, source_address=(source, 0))
    try:
        connection.request("GET", path, headers={"Host": "127.0.0.1", "Accept-Encoding": "gzip"} | (headers or {}))
        response = connection.getresponse()
        response.read()
        status, etag = response.status, response.headers.get("ETag", "")
    except (OSError, http.client.HTTPException):
        status, etag = NO_ANSWER, ""
    finally:
        connection.close()
    ended = time.monotonic()
    return Answer(path, status, ended - start, ended, etag)


def connect(site, **options):
    if site.scheme == "https":
        return http.client.HTTPSConnection(site.netloc, context=UNVERIFIED, **options)
    return http.client.HTTPConnection(site.netloc, **options)
