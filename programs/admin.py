from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editing.admin.markdown import MarkdownAdmin
from editing.admin.review import ReviewedAdmin
from editing.admin.rows import PUBLICATION, SOURCE, RowAdmin
from editing.admin.sheets.pages import SpreadsheetAdmin
from editing.admin.sheets.resources import RowResource

from .grids.admin import GridAdmin
from .models import Amount, Milestone, OccupationRule, PointGrid, Program, Requirement
from .successors import SuccessorAdmin

MARKDOWN = _("Empty lines make paragraphs, a hyphen begins a list item, *stars* emphasise, [words](address) link.")


@admin.register(Program)
class ProgramAdmin(MarkdownAdmin, RowAdmin):
    guide = "texts-grids-tables"
    markdown_fields = ["summary_en", "summary_fr"]
    list_display = ["name_en", "name_fr", "code", "legal_reference", "position"]
    search_fields = ["code", "name_en", "name_fr"]
    fieldsets = [
        (None, {"fields": [("name_en", "name_fr"), ("code", "slug"), "legal_reference", ("mark", "position")]}),
        (_("Text"), {"fields": ["summary_en", "summary_fr"], "description": MARKDOWN}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Imports, tools and links know a program by its code and its address."""
        return [*super().get_readonly_fields(request, obj), *(["code", "slug"] if obj else [])]

    def has_delete_permission(self, request, obj=None):
        """Draws, requirements and pages hang on the four programs: they are changed, never deleted."""
        return False


@admin.register(Requirement)
class RequirementAdmin(MarkdownAdmin, SuccessorAdmin, ReviewedAdmin):
    guide = "texts-grids-tables"
    markdown_fields = ["text_en", "text_fr"]
    list_display = ["program", "topic", "in_short_en", "state", "valid_from", "valid_to"]
    list_display_links = ["in_short_en"]
    list_filter = ["status", "program", "topic", "state", "evidence"]
    list_select_related = ["program"]
    search_fields = ["key", "in_short_en", "in_short_fr", "text_en", "text_fr", "legal_reference"]
    search_help_text = _("Words of the rule in either language, or its legal reference.")
    fieldsets = [
        (None, {"fields": ["program", ("key", "topic"), "position"]}),
        (_("In short"), {"fields": ["in_short_en", "in_short_fr"], "description": _("For the comparison table.")}),
        (_("Text"), {"fields": ["text_en", "text_fr", "legal_reference"], "description": MARKDOWN}),
        (
            _("Validity"),
            {
                "fields": ["state", ("valid_from", "valid_to"), "known_true_on"],
                "description": _(
                    "A rule that changes keeps its old row: “From a later day” makes the new one and ends the old one."
                ),
            },
        ),
        SOURCE,
        PUBLICATION,
    ]

    def public_address(self, row):
        return row.program.get_absolute_url()


@admin.register(OccupationRule)
class OccupationRuleAdmin(SuccessorAdmin, ReviewedAdmin):
    guide = "texts-grids-tables"
    list_display = ["program", "prefix", "counts", "minimum_level", "state", "valid_from", "valid_to"]
    list_display_links = ["prefix"]
    list_filter = ["status", "program", "counts", "state", "evidence"]
    list_select_related = ["program"]
    search_fields = ["prefix"]
    search_help_text = _("The first digits of a code.")
    fieldsets = [
        (None, {"fields": ["program", ("prefix", "counts"), "minimum_level"]}),
        (
            _("Validity"),
            {
                "fields": ["state", ("valid_from", "valid_to"), "known_true_on"],
                "description": _(
                    "A rule that changes keeps its old row: “From a later day” makes the new one and ends the old one."
                ),
            },
        ),
        SOURCE,
        PUBLICATION,
    ]

    def public_address(self, row):
        return row.program.get_absolute_url()


class AmountResource(RowResource):
    """Fees and funds; whether a row is published is no column, so that no spreadsheet can publish."""

    class Meta(RowResource.Meta):
        model = Amount
        fields = [
            "table", "item", "valid_from", "valid_to", "label_en", "label_fr", "dollars", "note", "note_fr",
            "position", "evidence", "source", "source_fr", "source_url", "checked_on",
        ]  # fmt: skip
        import_id_fields = ["table", "item", "valid_from"]
        export_order = fields


@admin.register(Amount)
class AmountAdmin(SpreadsheetAdmin, SuccessorAdmin, ReviewedAdmin):
    guide = "texts-grids-tables"
    resource_classes = [AmountResource]
    list_display = ["label_en", "table", "item", "dollars", "valid_from", "valid_to", "evidence"]
    list_filter = ["status", "table", "evidence", "valid_from"]
    search_fields = ["item", "label_en", "label_fr", "note", "note_fr"]
    search_help_text = _("Words of a label, or the name of the item.")
    date_hierarchy = "valid_from"
    fieldsets = [
        (None, {"fields": [("table", "item"), ("label_en", "label_fr"), "dollars", "position", ("note", "note_fr")]}),
        (
            _("Validity"),
            {
                "fields": [("valid_from", "valid_to")],
                "description": _(
                    "An amount that changes keeps its old row: “From a later day” makes the new one and ends "
                    "the old one."
                ),
            },
        ),
        SOURCE,
        PUBLICATION,
    ]

    def public_address(self, row):
        """A program that asks for all of them."""
        return Program.objects.get(code="FSW").get_absolute_url()


@admin.register(Milestone)
class MilestoneAdmin(ReviewedAdmin):
    list_display = ["date", "text_en", "kind", "state", "evidence"]
    list_display_links = ["date", "text_en"]
    list_filter = ["status", "kind", "state", "evidence"]
    search_fields = ["text_en", "text_fr", "note", "note_fr"]
    search_help_text = _("Words of the event.")
    date_hierarchy = "date"
    fieldsets = [
        (None, {"fields": [("date", "day_known"), ("kind", "state"), "text_en", "text_fr", "note", "note_fr"]}),
        SOURCE,
        PUBLICATION,
    ]

    def public_address(self, row):
        return reverse("timeline")


@admin.register(PointGrid)
class PointGridAdmin(GridAdmin):
    def public_address(self, row):
        """The page that shows the grid as tables."""
        return row.pages()[0]
