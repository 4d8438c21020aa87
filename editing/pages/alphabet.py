"""The alphabet: names in the page's language, and the order in which both languages put them."""

import unicodedata
from functools import lru_cache

from django.db.backends.signals import connection_created
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Collate, NullIf
from django.dispatch import receiver
from django.utils.translation import get_language

UNICODE_ORDER = "und-x-icu"  # PostgreSQL's name for the order of Unicode; SQLite is given one of that name below


def in_language(english, french):
    """An expression for a name as the page shows it."""
    return Coalesce(NullIf(french, Value("")), english) if get_language() == "fr" else Coalesce(english, Value(""))


def alphabetical(name):
    """An order by a name that is kept in both languages: "Développeurs" stands before "Directeurs"."""
    return Collate(in_language(F(f"{name}_en"), F(f"{name}_fr")), UNICODE_ORDER)


@lru_cache(maxsize=4096)
def without_accents(text):
    """Without accents and capitals, for sorting: "Évaluation" stands among the E."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def compare_names(one, other):
    one, other = (without_accents(one), one), (without_accents(other), other)
    return (one > other) - (one < other)


@receiver(connection_created)
def give_order_to_sqlite(connection, **kwargs):
    if connection.vendor == "sqlite":
        connection.connection.create_collation(UNICODE_ORDER, compare_names)
