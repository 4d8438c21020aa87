"""One round of the official feed, its values still text."""

from collections.abc import Callable
from reprlib import repr as short_repr
from typing import TypeVar

from draws.feed.file import TWICE
from draws.feed.values import Unreadable, gettext_noop, parse_number

T = TypeVar("T")

MAX_TEXT = 1_000  # characters in one value; the longest in the feed has 300
MAX_SHOWN = 120  # characters of a refused value; no official name is longer

NOT_A_ROUND = gettext_noop("This is not a round with named values.")
NOT_TEXT = gettext_noop("This is not text.")
GIVEN_TWICE = gettext_noop("This value is given twice, and the two differ.")
TOO_LONG = gettext_noop("This value is too long to be what it should be.")


class UnreadableValue(Exception):
    """The first value of a round that can't be read."""

    def __init__(self, field: str, value: object, reason: str):
        self.field, self.value, self.reason = field, shown(value), reason


class RoundText:
    """One round of the feed, its values still text."""

    def __init__(self, values: object):
        self.values = values

    def text(self, field: str) -> str:
        """A value with its spaces made single; empty when it is missing."""
        if not isinstance(self.values, dict):
            raise UnreadableValue("rounds", self.values, NOT_A_ROUND)
        value = self.values.get(field.lower())
        if value is None:
            return ""
        if value is TWICE:
            raise UnreadableValue(field, "", GIVEN_TWICE)
        if not isinstance(value, str):
            raise UnreadableValue(field, value, NOT_TEXT)
        if len(value) > MAX_TEXT:
            raise UnreadableValue(field, value, TOO_LONG)
        return " ".join(value.split())

    def read(self, field: str, parse: Callable[..., T], *args: object) -> T:
        text = self.text(field)
        try:
            return parse(text, *args)
        except Unreadable as error:
            raise UnreadableValue(field, text, str(error)) from None

    def number(self) -> str:
        """The number as far as it can be read, for naming a refused round."""
        try:
            return parse_number(self.text("drawNumber"))
        except Unreadable:
            return shown(self.text("drawNumber"))
        except UnreadableValue as fault:
            return fault.value if fault.field == "drawNumber" else ""


def shown(value: object) -> str:
    """A value as it can be shown: short and printable."""
    text = " ".join(value.split()) if isinstance(value, str) else short_repr(value)
    shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
    return "".join(character if character.isprintable() else "\ufffd" for character in shown)
