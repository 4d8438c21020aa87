"""Rows as the ledger has them: never saved, to show what this record showed."""

from editing.facts import fact_fields
from editing.records import Reviewed, Status


def rebuilt(model, facts, **rows):
    """A row with these facts; the rows that it points to are given by the name of the field, each by its key."""
    values = {"status": Status.PUBLISHED} if issubclass(model, Reviewed) else {}
    for field in fact_fields(model):
        if field.name not in facts or field.many_to_many:
            continue
        value = facts[field.name]
        if not field.is_relation:
            values[field.name] = field.to_python(value)
        elif field.name in rows and value is not None:
            values[field.name] = rows[field.name].get(value)
    return model(**values)


def numbered(row, number):
    """With a key, by which rows are told apart: of a row that is never saved."""
    row.pk = number
    return row


def related(row, name, others):
    """With the rows on the other side of a relation, as if they had been fetched."""
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = others
    return row
