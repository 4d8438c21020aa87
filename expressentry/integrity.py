"""What is wrong with the record as a whole, as far as queries can tell: for the first page of the admin."""

from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from draws import triggers
from draws.models import Draw, Kind
from editing.constraint_messages import RULES
from editing.ledger import write
from editing.models import DataVersion
from editing.records import Status
from occupations.models import Edition

MOST = 20  # rows named with one fault
KEPT_FOR = 600  # seconds: what goes round the site moves no version


@dataclass(frozen=True)
class IntegrityFault:
    """A rule that rows of the record break, and those rows with the addresses of their forms."""

    words: str
    rows: list


def faults(keeps=False):
    """Every fault; what the ledger lacks takes half a second, so a page ``keeps`` it for this version of the data."""
    lacking = kept_unsaid() if keeps else unsaid()
    found = [
        *broken_rules(),
        IntegrityFault(_("Numbers are missing between these draws."), gaps()),
        *unpublished_references(),
        IntegrityFault(_("The ledger says otherwise than the public sees of these rows. Save them again."), lacking),
    ]
    return [fault for fault in found if fault.rows]


def linked(rows):
    return [(str(row), reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]))
            for row in rows[:MOST]]  # fmt: skip


def broken_rules():
    """The rules that triggers keep, asked of every row."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    for name, table, keys in triggers.broken_rules(connection):
        yield IntegrityFault(str(RULES.get(name, name)), linked(models[table]._base_manager.filter(pk__in=keys)))


def unsaid():
    """Rows of which the ledger lacks what the public sees."""
    change = write.Change(write.whole_second(timezone.now()))
    found = [entry for model in write.tables().values() for entry in change.missing(model)]
    return [(f"{one.table} {one.key}", changelist(one.table)) for one in found[:MOST]]


def kept_unsaid():
    number, changed_at = DataVersion.objects.values_list("number", "changed_at").first() or (0, None)
    name = f"ledger-lacks-{number}-{changed_at and changed_at.timestamp()}"
    return caches["default"].get_or_set(name, unsaid, KEPT_FOR)


def changelist(table):
    return reverse(f"admin:{write.tables()[table]._meta.app_label}_{table}_changelist")


def gaps():
    """Draws after which the next number is not the next draw; a number used twice has letters."""
    draws = Draw.objects.order_by("sequence")
    return linked(
        [
            before
            for before, after in pairwise(draws)
            if number_without_letter(after) - number_without_letter(before) > 1
        ]
    )


def number_without_letter(draw):
    return int(draw.number.rstrip(ascii_lowercase))


def unpublished_references():
    """Public rows that point to rows that are not public."""
    public = Draw.objects.filter(status=Status.PUBLISHED).select_related("edition__category")
    without = public.filter(kind=Kind.CATEGORY, edition=None)
    yield IntegrityFault(_("These category draws have no edition."), linked(without))
    hidden = public.exclude(pool=None).exclude(pool__status=Status.PUBLISHED)
    yield IntegrityFault(_("The pool snapshot of these public draws is not published."), linked(hidden))
    bare = Edition.objects.filter(status=Status.PUBLISHED, listings=None, minimum_nclc=None)
    yield IntegrityFault(_("These published editions have neither a list nor a language rule."),
                linked(bare.select_related("category")))  # fmt: skip
