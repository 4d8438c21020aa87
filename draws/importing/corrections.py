"""Which values of public draws an import changes, as the public is told."""

from django.utils.translation import override

from draws.models import Correction, DrawField, FeedCheck, PoolSnapshot
from editing.history import CREATED
from editing.records import Status
from programs.models import Program

from .compare import as_text
from .current import POOL_NAMES

TOLD = {"date", "drawn_at", "name", "invitations", "cutoff", "tie_break", "programs", "pool"}
LONGEST = Correction._meta.get_field("new_value").max_length


class Corrections:
    """Corrections of one saving: made before anything is saved, since they hold the values that stood until then."""

    def __init__(self, rows, held, context):
        self.context, self.new, self.changed, self.taken_back = context, [], [], []
        self.names = dict(Program.objects.values_list("code", "name_en"))
        self.today = of_day(context.day, held.values())
        checked = FeedCheck.objects.filter(checked_on__lte=context.day).values_list("checked_on", flat=True).first()
        for row in rows:
            draw = held.get(row.number)
            if draw and draw.is_public():
                seen = max(filter(None, [checked, min(draw.checked_on, context.day)]))
                for difference in public_changes(row):
                    self.add(draw, difference, seen)

    def add(self, draw, difference, seen):
        """A correction; a value that changes twice in one day is one, and none if it changes back."""
        field, old, new = self.values_as_text(difference)
        earlier = self.today.get((draw.pk, field))
        if earlier is None:
            days = {"last_seen_old": seen, "first_seen_new": self.context.day}
            values = {"old_value": old, "new_value": new, "only_wording": difference.wording} | days
            said = {"origin": self.context.cause, "status": Status.PUBLISHED} | self.context.read_from
            row = Correction(draw=draw, field=field, **values, **said)
            self.new.append(row)
        elif earlier.old_value == new:
            self.taken_back.append(earlier)
        else:
            earlier.new_value = new
            self.changed.append(earlier)

    def values_as_text(self, difference):
        """The field of a correction and its two values."""
        name, old, new = difference.field, difference.old, difference.new
        if name == "programs":
            old, new = ([self.names[code] for code in codes] for codes in (old, new))
        if name == "pool" and old["as_on"] != new["as_on"]:
            name, old, new = DrawField.POOL_DATE, old["as_on"], new["as_on"]
        elif name == "pool":
            old, new = counts_that_differ(old, new)
        return name, as_text(old)[:LONGEST], as_text(new)[:LONGEST]

    def save(self):
        Correction.objects.bulk_create(self.new)
        self.context.remember(Correction, self.new, CREATED)
        for correction in self.changed:
            correction.save()
        for correction in self.taken_back:
            correction.delete()


def of_day(day, draws):
    rows = Correction.objects.filter(draw__in=[draw.pk for draw in draws], first_seen_new=day)
    return {(row.draw_id, row.field): row for row in rows}


def public_changes(row):
    """Differences that the public is told: a value that was there and is another now."""
    return [one for one in row.differences if one.field in TOLD and one.old not in (None, "")]


def counts_that_differ(old, new):
    """Two snapshots of one day as two texts with only the ranges that differ."""
    with override("en"):  # what is kept is in one language, whoever imports
        labels = {name: str(PoolSnapshot._meta.get_field(name).verbose_name) for name in POOL_NAMES}
    differing = [name for name in POOL_NAMES if old[name] != new[name]]
    return ["; ".join(f"{labels[name]}: {pool[name]}" for name in differing) for pool in (old, new)]
