"""A point grid in the admin: its cells in a form or a file, what they change, and what is checked."""

from contextlib import contextmanager

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editing.admin.review import ReviewedAdmin
from editing.admin.rows import PUBLICATION, SOURCE
from editing.records import Status
from programs.models import PointGrid
from programs.successors import FollowingAdmin

from . import files
from .cells import cell_differences, tables
from .changed_cases import changed_cases
from .forms import NOTHING_SAVED, OFFER_FIELDS, GridForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


class GridAdmin(FollowingAdmin, ReviewedAdmin):
    guide = "texts-grids-tables"
    form = GridForm
    list_display = ["system", "valid_from", "known_true_on", "evidence"]
    list_display_links = ["system", "valid_from"]
    list_filter = ["status", "system", "evidence"]
    search_fields = ["system", "note"]
    date_hierarchy = "valid_from"
    readonly_fields = ["status_history", "take_away", "worked_cases", "differences", "shown_cells"]
    fieldsets = [
        (None, {"fields": ["system", ("valid_from", "known_true_on"), "note"]}),
        (
            gettext_lazy("Cells"),
            {"fields": ["differences", "worked_cases", "cases_checked", "upload", "take_away", OFFER_FIELDS, "cells"]},
        ),
        SOURCE,
        PUBLICATION,
    ]

    def get_readonly_fields(self, request, obj=None):
        """Another system has other cells: that is another grid."""
        return [*super().get_readonly_fields(request, obj), *(["system"] if obj else [])]

    def get_fieldsets(self, request, obj=None):
        """A new grid is handed in whole; who may only look sees the cells, not where to change them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            shown = ["upload"]
        elif not self.has_change_permission(request, obj):
            shown = ["differences", "worked_cases", "take_away", "shown_cells"]
        else:
            shown = fieldsets[1][1]["fields"]
            shown = [name for name in shown if name != OFFER_FIELDS or obj.system == PointGrid.System.CRS]
        return [(name, {"fields": shown} if "upload" in options["fields"] else options) for name, options in fieldsets]

    def get_urls(self):
        own = [
            path(f"<int:pk>/cells.{kind}", self.admin_site.admin_view(view), name=self.page_name(f"cells_{kind}"))
            for kind, view in (("json", self.json_view), ("xlsx", self.spreadsheet_view))
        ]
        return [*own, *super().get_urls()]

    def json_view(self, request, pk):
        return self.file(request, pk, "application/json", lambda row: files.as_json(row.grid))

    def spreadsheet_view(self, request, pk):
        return self.file(request, pk, XLSX, lambda row: files.as_spreadsheet(row.system, row.grid))

    def file(self, request, pk, kind, written):
        row = self.row_or_404(request, pk)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        name = f"{row.system}-{row.valid_from}.{'json' if kind != XLSX else 'xlsx'}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(written(row), content_type=kind, headers=headers)

    @admin.display(description=gettext_lazy("take away"))
    def take_away(self, row):
        if row.pk is None:
            return self.get_empty_value_display()
        links = [(self.address(f"cells_{kind}", row.pk), kind.upper()) for kind in ("json", "xlsx")]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    @admin.display(description=gettext_lazy("cells"))
    def shown_cells(self, row):
        return render_to_string("admin/programs/pointgrid/shown.html", {"tables": tables(row.system, row.grid)})

    @admin.display(description=gettext_lazy("differences"))
    def differences(self, row):
        before = PointGrid.objects.filter(system=row.system, valid_from__lt=row.valid_from, status=Status.PUBLISHED)
        before = before.order_by("-valid_from").first() or PointGrid.objects.filter(pk=row.pk).first()
        found = cell_differences(row.system, before.grid, row.grid) if before and row.grid else []
        return render_to_string("admin/programs/pointgrid/differences.html", {"before": before, "differences": found})

    @admin.display(description=gettext_lazy("worked cases"))
    def worked_cases(self, row):
        if not row.grid or row.system == PointGrid.System.LANGUAGE:
            return self.get_empty_value_display()
        changed = changed_cases(row.system, row.grid)
        if not changed:
            return _("All come out as worked by hand.")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((described(one),) for one in changed)))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if "_effect" in request.POST and NOTHING_SAVED in context["adminform"].form.non_field_errors():
            context["errors"] = []  # nothing is to be corrected
        return super().render_change_form(request, context, add, change, form_url, obj)

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
