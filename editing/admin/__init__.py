"""The admin pages that all tables share."""

from . import accounts, proposed  # noqa: F401 - its pages register themselves
