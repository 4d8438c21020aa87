"""Bringing the record up to date with ``fixtures/``: what nobody edited here follows it, what people wrote stays."""

import csv
import gzip
import hashlib
import json
from collections import Counter
from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import DataError, IntegrityError, transaction

from draws.models import Draw
from editing import constraint_messages
from editing.facts import fact_fields, facts, json_value
from editing.history import CREATED, record_loaded
from editing.models import LoadedRecord
from editing.proposals import propose_for_record
from editing.records import known_keys
from occupations.models import Exclusion, Occupation, OccupationTitle

FOLDER = settings.BASE_DIR / "fixtures"
FILES = [  # in the order in which rows lean on each other
    "occupation_groups",
    "occupations",
    "former_codes",
    "synonyms",
    "categories",
    "round_names",
    "editions",
    "listings",
    "programs",
    "requirements",
    "occupation_rules",
    "amounts",
    "milestones",
    "point_grids",
    "pool_snapshots",
    "draws",
    "discrepancies",
    "corrections",
    "feed_checks",
]
TITLES, EXCLUSIONS = TABLES = "occupation_titles.csv.gz", "exclusions.csv"
BATCH = 5000


def files_digest():
    """A text that changes with any of the files."""
    digest = hashlib.sha256()
    for name in [*(f"{name}.json" for name in FILES), *TABLES]:
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()


def is_needed():
    """Whether the files are not the ones loaded last, or the record was lost."""
    return not (LoadedRecord.objects.filter(digest=files_digest()).exists() and Draw.objects.exists())


def read_rows():
    """Every row of the files, as Django writes them."""
    return [row for name in FILES for row in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))]


def read_titles():
    """Rows of the compressed job-title table as dictionaries."""
    with gzip.open(FOLDER / TITLES, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def name_of(row):
    """The table of a row of the files, and its natural key as texts."""
    model, fields = apps.get_model(row["model"]), row["fields"]
    names = dict.fromkeys(name.split("__")[0] for name in model.natural_key_fields)
    values = [fields.get(name, model._meta.get_field(name).get_default()) for name in names]
    return row["model"], tuple(str(part) for value in values for part in (value if type(value) is list else [value]))


def built(row, **options):
    """The row of a file as Django would save it."""
    return next(iter(Deserializer([row], **options)))


def facts_of(build):
    """The same facts that ``facts`` reads of a stored row."""
    return {
        field.name: sorted(build.m2m_data.get(field.name, []))
        if field.many_to_many
        else json_value(getattr(build.object, field.attname))
        for field in fact_fields(type(build.object))
    }


class Reload:
    """One loading of rows over what the files said ``before``; ``done`` counts what became of them."""

    def __init__(self, before):
        self.before = {name_of(row): row for row in before}
        self.done, self.faults, self.tables = Counter(), {}, set()
        self.keys_of, self.has_history = cache(keys_of), cache(lambda model: model.history.exists())

    def load(self, rows):
        """Rows that lean on others, or that a rule refuses, are tried again until no more of them fit."""
        left, tried = rows, None
        with known_keys(self.keys_of):
            while left and len(left) != tried:
                tried, left = len(left), [row for row in left if not self.fits(row)]
        return left

    def fits(self, row):
        name = name_of(row)
        try:
            with transaction.atomic():
                self.done[self.bring(row, *name)] += 1
        except (DataError, IntegrityError, DeserializationError) as fault:
            self.faults[name] = fault
            return False
        self.faults.pop(name, None)
        return True

    def bring(self, row, label, key):
        """Put one row in place; answers with what that was."""
        model, before = apps.get_model(label), self.before.get((label, key))
        pk = self.keys_of(model).get(key)
        if pk is None and self.was_here(model, key):
            return "deleted"
        if pk is None:
            new = built(row)
            new.save()
            self.tables.add(model)
            self.keys_of(model)[key] = new.object.pk
            return "new"
        return "same" if row == before else self.change(model._base_manager.get(pk=pk), row, before)

    def change(self, held, row, before):
        new = built(row)
        ours, theirs = facts(held), facts_of(new)
        loaded = self.as_loaded(held, ours, before)
        is_edited = ours not in (theirs, loaded)
        changed = {name for name in theirs if loaded is None or loaded.get(name) != theirs[name]} if is_edited else ()
        is_updated = ours != theirs and not is_edited
        if is_updated:
            new.save()
            self.tables.add(type(held))
            record_loaded(held)
        if before or is_edited:  # also where nothing differs any more: what waited is out of date
            self.done["proposals"] += propose_for_record(held, theirs, changed) is not None
        return "kept" if is_edited else "updated" if is_updated else "same"

    def was_here(self, model, key):
        """Whether people deleted the row of that name, or gave it another."""
        if not self.has_history(model):
            return False
        names = zip(model.natural_key_fields, key, strict=True)
        known = {f"{name}__isnull" if value == "None" else name: value == "None" or value for name, value in names}
        return model.history.filter(**known).exists()

    def as_loaded(self, held, ours, before):
        """What the files said of the row when it was loaded last; None where it was made here."""
        if before:
            try:
                return facts_of(built(before, ignorenonexistent=True))
            except DeserializationError:  # what it leaned on has another name by now
                return None
        first = held.history.last()  # loaded by an earlier release, which did not keep the files
        if first is None:
            return ours
        is_loaded = first.history_type == CREATED and first.history_user_id is None and first.change is None
        return facts(first) if is_loaded else None

    def refused(self):
        """Sentences on the rows that are not in place, but for those that lean on a row deleted here."""
        named = [(" ".join([label, *key]), fault) for (label, key), fault in self.faults.items()]
        return [f"{name}: {constraint_messages.message_of(fault)}" for name, fault in named
                if not isinstance(fault, DeserializationError)]  # fmt: skip

    def gone(self, rows):
        """Names of the rows that the files no longer hold and that are still here."""
        lost = self.before.keys() - {name_of(row) for row in rows}
        return sorted(" ".join([label, *key]) for label, key in lost if key in self.keys_of(apps.get_model(label)))


def keys_of(model):
    """The key of each stored row by its natural key as texts."""
    rows = model._base_manager.values_list("pk", *model.natural_key_fields)
    return {tuple(map(str, key)): pk for pk, *key in rows}


def load_titles():
    """Add the job titles that are missing; answers with how many."""
    keys = dict(Occupation.objects.values_list("code", "pk"))
    facts_of_titles = [(keys.get(row["code"]), row["language"], row["title"], row["kind"]) for row in read_titles()]
    return add_missing(OccupationTitle, ("occupation", "language", "title"), facts_of_titles, ("kind",))


def load_exclusions():
    """Add the pairs of unit groups that are missing; answers with how many."""
    keys = dict(Occupation.objects.values_list("code", "pk"))
    with (FOLDER / EXCLUSIONS).open(encoding="utf-8", newline="") as file:
        pairs = [(keys.get(row["code"]), keys.get(row["excluded"])) for row in csv.DictReader(file)]
    return add_missing(Exclusion, ("occupation", "excluded"), pairs)


def add_missing(model, key, rows, more=()):
    """Add rows of values whose key is not here, but for those that people deleted or changed, or that lean on one."""
    known = {*model.objects.values_list(*key), *model.history.values_list(*key)}
    names = [model._meta.get_field(name).attname for name in (*key, *more)]
    missing = [row for row in rows if None not in row and row[: len(key)] not in known]
    model.objects.bulk_create([model(**dict(zip(names, row, strict=True))) for row in missing], BATCH)
    return len(missing)
