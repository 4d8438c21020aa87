"""Public corrections that are no longer true once a draw goes back: withdrawn, or answered by one of their own."""

from contextlib import contextmanager
from itertools import takewhile

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draws.feed.values import parse_when
from draws.models import Correction, Origin
from editing.days import canadian_day
from editing.facts import facts
from editing.records import Status
from editing.roles import may_publish

from .from_history import PUBLIC, as_text, correct

WITHDRAW = "withdraw"
WAYS = [
    (WITHDRAW, gettext_lazy("Withdraw them: what they say never was so")),
    (Origin.OFFICIAL.value, gettext_lazy("Answer them with a correction: the official record changed back")),
    (Origin.OURS.value, gettext_lazy("Answer them with a correction: this record was wrong")),
]

ONLY_PUBLISHERS = gettext_lazy("Public corrections would no longer be true: only publishers say what becomes of them.")


def made_untrue(draw, values):
    """By column, the public corrections that a draw with these values would no longer bear out, the newest first."""
    now, found = facts(draw), {}
    for name in PUBLIC:
        if name in values and values[name] != now[name]:
            said = draw.corrections.filter(field=PUBLIC[name], status=Status.PUBLISHED, only_wording=False)
            value = meaning(as_text(name, now | values))
            found[name] = [*takewhile(lambda one, value=value: meaning(one.new_value) != value, said)]
    return {name: rows for name, rows in found.items() if rows}


def meaning(text):
    """A moment is the same however it is written; any other text is itself."""
    try:
        return parse_datetime(text) or parse_when(text)
    except ValueError:
        return text


@contextmanager
def settling(request, draw, values):
    """Nobody gives a draw these values without saying what becomes of the corrections that they make untrue."""
    untrue, choice = made_untrue(draw, values), request.POST.get("corrections")
    if untrue and not may_publish(request.user, Correction):
        raise ValidationError(ONLY_PUBLISHERS)
    if untrue and choice not in dict(WAYS):
        raise ValidationError(_("Say what becomes of the public corrections that would no longer be true."))
    yield
    settle(draw, untrue, choice, request.POST.get("note", ""), request.user)


def settle(draw, untrue, choice, note, user):
    """Withdraw what is no longer true, or answer it with a correction of what the draw's newest version changed."""
    for name, rows in untrue.items():
        if choice != WITHDRAW:
            correct(draw.history.first(), name, choice, note.strip(), user)
            continue
        for row in rows:
            row.status, row._change_reason = Status.DRAFT, _("The draw went back to what it said before")
            row.save()


def consequences(draw, values):
    """What a form needs to name them and to offer the ways."""
    untrue = made_untrue(draw, values)
    rows = [row for rows in untrue.values() for row in rows]
    return {"untrue": rows, "ways": WAYS, "today": canadian_day(), "only_publishers": ONLY_PUBLISHERS}
