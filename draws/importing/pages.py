"""What the preview of an import shows, ready for its template."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from draws.feed.names import UNKNOWN_NAME
from draws.models import Draw
from occupations.categories.spelling import without_label

from .models import Outcome
from .wording import difference_text, notes, spans, value_in_words

SHOWN = ("date", "name", "edition", "invitations", "cutoff", "tie_break", "drawn_at", "pool")


def import_page(found, tick, saves, publishes, names):
    """New and changed rows with their boxes, and all else as sentences."""
    difference = found.difference
    made = Draw.objects.in_bulk([row.number for row in difference.rows if row.saved], field_name="number")
    new = [{**row_of(row, made, tick, saves, publishes), "cells": cells(row)} for row in difference.new]
    changed = [{**row_of(row, made, tick, saves, publishes), "differences": [*map(difference_text, row.differences)]}
               for row in difference.changed]  # fmt: skip
    return {
        "import": found,
        "waiting": found.outcome == Outcome.WAITING,
        "saves": saves,
        "publishes": publishes,
        "new": new,
        "changed": changed,
        "tickable": any(row["tickable"] for row in [*new, *changed]),
        "refused": [refusal_of(row, names) for row in difference.refused],
        "vanished": spans(difference.vanished),
        "notes": [*notes(replace(difference, vanished=[]))],
    }


def row_of(row, made, tick, saves, publishes):
    tickable = saves and not row.saved and (publishes or not row.guarded)
    ticked = tick == "all" or (tick == "new" and not row.held)
    return {
        "number": row.number,
        "saved": row.saved,
        "made": made.get(row.number),  # None where somebody deleted it since
        "guarded": row.guarded,
        "tickable": tickable,
        "ticked": ticked,
    }


def refusal_of(row, names):
    """A refused round; where its name is unknown, with a link to the form that adds it for who may."""
    name = without_label(row.value) if names and row.reason == UNKNOWN_NAME else ""
    url = reverse("admin:occupations_categoryroundname_add", query={"name": name}) if name else ""
    return {**vars(row), "reason": _(row.reason), "name": name, "name_url": url}


def cells(row):
    return [value_in_words(name, row.values.get(name)) for name in SHOWN]
