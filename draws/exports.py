"""The rows of the list for other programs: ISO dates, plain numbers, empty where a value is unknown."""

from collections import defaultdict

from django.utils.translation import gettext as _
from tablib import Dataset

from draws.models import Draw
from editing.pages.exports import Export

FIELDS = {
    "number": lambda draw: draw.number,
    "date": lambda draw: draw.date.isoformat(),
    "drawn_at": lambda draw: utc(draw.drawn_at),
    "name": lambda draw: draw.name,
    "kind": lambda draw: draw.kind,
    "programs": lambda draw: draw.program_codes,
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


def with_program_codes(draws):
    """Each draw with its ``program_codes``, by one query of pairs: rows of programs take as long as the draws."""
    codes = defaultdict(list)
    covered = Draw.programs.through.objects.filter(draw__in=draws).order_by("program__position")
    for draw, code in covered.values_list("draw_id", "program__code"):
        codes[draw].append(code)
    for draw in draws:
        draw.program_codes = codes[draw.pk]
    return draws


def utc(moment):
    return moment and f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def cell(value):
    """A list as words: a spreadsheet's cell holds one text."""
    return " ".join(value) if isinstance(value, list) else value


class DrawExport(Export):
    def table_to_dataset(self, table, exclude_columns, dataset_kwargs=None):
        dataset = Dataset(headers=list(FIELDS), title=_("Draws"))
        for draw in with_program_codes(list(table.data)):
            values = [value(draw) for value in FIELDS.values()]
            dataset.append(values if self.format == "json" else [cell(value) for value in values])
        return dataset
