"""Rows as files for other programs."""

from datetime import date
from io import BytesIO

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import pgettext_lazy
from django_tables2.export import TableExport
from xlsxwriter import Workbook

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes a CSV file for Latin-1, and spoils accents
# What a program reads as keys; a sheet in French has them in French.
HEADINGS = {
    "number": pgettext_lazy("heading", "number"),
    "date": pgettext_lazy("heading", "date"),
    "drawn_at": pgettext_lazy("heading", "drawn_at"),
    "name": pgettext_lazy("heading", "name"),
    "kind": pgettext_lazy("heading", "kind"),
    "programs": pgettext_lazy("heading", "programs"),
    "category": pgettext_lazy("heading", "category"),
    "edition": pgettext_lazy("heading", "edition"),
    "invitations": pgettext_lazy("heading", "invitations"),
    "cutoff": pgettext_lazy("heading", "cutoff"),
    "tie_break": pgettext_lazy("heading", "tie_break"),
    "instruction_url": pgettext_lazy("heading", "instruction_url"),
    "evidence": pgettext_lazy("heading", "evidence"),
    "source_url": pgettext_lazy("heading", "source_url"),
    "checked_on": pgettext_lazy("heading", "checked_on"),
    "code": pgettext_lazy("heading", "code"),
    "title_en": pgettext_lazy("heading", "title_en"),
    "title_fr": pgettext_lazy("heading", "title_fr"),
    "teer": pgettext_lazy("heading", "teer"),
    "fsw": pgettext_lazy("heading", "fsw"),
    "cec": pgettext_lazy("heading", "cec"),
    "fst": pgettext_lazy("heading", "fst"),
    "pnp": pgettext_lazy("heading", "pnp"),
    "categories": pgettext_lazy("heading", "categories"),
    "latest_draw": pgettext_lazy("heading", "latest_draw"),
    "latest_draw_date": pgettext_lazy("heading", "latest_draw_date"),
    "latest_draw_category": pgettext_lazy("heading", "latest_draw_category"),
    "latest_draw_cutoff": pgettext_lazy("heading", "latest_draw_cutoff"),
    "changes_since": pgettext_lazy("heading", "changes_since"),
    "on": pgettext_lazy("heading", "on"),
    "revision": pgettext_lazy("heading", "revision"),
    "digest": pgettext_lazy("heading", "digest"),
    "lasting_link": pgettext_lazy("heading", "lasting_link"),
    "outcome": pgettext_lazy("heading", "outcome"),
    "reason": pgettext_lazy("heading", "reason"),
    "unchecked": pgettext_lazy("heading", "unchecked"),
    "line": pgettext_lazy("heading", "line"),
    "answer": pgettext_lazy("heading", "answer"),
    "page": pgettext_lazy("heading", "page"),
    "compared_with": pgettext_lazy("heading", "compared_with"),
    "what_changed": pgettext_lazy("heading", "what_changed"),
    "page_today": pgettext_lazy("heading", "page_today"),
    "link": pgettext_lazy("heading", "link"),
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(value):
    """A value as a spreadsheet may have it: a day as text, a text that it would run behind an apostrophe."""
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(FORMULA_STARTS) else value


def as_written(value):
    """The value that ``inert`` was given."""
    return value[1:] if isinstance(value, str) and value.startswith("'") and inert(value) != value else value


class Export(TableExport):
    """The three formats that pages offer; nothing in a spreadsheet is a formula."""

    FORMATS = {name: TableExport.FORMATS[name] for name in ("csv", "xlsx", "json")}

    @classmethod
    def is_valid_format(cls, export_format):
        return export_format in cls.FORMATS

    def table_to_dataset(self, table, exclude_columns, dataset_kwargs=None):
        """Headings in the language of the page, but keys that a program reads are the same in both.

        What a table is ``about`` as a whole stands on every row: more lines than rows would break a reader.
        """
        dataset = super().table_to_dataset(table, exclude_columns, dataset_kwargs)
        dataset.title = dataset.title.capitalize()
        if self.format == self.JSON:
            with translation.override("en"):
                dataset.headers = next(iter(table.as_values(exclude_columns=exclude_columns)))
        for name, value in getattr(table, "about", {}).items():
            dataset.append_col([value] * dataset.height, header=name)
        return dataset

    def export(self):
        return file_content(self.dataset, self.format)


def file_content(dataset, export_format):
    if export_format != Export.JSON:
        dataset.headers = [str(HEADINGS.get(name, name)) for name in dataset.headers]
    if export_format == Export.XLSX:
        return spreadsheet(dataset)
    if export_format == Export.JSON:
        return dataset.export(export_format)
    dataset.add_formatter(None, inert)
    return BYTE_ORDER_MARK + dataset.export(export_format)


def spreadsheet(dataset):
    """One sheet, row by row: tablib looks at the style of each cell, which takes five times as long."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(str(dataset.title))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate([dataset.headers, *dataset]):
            sheet.write_row(number, 0, [inert(value) for value in row])
    return content.getvalue()


def rows_as_file(dataset, export_format, filename):
    """The download of a dataset that comes from no table."""
    return HttpResponse(
        file_content(dataset, export_format),
        content_type=Export.FORMATS[export_format],
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
