"""The official feed's file: from bytes to rounds whose values are still text."""

import json
import re
from itertools import accumulate

from draws.feed.values import gettext_noop

MAX_BYTES = 8_000_000  # ten times the feed of 2026
MAX_ROUNDS = 10_000
MAX_DEPTH = 10  # the feed itself is three deep
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}

TWICE = object()  # stands for a value whose key is there twice with different values


class FeedError(Exception):
    """A feed that can't be read at all; ``message % params`` says why and what to do."""

    message = ""

    def __init__(self, **params: int | str):
        self.params = params
        super().__init__(self.message % params)


class TooLarge(FeedError):
    message = gettext_noop(
        "The feed is larger than %(limit)d bytes, so it can't be the list of rounds. Check the address or the file."
    )


class TooManyRounds(FeedError):
    message = gettext_noop(
        "The feed lists more than %(limit)d rounds, so it can't be the official list. Check the address or the file."
    )


class NotText(FeedError):
    message = gettext_noop(
        "The feed is not text in UTF-8 or Windows-1252; it may be compressed or damaged. Fetch it again."
    )


class EmptyFile(FeedError):
    message = gettext_noop("The feed is empty: there is not a single character in it. Fetch it again.")


class WebPage(FeedError):
    message = gettext_noop(
        "This is a web page, not the feed; the site may be showing an error page, or the feed may "
        "have moved. Open the address in a browser, then try again later or use the right address."
    )


class TooDeep(FeedError):
    message = gettext_noop(
        "The feed nests brackets more than %(limit)d deep, so it can't be the list of rounds. "
        "Check the address or the file."
    )


class BrokenJSON(FeedError):
    message = gettext_noop(
        "The feed is not valid JSON: it breaks at line %(line)d, column %(column)d. It is edited by "
        "hand and usually mended within hours; keep the last good copy and try again later."
    )


class WrongShape(FeedError):
    message = gettext_noop(
        "The feed is JSON, but has no list called “rounds”. It may be another file, "
        "or its format has changed. Check the address or the file."
    )


class NoRounds(FeedError):
    message = gettext_noop("The feed's list of rounds is empty. That is never right; try again later.")


def rounds(data: bytes) -> list[object]:
    """The rounds in the order of the file, or a FeedError."""
    if len(data) > MAX_BYTES:
        raise TooLarge(limit=MAX_BYTES)
    content = _json(_text(data))
    found = content.get("rounds") if isinstance(content, dict) else None
    if not isinstance(found, list):
        raise WrongShape
    if not found:
        raise NoRounds
    if len(found) > MAX_ROUNDS:
        raise TooManyRounds(limit=MAX_ROUNDS)
    return found


def _text(data: bytes) -> str:
    """The characters; the French feed has been served as Windows-1252 and as UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _windows_text(data)
    if not text.strip():
        raise EmptyFile
    if text.lstrip().startswith("<"):
        raise WebPage
    return text


def _windows_text(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise NotText from None


def _json(text: str) -> object:
    """The JSON value, with keys in lower case and numbers as text."""
    if _depth(text) > MAX_DEPTH:
        raise TooDeep(limit=MAX_DEPTH)
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise BrokenJSON(line=error.lineno, column=error.colno) from None


def _depth(text: str) -> int:
    """How deep brackets nest outside strings, found without parsing."""
    unescaped = text.replace("\\\\", "").replace('\\"', "")
    outside = "".join(unescaped.split('"')[::2])
    brackets = re.sub(r"[^][{}]+", "", outside)
    return max(accumulate(map(STEPS.__getitem__, brackets)), default=0)


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object by lower-case key: "DrawText1" alone has a capital, for no reason."""
    values: dict[str, object] = {}
    for key, value in pairs:
        key = key.lower()
        values[key] = value if values.get(key, value) == value else TWICE
    return values
