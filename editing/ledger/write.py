"""Writing the ledger: rows that may have changed are compared with their entries, and only what differs is added."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from simple_history.models import HistoricalRecords

from editing.facts import PUBLICATION, fact_fields
from editing.records import ALWAYS, Keyed

from .models import LedgerEntry

BATCH = 500
LONGEST_REASON = LedgerEntry._meta.get_field("reason").max_length


def is_in_ledger(model):
    return issubclass(model, Keyed) and model.is_public_table


def tables():
    """Every model whose rows the public sees, by its name in the ledger."""
    return {model._meta.model_name: model for model in apps.get_models() if is_in_ledger(model)}


def is_public(row):
    """Whether the public sees the row, or will at a set time."""
    return is_in_ledger(type(row)) and public_since(row) is not None


def key_of(row):
    """The natural key as text. A row that belongs to another begins with the key of that one: ``stem/2023/21231``."""
    return "/".join("" if part is None else str(part) for part in row.natural_key())


def depends_on(model, changed):
    """Whether what the ledger has of a table can be otherwise because of rows of the ``changed`` ones."""
    relations = [one for one in fact_fields(model) if one.is_relation]
    relations += [model._meta.get_field(name) for name in model.public_because_of]
    return model in changed or any(one.related_model in changed for one in relations)


def rows_of(model):
    """Every row with what its key and its facts need of other rows."""
    points_to = {one.name: one.related_model for one in fact_fields(model) if one.is_relation and not one.many_to_many}
    deeper = [f"{name}__{key.rpartition('__')[0]}" for name, other in points_to.items()
              for key in other.natural_key_fields if "__" in key]  # fmt: skip
    rows = model._base_manager.prefetch_related(
        *(one.name for one in model._meta.many_to_many), *model.public_because_of
    )
    return rows.select_related(*points_to, *deeper) if points_to else rows


def public_facts(row):
    """What the row says, by field name; rows that it points to by their keys."""
    return {one.name: fact(row, one) for one in fact_fields(type(row)) if one.name not in PUBLICATION}


def fact(row, field):
    if field.many_to_many:
        return sorted(key_of(other) for other in getattr(row, field.name).all())
    if field.is_relation:
        other = getattr(row, field.name)
        return None if other is None else key_of(other)
    return getattr(row, field.attname)


def as_text(facts):
    """Facts as JSON, the same text for the same facts."""
    return json.dumps(facts, cls=DjangoJSONEncoder, sort_keys=True)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def public_since(row):
    """The second from which the public sees the row; None for never."""
    since = row.public_since() if hasattr(row, "public_since") else ALWAYS
    return since and whole_second(since)


def whole_second(moment):
    return moment.replace(microsecond=0)


def second_of_change(now):
    """All that one request changes becomes public in the same second."""
    request = getattr(HistoricalRecords.context, "request", None)
    if request is None:
        return whole_second(now)
    if not hasattr(request, "second_of_change"):
        request.second_of_change = whole_second(now)
    return request.second_of_change


def seen(timeline, at):
    """The digest of what the public sees at a moment; empty for nothing."""
    return next((found for moment, found in reversed(timeline) if moment <= at), "")


@dataclass(frozen=True)
class Change:
    """One change of the record: its second, and what was said of it."""

    moment: datetime
    reason: str = ""
    cause: str = ""

    def compare_all(self, changed=()):
        """Every table, or those that rows of the ``changed`` ones are public by or named in."""
        for model in tables().values():
            if not changed or depends_on(model, changed):
                self.compare(model)

    def compare(self, model, keys=None, pks=()):
        """Add the entries that a table lacks: of rows with these keys in ledger or database, or of all."""
        LedgerEntry.objects.bulk_create(self.missing(model, keys, pks), BATCH)

    def missing(self, model, keys=None, pks=()):
        rows, entries = rows_of(model), LedgerEntry.objects.of(model._meta.model_name)
        if keys is not None:
            rows = rows.filter(pk__in=pks)
        found = {key_of(row): row for row in rows}
        if keys is not None:
            entries = entries.filter(key__in={*keys, *found})
        timelines = defaultdict(list)
        for key, at, known in entries.values_list("key", "known_from", "digest"):
            timelines[key].append((at, known))
        new = [one for key in sorted({*found, *timelines}) for one in self.steps(key, found.get(key), timelines[key])]
        facts = self.facts_by_digest(model, {before for *_others, before in new})
        return [self.entry(model, key, at, text, facts.get(before)) for key, at, text, before in new]

    def steps(self, key, row, timeline):
        """What is missing for a row, or for a key that has none any more: key, moment, facts, the digest before.

        What waits for a later moment is put right too, by what takes the place of what was to be seen then.
        """
        since = public_since(row) if row is not None else None
        text = as_text(public_facts(row)) if since else ""
        moments = {self.moment, *(at for at, _known in timeline), *filter(None, [since])}
        for at in sorted(at for at in moments if at >= self.moment):
            wanted = text if since and since <= at else ""
            if (found := digest(wanted) if wanted else "") != seen(timeline, at):
                yield key, at, wanted, seen([one for one in timeline if one[0] < at], at)
                timeline = sorted([*timeline, (at, found)], key=lambda one: one[0])

    def facts_by_digest(self, model, digests):
        entries = LedgerEntry.objects.of(model._meta.model_name).filter(digest__in=digests - {""})
        return dict(entries.values_list("digest", "facts")) if digests - {""} else {}

    def entry(self, model, key, at, text, before):
        facts = json.loads(text) if text else None
        names = {name for name in facts if facts[name] != before.get(name)} if facts and before else set()
        what = {"facts": facts, "digest": digest(text) if text else ""}
        what["only_wording"] = bool(names) and all(map(model.is_wording, names))
        why = {"reason": str(self.reason or "")[:LONGEST_REASON], "cause": self.cause or ""}
        return LedgerEntry(table=model._meta.model_name, key=key, known_from=at, **what, **why)


def places(model, pk):
    """Where a row stands, and those that the public sees with it: table, key in the database, key in the ledger."""
    row = rows_of(model).filter(pk=pk).first() if is_in_ledger(model) else None
    return [(type(one), one.pk, key_of(one)) for one in [row, *row.shown_with()]] if row else []


def before(row):
    """Note where a stored row stands before it is saved or deleted."""
    row._places_before = places(type(row), row.pk)


def leave(row, moment):
    """Write down that the public sees a row no more, which is about to be deleted."""
    change_of(row, moment).compare(type(row), {key_of(row)})


def follow(row, moment):
    """Write down what the public sees otherwise, now that the row was saved or deleted."""
    change = change_of(row, moment)
    old, new = vars(row).pop("_places_before", []), places(type(row), row.pk)
    if old and new and old[0] != new[0] and is_named_elsewhere(type(row)):
        change.compare_all()
        return
    for model in {model for model, _pk, _key in [*old, *new]}:
        touched = [(pk, key) for one, pk, key in [*old, *new] if one is model]
        change.compare(model, {key for _pk, key in touched}, {pk for pk, _key in touched})


def change_of(row, moment):
    """What was said of the row: of its reason the history may say more than the public is told."""
    reason = getattr(row, "_public_reason", getattr(row, "_change_reason", None))
    return Change(moment, reason, getattr(row, "_change_cause", ""))


def is_named_elsewhere(model):
    """Whether other tables say the key of its rows."""
    return any(is_in_ledger(one.related_model) for one in model._meta.related_objects)
