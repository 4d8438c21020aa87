from django.contrib import admin
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from editing.admin.review import ReviewedAdmin
from editing.admin.rows import PUBLICATION, SOURCE, SOURCE_CONFIRMED, RowAdmin, StackedChildren

from .corrections import untrue
from .corrections.from_history import HistoryCorrections
from .models import RANGES, Correction, Discrepancy, Draw, FeedCheck, PoolSnapshot


class DiscrepancyInline(StackedChildren):
    model = Discrepancy
    fields = [
        ("field", "value_here", "value_elsewhere"),
        "note_en",
        "note_fr",
        ("evidence", "checked_on"),
        ("source", "source_fr"),
        "source_url",
    ]


class CorrectionInline(StackedChildren):
    model = Correction
    fields = [
        ("field", "origin", "only_wording"),
        ("old_value", "new_value"),
        ("last_seen_old", "first_seen_new"),
        "note_en",
        "note_fr",
        ("evidence", "checked_on"),
        ("source", "source_fr"),
        "source_url",
    ]


@admin.register(Draw)
class DrawAdmin(HistoryCorrections, ReviewedAdmin):
    guide = "draw-day"
    list_display = ["number", "date", "kind", "category", "invitations", "cutoff"]
    list_filter = ["status", "kind", "edition__category", "programs", "evidence", "drawn_at_missing", "pool_missing"]
    list_select_related = ["edition__category"]
    search_fields = ["=number", "name_en", "name_fr"]
    found_by = ["number"]
    search_help_text = _("A draw number, or words of its official name.")
    date_hierarchy = "date"
    autocomplete_fields = ["edition", "pool"]
    formfield_overrides = RowAdmin.formfield_overrides | {models.ManyToManyField: {"widget": CheckboxSelectMultiple}}
    inlines = [DiscrepancyInline, CorrectionInline]
    fieldsets = [
        (None, {"fields": [("number", "date"), ("name_en", "name_fr")]}),
        (
            _("Kind of round"),
            {
                "fields": ["kind", "programs", "edition"],
                "description": _("A category draw names the edition in force on its day; no other draw has one."),
            },
        ),
        (
            _("Result"),
            {
                "fields": [
                    ("invitations", "cutoff"),
                    ("drawn_at", "drawn_at_missing"),
                    ("tie_break", "tie_break_missing"),
                    "instruction_url",
                ],
                "description": _(
                    "As published. Leave a figure empty that nobody published, and say of a time whether it was "
                    "not published or is only not recorded here. Times are UTC."
                ),
            },
        ),
        (
            _("Pool before it"),
            {
                "fields": [("pool", "pool_missing")],
                "description": _("Draws of one week share a snapshot. Add a new one with the plus sign."),
            },
        ),
        SOURCE_CONFIRMED,
        PUBLICATION,
    ]

    def consequences(self, row, values):
        return untrue.consequences(row, values)

    def settling(self, request, row, values):
        return untrue.settling(request, row, values)

    def companions(self, row):
        return [row.pool] if row.pool else []

    @admin.display(description=_("category"), ordering="edition__category__slug")
    def category(self, draw):
        return draw.category


@admin.register(PoolSnapshot)
class PoolSnapshotAdmin(ReviewedAdmin):
    guide = "draw-day"
    list_display = ["as_on", "total", "crs_501_600", "crs_451_500", "draw_numbers"]
    list_filter = ["status", "evidence"]
    search_fields = ["as_on"]
    search_help_text = _("A date like 2026-08-16, or the beginning of one.")
    date_hierarchy = "as_on"
    fieldsets = [
        (None, {"fields": ["as_on"]}),
        (
            _("Candidates by CRS range"),
            {
                "fields": [*(f"crs_{low}_{high}" for low, high in RANGES), "unallocated_451_500", "total"],
                "description": _(
                    "Enter the fifteen ranges without subtotals; they must add up to the total. "
                    "A table of zeros means not published: then enter no snapshot at all."
                ),
            },
        ),
        SOURCE,
        PUBLICATION,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("draws")

    @admin.display(description=_("451–500"))
    def crs_451_500(self, pool):
        parts = [pool.crs_451_460, pool.crs_461_470, pool.crs_471_480, pool.crs_481_490, pool.crs_491_500]
        return sum(parts) + pool.unallocated_451_500

    @admin.display(description=_("before draw"))
    def draw_numbers(self, pool):
        return ", ".join(draw.number for draw in pool.draws.all())


class OfDrawAdmin(ReviewedAdmin):
    guide = "history-undo-corrections"
    list_filter = ["status", "field", "evidence"]
    list_select_related = ["draw"]
    autocomplete_fields = ["draw"]


@admin.register(Discrepancy)
class DiscrepancyAdmin(OfDrawAdmin):
    list_display = ["draw", "field", "value_here", "value_elsewhere", "evidence"]
    search_fields = ["=draw__number", "note_en", "value_here", "value_elsewhere"]
    search_help_text = _("A draw number, a value, or words of the note.")
    fieldsets = [
        (
            None,
            {
                "fields": ["draw", "field", ("value_here", "value_elsewhere")],
                "description": _("A fact of a draw on which sources disagree. It is shown on the page of the draw."),
            },
        ),
        (_("Note for readers"), {"fields": ["note_en", "note_fr"]}),
        SOURCE,
        PUBLICATION,
    ]


@admin.register(Correction)
class CorrectionAdmin(OfDrawAdmin):
    list_display = ["draw", "field", "old_value", "new_value", "first_seen_new", "origin", "only_wording"]
    list_filter = ["status", "field", "origin", "only_wording", "evidence"]
    date_hierarchy = "first_seen_new"
    search_fields = ["=draw__number", "old_value", "new_value", "note_en"]
    search_help_text = _("A draw number, a value, or words of the note.")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "draw",
                    ("field", "origin", "only_wording"),
                    ("old_value", "new_value"),
                    ("last_seen_old", "first_seen_new"),
                ],
                "description": _(
                    "A value that the official record, or this one, changed after it was published. "
                    "It is shown on the page of the draw and in the list of corrections."
                ),
            },
        ),
        (_("Note for readers"), {"fields": ["note_en", "note_fr"]}),
        SOURCE,
        PUBLICATION,
    ]


@admin.register(FeedCheck)
class FeedCheckAdmin(RowAdmin):
    guide = "draw-day"
    list_display = ["checked_on", "newest_number", "records", "evidence", "source"]
    date_hierarchy = "checked_on"
    search_fields = ["newest_number", "note"]
    fieldsets = [
        (
            None,
            {
                "fields": ["newest_number", "records", "note"],
                "description": _(
                    "A day on which an import read the official feed. "
                    "The pages say that the record is complete to the newest of these days."
                ),
            },
        ),
        SOURCE,
    ]

    def has_add_permission(self, request):
        """Imports alone say that the record is complete."""
        return False

    def has_change_permission(self, request, obj=None):
        return False


from .importing import admin as importing_admin  # noqa: E402, F401 - the import page registers itself
