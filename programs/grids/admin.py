"""A point grid in the admin: handed in as a JSON file, shown as its cells, checked before it is published."""

import json
from contextlib import contextmanager

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editing.admin.review import ReviewedAdmin
from editing.admin.row_form import RowForm
from editing.admin.rows import PUBLICATION, SOURCE
from editing.records import Status
from programs.models import PointGrid

from .changed_cases import changed_cases
from .validation import validate_grid

LARGEST = 1_000_000


class GridForm(RowForm):
    upload = forms.FileField(
        label=gettext_lazy("New cells"),
        required=False,
        help_text=gettext_lazy("A JSON file with all cells. Take the one of today below as the pattern."),
    )
    cases_checked = forms.BooleanField(
        label=gettext_lazy("The worked cases that change are right"),
        required=False,
        help_text=gettext_lazy("Tick this after working the cases named by the check out by hand with the new grid."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("system") and cleaned.get("valid_from"):
            self.take_cells(cleaned["system"], cleaned["valid_from"])
        return cleaned

    def take_cells(self, system, first_day):
        """Put the cells on the row; the model's own check has no field to name a fault beside."""
        upload = self.cleaned_data.get("upload")
        if not upload and not self.instance.grid:
            return self.add_error("upload", _("A grid needs its cells: choose a file."))
        try:
            grid = named(system, first_day, read_file(upload) if upload else self.instance.grid, keeps=bool(upload))
            if upload:
                validate_grid(system, grid)
        except (ValueError, RecursionError) as fault:  # broken JSON and wrong letters are ValueErrors too
            self.add_error("upload", ValidationError(_("This is not such a grid: %(fault)s"), params={"fault": fault}))
        else:
            self.instance.grid = grid


def read_file(upload):
    if upload.size > LARGEST:
        raise ValueError(_("the file is larger than a megabyte"))
    return json.loads(upload.read().decode("utf-8-sig"), object_pairs_hook=once)


def once(pairs):
    """The parts of an object, each of which may stand there once."""
    names = [name for name, _value in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(_("“%(name)s” stands twice in one part") % {"name": twice})
    return dict(pairs)


def named(system, first_day, grid, keeps):
    """A CRS grid under the name that its first day makes; a name that a file gives must be that one."""
    if system != PointGrid.System.CRS or not isinstance(grid, dict):
        return grid
    for name in ("id", "valid_from"):
        if keeps and grid.get(name, str(first_day)) != str(first_day):
            given = {"name": name, "given": grid[name], "day": first_day}
            raise ValueError(
                _("%(name)s: the file says %(given)s, the form %(day)s. Leave it out of the file") % given
            )
    return grid | {"id": str(first_day), "valid_from": str(first_day)}


def case_faults(system, grid):
    """What changes in the worked cases, in a sentence: somebody works them out by hand first."""
    changed = changed_cases(system, grid)
    if not changed:
        return []
    said = ngettext(
        "%(count)s worked case comes out otherwise with this grid: %(cases)s. Work it out by hand, then tick the box.",
        "%(count)s worked cases come out otherwise with this grid: %(cases)s. "
        "Work them out by hand, then tick the box.",
        len(changed),
    )
    return [said % {"count": len(changed), "cases": "; ".join(map(described, changed[:5]))}]


def described(answer):
    counted = answer.with_grid if answer.with_grid is not None else answer.fault
    return f"{answer.title['en']} ({answer.by_hand} → {counted})"


class GridAdmin(ReviewedAdmin):
    form = GridForm
    list_display = ["system", "valid_from", "known_true_on", "evidence", "status", "publish_at"]
    list_display_links = ["system", "valid_from"]
    list_filter = ["status", "system", "evidence"]
    search_fields = ["system", "note"]
    date_hierarchy = "valid_from"
    readonly_fields = ["status_history", "cells", "worked_cases"]
    fieldsets = [
        (None, {"fields": ["system", ("valid_from", "known_true_on"), "note"]}),
        (gettext_lazy("Cells"), {"fields": ["upload", "worked_cases", "cases_checked", "cells"]}),
        SOURCE,
        PUBLICATION,
    ]

    def get_fieldsets(self, request, obj=None):
        """Who may only look sees the cells, not where to hand in others."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        shown = {"fields": ["worked_cases", "cells"]}
        return [(name, shown if "upload" in options["fields"] else options) for name, options in fieldsets]

    @admin.display(description=gettext_lazy("cells of today"))
    def cells(self, row):
        if not row.grid:
            return self.get_empty_value_display()
        return format_html('<pre class="grid-cells">{}</pre>', json.dumps(row.grid, indent=1, ensure_ascii=False))

    @admin.display(description=gettext_lazy("worked cases"))
    def worked_cases(self, row):
        if not row.grid or row.system == PointGrid.System.LANGUAGE:
            return self.get_empty_value_display()
        changed = changed_cases(row.system, row.grid)
        if not changed:
            return _("All come out as worked by hand.")
        items = [format_html("<li>{}</li>", described(answer)) for answer in changed]
        return format_html("<ul>{}</ul>", mark_safe("".join(items)))  # noqa: S308 - each item was escaped above

    def publishing_faults(self, row, checked=False):
        """The grid must work everywhere, and change no worked case that nobody has worked out anew."""
        stored = type(row)._base_manager.filter(pk=row.pk, status=Status.PUBLISHED).first()
        is_same = stored is not None and stored.grid == row.grid
        return row.publishing_faults() or ([] if checked or is_same else case_faults(row.system, row.grid))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if form.publishing_faults:
            checked = "cases_checked" in request.POST
            form.publishing_faults = lambda _form, row: self.publishing_faults(row, checked)
        return form

    def entered(self, form):
        return super().entered(form) | {"grid": form.instance.grid}

    # Going back to a version, and accepting a proposal

    def consequences(self, row, values):
        """The worked cases that come out otherwise, to be worked out before they are public."""
        grid = values.get("grid", row.grid)
        if row.status != Status.PUBLISHED or grid == row.grid:
            return {}
        return {"changed_cases": [described(answer) for answer in changed_cases(row.system, grid)]}

    @contextmanager
    def settling(self, request, row, values):
        if self.consequences(row, values).get("changed_cases") and "cases_checked" not in request.POST:
            raise ValidationError(case_faults(row.system, values["grid"]))
        yield
