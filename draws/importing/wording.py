"""What an import found, in words: for the lines of the command and the pages of the admin."""

from django.utils.formats import localize
from django.utils.translation import gettext as _

from draws.feed.row import shown
from draws.models import Draw, Kind, PoolSnapshot
from editing.pages.typography import colon

from .current import COLUMNS, POOL_NAMES

NOTHING = "–"


def label(field):
    return str(Draw._meta.get_field(COLUMNS.get(field, field)).verbose_name)


def value_in_words(field, value):
    """One plain value of a fact."""
    if value in (None, ""):
        return NOTHING
    if field in ("drawn_at", "tie_break"):
        return value.replace("T", " ").replace("Z", " UTC")
    if field == "kind":
        return str(Kind(value).label)
    if field == "programs":
        return ", ".join(value)
    if field == "edition":
        return value.replace("/", " ")
    if field == "pool":
        return _("%(date)s: %(total)s candidates") % {"date": value["as_on"], "total": localize(value["total"])}
    return localize(value) if isinstance(value, int) else value


def difference_text(difference):
    """A difference with its label and both values as text; of one day's pool only the counts that differ."""
    old, new = difference.old, difference.new
    if difference.field == "pool" and old and old["as_on"] == new["as_on"]:
        names = [name for name in POOL_NAMES if old[name] != new[name]]
        texts = [_counts(names, pool) for pool in (old, new)]
    else:
        texts = [value_in_words(difference.field, value) for value in (old, new)]
    return {"label": label(difference.field), "old": texts[0], "new": texts[1], "wording": difference.wording}


def _counts(names, pool):
    labels = {name: PoolSnapshot._meta.get_field(name).verbose_name for name in names}
    return "; ".join(f"{colon(labels[name])} {localize(pool[name])}" for name in names)


def spans(numbers):
    """Draw numbers in order, runs of them as 438–447."""
    runs = []
    for number in numbers:
        if runs and number.isdecimal() and runs[-1][-1].isdecimal() and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def lines(found):
    """Everything found, a line for each fact."""
    for row in found.new:
        yield _("Draw %(number)s: new") % {"number": row.number}
        yield from (f"  {colon(one['label'])} {one['new']}" for one in map(difference_text, row.differences))
    for row in found.changed:
        yield _("Draw %(number)s: changed") % {"number": row.number}
        yield from (
            f"  {colon(one['label'])} {one['old']} → {one['new']}" for one in map(difference_text, row.differences)
        )
    for row in found.refused:
        words = {"number": row.number or "?", "field": row.field, "value": shown(row.value), "reason": _(row.reason)}
        yield _("Draw %(number)s: refused, %(field)s “%(value)s”: %(reason)s") % words
    yield from notes(found)


def notes(found):
    """What is no difference to save, yet good to know."""
    for one in found.known:
        here, there = (value_in_words(one.field, value) for value in (one.here, one.feed))
        words = {"number": one.number, "label": label(one.field), "here": here, "there": there}
        yield _("Known difference, draw %(number)s, %(label)s: %(here)s here, %(there)s in the feed") % words
    for field, numbers in found.missing.items():
        words = {"label": label(field), "numbers": spans(numbers)}
        yield _("Missing in the feed and kept here, %(label)s: %(numbers)s") % words
    if found.vanished:
        yield _("Recorded here and not in this feed: %(numbers)s") % {"numbers": spans(found.vanished)}
