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
