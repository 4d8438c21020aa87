"""Saving rows of an import, many at a time: a first import of all draws is no more queries than that of one."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from draws.models import Correction, Discrepancy, Draw, Missing, PoolSnapshot
from editing import plausibility
from editing.days import canadian_day
from editing.history import CHANGED, CREATED, keep_first_states, write_records
from editing.ledger.models import Cause
from editing.models import DataVersion
from editing.pages.typography import colon
from editing.records import Status
from occupations.models import Edition
from programs.models import Program

from .corrections import Corrections
from .current import COLUMNS, edition_key

BATCH = 100  # rows in one statement
CHANGED_BY_AN_IMPORT = (Draw, PoolSnapshot, Correction, Discrepancy)


@dataclass(frozen=True)
class SaveContext:
    """What all rows of one saving share."""

    publish: bool
    user: Any
    read_from: dict[str, Any]
    reason: str
    change: uuid.UUID
    cause: str  # why what differs was otherwise here

    @property
    def day(self):
        return self.read_from["checked_on"]

    def remember(self, model, rows, kind):
        """Write down how rows are now; all that one import saves shares a mark."""
        marked = {"default_user": self.user, "custom_historical_attrs": {"change": self.change}}
        write_records(model, rows, kind, self.reason, **marked)


def save_context(source, publish, user, cause):
    read_from = source.read_from | {"checked_on": canadian_day(source.made_at)}
    reason = _("Imported: %(source)s") % {"source": source.source}
    return SaveContext(publish, user, read_from, reason, uuid.uuid4(), cause)


@transaction.atomic
def save(rows, source, publish=False, user=None, cause=Cause.OFFICIAL):
    """Add and change draws as the rows say; a changed value of a public draw becomes a public correction."""
    if not rows:
        return
    context = save_context(source, publish, user, cause)
    held = {draw.number: draw for draw in of_rows(rows)}
    corrections = Corrections(rows, held, context)
    known = doubts()
    pools = save_pools(rows, context)
    save_draws(rows, held, pools, context)
    corrections.save()
    if context.publish:
        refuse_new_doubts(known)
    DataVersion.bump(reason=context.reason, cause=context.cause, tables=CHANGED_BY_AN_IMPORT)


def doubts():
    """What is hard to believe of public draws and pool counts, by row."""
    return {(model, key): said for model in (Draw, PoolSnapshot) for key, said in model.doubtful().items()}


def refuse_new_doubts(known):
    """What nobody would believe is not published in passing: its own page asks for a reason."""
    new = {row: said for row, said in doubts().items() if said != known.get(row)}
    if new:
        said = [f"{colon(model.objects.get(pk=key))} {' '.join(said)}" for (model, key), said in new.items()]
        said.append(_("Save it as a draft, and publish it on its own page with a reason."))
        raise plausibility.Implausible(said)


def of_rows(rows):
    """The draws to change, locked until they are, their programs at hand."""
    numbers = [row.number for row in rows if row.held]
    held = Draw.objects.select_for_update(of=("self",)).select_related("edition__category", "pool")
    return held.prefetch_related("programs").filter(number__in=numbers)


def save_pools(rows, context):
    """The snapshots of these rows by day: new ones, and held ones with the counts of the feed."""
    wanted = {row.values["pool"]["as_on"]: row.values["pool"] for row in rows if row.values.get("pool")}
    held = {pool.as_on.isoformat(): pool for pool in PoolSnapshot.objects.filter(as_on__in=wanted)}
    changed = [pool for day, pool in held.items() if differs(pool, wanted[day], context)]
    keep_first_states(PoolSnapshot, [pool.pk for pool in changed])
    new = {day: PoolSnapshot(as_on=date.fromisoformat(day)) for day in wanted if day not in held}
    for day, pool in {**{pool.as_on.isoformat(): pool for pool in changed}, **new}.items():
        assign_values(pool, counts(wanted[day]) | context.read_from, context)
    write(PoolSnapshot, [*new.values()], changed, context)
    return held | new


def counts(pool):
    return {name: count for name, count in pool.items() if name != "as_on"}


def differs(pool, wanted, context):
    becomes_public = context.publish and not pool.is_public()
    return becomes_public or any(getattr(pool, name) != count for name, count in counts(wanted).items())


def save_draws(rows, held, pools, context):
    known = editions()
    keep_first_states(Draw, [draw.pk for draw in held.values()])
    new = {row.number: Draw(number=row.number) for row in rows if not row.held}
    draws = held | new
    for row in rows:
        assign_values(draws[row.number], columns(row, known, pools) | context.read_from, context)
        if context.publish and draws[row.number].publishing_faults():
            raise ValidationError(needs_edition(draws[row.number]))
    programs = [(draws[row.number], row.values["programs"]) for row in rows if "programs" in row.values]
    write(Draw, [*new.values()], [*held.values()], context, programs)
    for draw in draws.values():
        draw.publish_pool()


def columns(row, editions, pools):
    """The facts of a row as the columns of a draw; what a new draw lacks is not published."""
    values = dict(row.values)
    if not row.held:
        values = {"drawn_at": None, "tie_break": None, "pool": None} | values
    read = {
        "date": date.fromisoformat,
        "drawn_at": parse_datetime,
        "tie_break": parse_datetime,
        "edition": editions.get,
        "pool": lambda pool: pools[pool["as_on"]],
    }
    values = {name: read[name](value) if value and name in read else value for name, value in values.items()}
    absent = {f"{name}_missing": "" if values[name] else Missing.NOT_PUBLISHED
              for name in ("drawn_at", "tie_break", "pool") if name in values}  # fmt: skip
    return {COLUMNS.get(name, name): value for name, value in values.items() if name != "programs"} | absent


def editions():
    """Editions by the names that the rows have for them."""
    return {edition_key(one): one for one in Edition.objects.select_related("category")}


def needs_edition(draw):
    """The fault of one draw among many that are saved at once, by its number."""
    words = {"number": draw.number, "edition": draw.edition}
    return _("Draw %(number)s needs the edition %(edition)s: publish that first.") % words


def assign_values(row, values, context):
    for name, value in values.items():
        setattr(row, name, value)
    if context.publish and not row.is_public():
        row.status, row.publish_at = Status.PUBLISHED, None


def write(model, new, changed, context, programs=()):
    """Write rows, what goes between tables, and their history."""
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key and not field.generated]
    model.objects.bulk_create(new, BATCH)
    model.objects.bulk_update(changed, fields, BATCH)
    write_programs(programs)
    context.remember(model, new, CREATED)
    context.remember(model, changed, CHANGED)


def write_programs(programs):
    """Put the programs of each draw in place; ``programs`` pairs draws with codes."""
    if not programs:
        return
    through, ids = Draw.programs.through, dict(Program.objects.values_list("code", "pk"))
    through.objects.filter(draw__in=[draw.pk for draw, _codes in programs]).delete()
    rows = [through(draw_id=draw.pk, program_id=ids[code]) for draw, codes in programs for code in codes]
    through.objects.bulk_create(rows, BATCH * 4)
