"""The rows of the list for other programs: ISO dates, plain numbers, empty where a value is unknown."""

from django_tables2.export import TableExport
from tablib import Dataset

FIELDS = {
    "number": lambda draw: draw.number,
    "date": lambda draw: draw.date.isoformat(),
    "drawn_at": lambda draw: utc(draw.drawn_at),
    "name": lambda draw: draw.name,
    "kind": lambda draw: draw.kind,
    "programs": lambda draw: [program.code for program in draw.programs.all()],
    "category": lambda draw: draw.category and draw.category.slug,
    "edition": lambda draw: draw.edition and draw.edition.version,
    "invitations": lambda draw: draw.invitations,
    "cutoff": lambda draw: draw.cutoff,
    "tie_break": lambda draw: utc(draw.tie_break),
    "instruction_url": lambda draw: draw.instruction_url or None,
    "evidence": lambda draw: draw.evidence,
    "source_url": lambda draw: draw.source_url or None,
    "checked_on": lambda draw: draw.checked_on.isoformat(),
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def utc(moment):
    return moment and f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def cell(value):
    """A value as a spreadsheet may have it: a list as words, and no text that it would run as a formula."""
    text = " ".join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA_STARTS) else text


class DrawExport(TableExport):
    FORMATS = {name: TableExport.FORMATS[name] for name in ("csv", "xlsx", "json")}

    @classmethod
    def is_valid_format(cls, export_format):
        return export_format in cls.FORMATS

    def table_to_dataset(self, table, exclude_columns, dataset_kwargs=None):
        dataset = Dataset(headers=list(FIELDS), title="draws")
        for draw in table.data:
            values = [value(draw) for value in FIELDS.values()]
            dataset.append(values if self.format == "json" else [cell(value) for value in values])
        return dataset
