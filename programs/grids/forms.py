"""The form of a grid: its cells in the tables of the public pages, or a file with all of them."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.models import PointGrid
from programs.successors import SuccessorForm

from .cells import Cell, named_cells, tables, with_values
from .files import read_file
from .schemas import OFFERS
from .validation import validate_grid

IN_FORCE, ENDED, ABSENT = "in-force", "ended", "absent"
NOTHING_SAVED = gettext_lazy("Nothing is saved yet. What your cells change stands under “Cells”.")


class CellsInput(forms.Widget):
    """The tables of the public pages with a field in the place of each number."""

    system, grid = "", None

    def value_from_datadict(self, data, files, name):
        return {key.removeprefix(f"{name}-"): data[key] for key in data if key.startswith(f"{name}-")}

    def value_omitted_from_data(self, data, files, name):
        return not self.value_from_datadict(data, files, name)

    def render(self, name, value, attrs=None, renderer=None):
        if not self.grid:
            return ""
        context = {"name": name, "tables": self.filled(value or {})}
        return render_to_string("admin/programs/pointgrid/cells.html", context)

    def filled(self, typed):
        """Each table with what was typed; a cell that stands in two tables is a field in the first."""
        seen = set()
        for table in tables(self.system, self.grid):

            def fields(cells, heads=table.head[1:]):
                return [field(*one, typed, seen) for one in zip(heads, cells, strict=True)]

            rows = [(label, fields(cells)) for label, cells in table.rows]
            most = fields(table.maximum) if table.maximum else []
            yield {"table": table, "rows": rows, "maximum": most}


def field(column, cell, typed, seen):
    """What the template shows for a cell: its path, unless it is mere words or a field already, and its text."""
    if not isinstance(cell, Cell):
        return {"path": "", "text": cell}
    path = "" if cell.path in seen else cell.path
    seen.add(cell.path)
    return {"path": path, "column": column, "text": typed.get(cell.path, str(cell))}


class CellsField(forms.Field):
    widget = CellsInput

    def has_changed(self, initial, data):
        return any((initial or {}).get(path) != text for path, text in data.items())


class GridForm(SuccessorForm):
    upload = forms.FileField(
        label=gettext_lazy("New cells"),
        required=False,
        help_text=gettext_lazy(
            "A JSON file with everything, or the spreadsheet with its values changed. It counts instead of the fields."
        ),
    )
    cells = CellsField(label=gettext_lazy("Cells"), required=False)
    job_offers = forms.ChoiceField(
        label=gettext_lazy("Job offers"),
        required=False,
        choices=[
            (ABSENT, gettext_lazy("have no part in this grid")),
            (IN_FORCE, gettext_lazy("bring points")),
            (ENDED, gettext_lazy("brought points until a day")),
        ],
    )
    offer_points = forms.IntegerField(label=gettext_lazy("Points"), required=False, min_value=1, max_value=600)
    senior_points = forms.IntegerField(
        label=gettext_lazy("Points for senior management"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=gettext_lazy("NOC major group 00; empty: the same."),
    )
    offers_ended_on = forms.DateField(
        label=gettext_lazy("First day without points"), required=False, help_text=gettext_lazy("Like 2026-01-31.")
    )
    cases_checked = forms.BooleanField(
        label=gettext_lazy("The worked cases that change are right"),
        required=False,
        help_text=gettext_lazy("Tick this after working the cases named by the check out by hand with the new grid."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        if row.grid:
            widget = self.fields["cells"].widget
            widget.system, widget.grid = row.system, row.grid
            self.initial["cells"] = {
                path: str(Cell(path, cell.value)) for path, cell in named_cells(row.system, row.grid).items()
            }
            self.initial |= offers_as_fields(row.grid) if row.system == PointGrid.System.CRS else {}

    def clean(self):
        cleaned = super().clean()
        system = cleaned.get("system") or self.instance.system  # only a new grid can choose
        if system and cleaned.get("valid_from"):
            self.take_cells(system, cleaned["valid_from"])
        if "_effect" in self.data and not self.errors:
            self.add_error(None, NOTHING_SAVED)
        return cleaned

    def take_cells(self, system, first_day):
        """Put the cells on the row; the model's own check has no field to name a fault beside."""
        upload = self.cleaned_data.get("upload")
        if not self.instance.grid and self.follows is not None:
            self.instance.grid = self.follows.grid
        if not upload and not self.instance.grid:
            return self.add_error("upload", _("A grid needs its cells: choose a file."))
        try:
            grid = self.uploaded(upload, system) if upload else self.typed(system)
            grid = named(system, first_day, grid, keeps=bool(upload))
            validate_grid(system, grid)
        except (ValueError, RecursionError) as fault:  # broken JSON and wrong letters are ValueErrors too
            said = _("This is not such a grid: %(fault)s")
            self.add_error("upload" if upload else "cells", ValidationError(said, params={"fault": fault}))
        else:
            self.instance.grid = grid

    def uploaded(self, upload, system):
        newest = PointGrid.objects.filter(system=system, status="published").order_by("-valid_from").first()
        return read_file(upload, system, self.instance.grid or (newest and newest.grid))

    def typed(self, system):
        grid = with_values(system, self.instance.grid, self.cleaned_data.get("cells") or {})
        return self.with_offers(grid) if system == PointGrid.System.CRS and "job_offers" in self.data else grid

    def with_offers(self, grid):
        """The part of job offers as the fields have it; left as it is where nobody changed them."""
        said = {name: self.cleaned_data.get(name) for name in OFFER_FIELDS}
        if said == offers_as_fields(grid):
            return grid
        parts = {name: part for name, part in grid["D"].items() if name != "job_offer"}
        return grid | {"D": parts | ({"job_offer": job_offer(**said)} if said["job_offers"] != ABSENT else {})}


OFFER_FIELDS = ("job_offers", "offer_points", "senior_points", "offers_ended_on")


def offers_as_fields(grid):
    part = grid["D"].get("job_offer")
    if part is None:
        return dict.fromkeys(OFFER_FIELDS) | {"job_offers": ABSENT}
    if "removed_on" not in part:
        values = (IN_FORCE, part["points"], part.get("major_group_00"), None)
    else:
        before = part["previous"]
        values = (ENDED, before["other_qualifying"], before["major_group_00"], part["removed_on"])
    fields = dict(zip(OFFER_FIELDS, values, strict=True))
    return fields | {"offers_ended_on": forms.DateField(required=False).clean(fields["offers_ended_on"])}


def job_offer(job_offers, offer_points, senior_points, offers_ended_on):
    if not offer_points:
        raise ValueError(_("Job offers: give their points"))
    if job_offers == IN_FORCE:
        return {"points": offer_points} | ({"major_group_00": senior_points} if senior_points else {})
    if offers_ended_on is None:
        raise ValueError(_("Job offers: give the first day without points"))
    previous = dict(zip(OFFERS, (offer_points, senior_points or offer_points), strict=True))
    return {"points": 0, "removed_on": str(offers_ended_on), "previous": previous}


def named(system, first_day, grid, keeps):
    """A CRS grid under the name that its first day makes; a name that a file gives must be that one."""
    if system != PointGrid.System.CRS or not isinstance(grid, dict):
        return grid
    for name in ("id", "valid_from"):
        if keeps and grid.get(name, str(first_day)) != str(first_day):
            said = _("%(name)s: the file says %(given)s, the form %(day)s. Leave it out of the file")
            raise ValueError(said % {"name": name, "given": grid[name], "day": first_day})
    return grid | {"id": str(first_day), "valid_from": str(first_day)}
