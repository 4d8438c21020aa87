"""Fetching the feed over HTTPS, and keeping the last good copy of it."""

import hashlib
import json
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_exponential_jitter
from tenacity.wait import wait_base

from .file import MAX_BYTES, FeedError
from .network import Network, Transport
from .values import gettext_noop

TIMEOUT = httpx.Timeout(10, connect=5)
DEADLINE = 20  # seconds for all attempts together: a page of the admin waits for them
ATTEMPTS = 3
BACK_OFF = wait_exponential_jitter(initial=1, max=4)
AGENT = "express-entry-record (reads the feed of rounds)"


class Insecure(FeedError):
    message = gettext_noop("The feed is fetched over https only. Check the address: %(url)s")


class NoSuchFeed(FeedError):
    message = gettext_noop(
        "The address of the feed answered %(status)d. It may have moved; check the address: %(url)s"
    )


class Unreachable(FeedError):
    message = gettext_noop(
        "The feed could not be fetched from %(url)s: %(fault)s. The record stays as it is; try again later."
    )


class NoAnswer(Unreachable):
    message = gettext_noop("No answer from %(url)s: %(fault)s. Is there a network? The record stays as it is.")


class DownloadTooLarge(FeedError):
    message = gettext_noop("The answer of %(url)s is larger than %(limit)d bytes, so it can't be the list of rounds.")


class TryAgain(Exception):
    """A fault that may be gone a moment later."""


@dataclass(frozen=True)
class Fetched:
    """What an address answered, and what to ask it with next time."""

    url: str
    content: bytes
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


def fetch(url: str, folder: Path, by_operator: bool = False, back_off: wait_base = BACK_OFF) -> Fetched:
    """The feed at ``url``, or the copy kept of it where it is unchanged; a FeedError says what went wrong.

    An address ``by_operator`` may be one of a private network; any other, and any redirection elsewhere, may not.
    """
    kept = kept_copy(url, folder)
    with_retry = Retrying(
        retry=retry_if_exception_type((TryAgain, httpx.TransportError)),
        stop=stop_after_attempt(ATTEMPTS) | stop_after_delay(DEADLINE / 2),
        wait=back_off,
        reraise=True,
    )
    try:
        network = Network(time.monotonic() + DEADLINE, host_and_port(url) if by_operator else None)
        return with_retry(ask, url, kept, network)
    except (TryAgain, httpx.HTTPError, httpx.InvalidURL) as fault:
        refusal = NoAnswer if isinstance(fault, httpx.ConnectError) else Unreachable
        raise refusal(url=url, fault=str(fault) or type(fault).__name__) from None


def host_and_port(url: str) -> tuple[str, int]:
    asked = httpx.URL(url)
    return asked.raw_host.decode("ascii"), asked.port or (443 if asked.scheme == "https" else 80)


def ask(url: str, kept: Fetched | None, network: Network) -> Fetched:
    """One attempt, conditional on the copy kept; uncompressed, so that nothing can grow on being unpacked."""
    headers = {"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "identity"}
    if kept:
        given = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
        headers |= {name: value for name, value in given.items() if value}
    transport, hooks = Transport(network), {"request": [refuse_insecure]}
    with (
        httpx.Client(
            transport=transport, timeout=TIMEOUT, follow_redirects=True, max_redirects=3, event_hooks=hooks
        ) as client,
        client.stream("GET", url, headers=headers) as answer,
    ):
        if answer.status_code == httpx.codes.NOT_MODIFIED and kept:
            return Fetched(url, kept.content, kept.etag, kept.last_modified, unchanged=True)
        refuse_status(answer.status_code, url)
        validators = [answer.headers.get(name, "") for name in ("etag", "last-modified")]
        return Fetched(url, body(answer, url), *validators)


def refuse_insecure(request: httpx.Request) -> None:
    """Only HTTPS, at every redirection too; plain HTTP is for this machine alone."""
    if request.url.scheme != "https" and not (request.url.scheme == "http" and is_loopback(request.url.host)):
        raise Insecure(url=str(request.url))


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_status(status: int, url: str) -> None:
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
        raise TryAgain(f"HTTP {status}")
    if status != httpx.codes.OK:
        raise NoSuchFeed(status=status, url=url)


def body(answer: httpx.Response, url: str) -> bytes:
    """The answer, read no further than the size allows."""
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise httpx.DecodingError("the answer is compressed, which was not asked for")
    content = bytearray()
    for chunk in answer.iter_raw():
        content += chunk
        if len(content) > MAX_BYTES:
            raise DownloadTooLarge(url=url, limit=MAX_BYTES)
    return bytes(content)


def copy_path(url: str, folder: Path) -> Path:
    last = url.partition("?")[0].rpartition("/")[2]
    name = re.sub(r"[^\w-]", "", last.removesuffix(".json"), flags=re.ASCII)[:60] or "feed"
    return folder / f"{name}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.json"


def kept_copy(url: str, folder: Path) -> Fetched | None:
    """The last good copy, unless it or what is known of it was damaged."""
    path = copy_path(url, folder)
    try:
        about = json.loads(path.with_suffix(".about").read_text(encoding="utf-8"))
        content = path.read_bytes()
        intact = about["sha256"] == hashlib.sha256(content).hexdigest() and about["url"] == url
        return Fetched(url, content, about["etag"], about["last_modified"]) if intact else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(fetched: Fetched, folder: Path) -> None:
    """Keep a copy that was read; what cannot be written is only missed."""
    path = copy_path(fetched.url, folder)
    about = {"url": fetched.url, "etag": fetched.etag, "last_modified": fetched.last_modified}
    about["sha256"] = hashlib.sha256(fetched.content).hexdigest()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        replace(path, fetched.content)
        replace(path.with_suffix(".about"), json.dumps(about).encode())


def replace(path: Path, content: bytes) -> None:
    """Write beside and rename: a reader sees the old file or the new one."""
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
