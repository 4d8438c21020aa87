"""A row as the facts that people enter: read as plain values, compared, put in words, and put back."""

import hashlib
import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

PUBLICATION = ("status", "publish_at")  # how far a row has come, beside what it says
NOTHING = "–"
MOST_CELLS = 60  # of a grid, in one list of differences


@dataclass(frozen=True)
class FactDifference:
    """One fact in two states, in words."""

    field: str
    label: str
    old: str
    new: str


def fact_fields(model):
    """What is entered about a row: no key, nothing that the database works out."""
    own = [one for one in model._meta.concrete_fields if one.editable and not (one.primary_key or one.generated)]
    return [*own, *model._meta.many_to_many]


def facts(row):
    """The facts of a row, or of a record of its history, as plain values by field name."""
    model = getattr(row, "instance_type", type(row))
    return {field.name: json_value(stored(row, field)) for field in fact_fields(model)}


def stored(row, field):
    if not field.many_to_many:
        return getattr(row, field.attname)
    if hasattr(row, "instance_type"):  # a record of the history keeps the rows between in a table of their own
        return sorted(getattr(row, field.name).values_list(field.m2m_reverse_field_name(), flat=True))
    return sorted(getattr(row, field.name).values_list("pk", flat=True)) if row.pk else []


def json_value(value):
    """Dates and times as text, all else as JSON has it."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def digest(row):
    """A short text that changes with any fact of the row: the version that a form was opened on."""
    return hashlib.sha256(json.dumps(facts(row), sort_keys=True).encode()).hexdigest()[:20]


def differences(model, old, new):
    """What differs between two sets of facts, in the order of the fields."""
    return [found for field in fact_fields(model) if (found := difference(field, old, new))]


def difference(field, old, new):
    before, after = old.get(field.name), new.get(field.name)
    if field.name not in old or field.name not in new or before == after or (is_empty(before) and is_empty(after)):
        return None
    if isinstance(field, models.JSONField):
        return FactDifference(field.name, label(field), *changed_cells(before, after))
    return FactDifference(field.name, label(field), value_text(field, before), value_text(field, after))


def label(field):
    return str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:]


def is_empty(value):
    return value in (None, "", [])


def value_text(field, value):
    """A plain value as people read it."""
    if is_empty(value):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.is_relation:
        return "; ".join(related_names(field.related_model, value if isinstance(value, list) else [value]))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return date_format(parse_datetime(value), "Y-m-d H:i:s") + " UTC"
    return str(value)


def related_names(model, keys):
    held = model._base_manager.in_bulk(keys)
    return [str(held[key]) if key in held else _("deleted row %(key)s") % {"key": key} for key in keys]


def changed_cells(before, after):
    """The cells of two grids that differ, as two texts with a line for each."""
    old, new = dict(json_values(before)), dict(json_values(after))
    changed = [path for path in sorted(old.keys() | new.keys()) if old.get(path, NOTHING) != new.get(path, NOTHING)]
    more = [_("… and %(count)s more") % {"count": len(changed) - MOST_CELLS}] if len(changed) > MOST_CELLS else []
    return ["\n".join([f"{path}: {side.get(path, NOTHING)}" for path in changed[:MOST_CELLS]] + more)
            for side in (old, new)]  # fmt: skip


def json_values(value, path=""):
    """Every value in a JSON document with the way to it."""
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from json_values(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value:
        for place, part in enumerate(value):
            yield from json_values(part, f"{path}[{place}]")
    else:
        yield path, value


def assign(row, values):
    """Set plain values on a row without saving it; answers with what goes between tables, by field name."""
    between = {}
    for field in fact_fields(type(row)):
        if field.name not in values:
            continue
        if field.many_to_many:
            if not values[field.name] and not field.blank:
                raise ValidationError(_("%(label)s: choose at least one.") % {"label": label(field)})
            between[field.name] = values[field.name]
        else:
            setattr(row, field.attname, field.target_field.to_python(values[field.name]) if field.is_relation
                    else field.to_python(values[field.name]))  # fmt: skip
    return between


def save_with_relations(row, between, **given):
    """Save a row and what goes between tables."""
    row.save(**given)
    for name, keys in between.items():
        getattr(row, name).set(keys)
