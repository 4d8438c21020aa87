"""What the preview of an import shows, ready for its template."""

from dataclasses import replace

from .models import Outcome
from .wording import difference_text, notes, spans, value_in_words

SHOWN = ("date", "name", "edition", "invitations", "cutoff", "tie_break", "drawn_at", "pool")


def import_page(found, tick, saves, publishes):
    """New and changed rows with their boxes, and all else as sentences."""
    difference = found.difference
    new = [{**row_of(row, tick, saves, publishes), "cells": cells(row)} for row in difference.new]
    changed = [{**row_of(row, tick, saves, publishes), "differences": [*map(difference_text, row.differences)]}
               for row in difference.changed]  # fmt: skip
    return {
        "import": found,
        "waiting": found.outcome == Outcome.WAITING,
        "saves": saves,
        "publishes": publishes,
        "new": new,
        "changed": changed,
        "tickable": any(row["tickable"] for row in [*new, *changed]),
        "refused": difference.refused,
        "vanished": spans(difference.vanished),
        "notes": [*notes(replace(difference, vanished=[]))],
    }


def row_of(row, tick, saves, publishes):
    tickable = saves and not row.saved and (publishes or not row.guarded)
    ticked = tick == "all" or (tick == "new" and not row.held)
    return {"number": row.number, "saved": row.saved, "guarded": row.guarded, "tickable": tickable, "ticked": ticked}


def cells(row):
    return [value_in_words(name, row.values.get(name)) for name in SHOWN]
