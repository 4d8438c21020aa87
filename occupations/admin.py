from django.contrib import admin
from django.db.models import Count
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from editing.admin.review import ReviewedAdmin
from editing.admin.row_form import ChildFormSet, RowForm
from editing.admin.rows import PUBLICATION, SOURCE, SOURCE_CONFIRMED, ListingChildren, RowAdmin, TabularChildren
from editing.admin.sheets.pages import SpreadsheetAdmin
from editing.constraint_messages import RULES
from editing.pages.marks import GENERAL, MARKS
from editing.records import Status
from programs.models import Program

from .categories.admin_pages import EditionPages
from .models import (
    Category,
    CategoryRoundName,
    Edition,
    Exclusion,
    FormerCode,
    Listing,
    Occupation,
    OccupationGroup,
    OccupationTitle,
    Synonym,
)
from .resources import ListingResource, OccupationResource


@admin.register(OccupationGroup)
class OccupationGroupAdmin(RowAdmin):
    list_display = ["code", "level", "title_en", "title_fr"]
    search_fields = ["code", "title_en", "title_fr"]
    search_help_text = _("A code, or words of a title in either language.")
    fieldsets = [(None, {"fields": ["code", "title_en", "title_fr"]})]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


class FormerCodeInline(TabularChildren):
    model = FormerCode
    fields = ["code_2016", "title_2016_en", "change", "note"]


@admin.register(Occupation)
class OccupationAdmin(SpreadsheetAdmin, RowAdmin):
    resource_classes = [OccupationResource]
    list_display = ["code", "title_en", "title_fr", "teer"]
    list_filter = ["teer"]
    search_fields = ["code", "title_en", "title_fr"]
    found_by = ["code"]
    search_help_text = _("A NOC code, or words of a title in either language.")
    inlines = [FormerCodeInline]
    readonly_fields = ["teer"]
    fieldsets = [
        (
            None,
            {
                "fields": ["code", "title_en", "title_fr", "teer"],
                "description": _(
                    "A unit group of NOC 2021, titles as Statistics Canada publishes them. "
                    "The TEER category is the second digit of the code. Job titles have a list of their own."
                ),
            },
        )
    ]

    def get_readonly_fields(self, request, obj=None):
        """The code is part of addresses that people keep."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]


@admin.register(OccupationTitle)
class OccupationTitleAdmin(RowAdmin):
    list_display = ["title", "language", "kind", "occupation"]
    list_filter = ["language", "kind"]
    list_select_related = ["occupation"]
    search_fields = ["title", "=occupation__code"]
    search_help_text = _("Words of a job title, or a NOC code.")
    autocomplete_fields = ["occupation"]
    show_full_result_count = False
    fieldsets = [(None, {"fields": ["occupation", ("language", "kind"), "title"]})]


@admin.register(FormerCode)
class FormerCodeAdmin(RowAdmin):
    list_display = ["code_2016", "title_2016_en", "occupation", "change"]
    list_filter = ["change"]
    list_select_related = ["occupation"]
    search_fields = ["code_2016", "title_2016_en", "=occupation__code"]
    search_help_text = _("A code of either classification, or words of the title of 2016.")
    autocomplete_fields = ["occupation"]
    fieldsets = [(None, {"fields": [("code_2016", "title_2016_en"), "occupation", "change", "note"]})]


@admin.register(Exclusion)
class ExclusionAdmin(RowAdmin):
    list_display = ["occupation", "excluded"]
    list_select_related = ["occupation", "excluded"]
    search_fields = ["=occupation__code", "=excluded__code"]
    search_help_text = _("The NOC code of either.")
    autocomplete_fields = ["occupation", "excluded"]
    fieldsets = [(None, {"fields": [("occupation", "excluded")]})]


@admin.register(Synonym)
class SynonymAdmin(ReviewedAdmin):
    guide = "texts-grids-tables"
    list_display = ["phrase", "meaning"]
    list_filter = ["status"]
    search_fields = ["phrase", "meaning"]
    search_help_text = _("Everyday words, or words of titles.")
    fieldsets = [
        (
            None,
            {
                "fields": ["phrase", "meaning"],
                "description": _(
                    "Changes what the search looks up, never a title that it shows. The words as typed are looked "
                    "up too. A phrase with several meanings has a row for each."
                ),
            },
        ),
        PUBLICATION,
    ]


class CategoryForm(RowForm):
    """A category chooses among the marks that no other stream has."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "mark" in self.fields:
            others = Category.objects.exclude(pk=self.instance.pk).values_list("mark", flat=True)
            taken = {GENERAL, *others, *Program.objects.values_list("mark", flat=True)}
            self.fields["mark"].choices = [(key, drawn(key)) for key in MARKS if key not in taken]


def drawn(mark):
    """A mark in its colour, and its name."""
    use = '<svg class="mark" fill="var(--mark-{0})" aria-hidden="true"><use href="{1}#{0}"/></svg> {0}'
    return format_html(use, mark, static("img/marks.svg"))


@admin.register(Category)
class CategoryAdmin(RowAdmin):
    form = CategoryForm
    radio_fields = {"mark": admin.HORIZONTAL}
    guide = "a-category-gets-a-new-list"
    list_display = ["name_en", "name_fr", "slug", "mark", "edition_count"]
    search_fields = ["slug", "name_en", "name_fr"]
    found_by = ["slug", "name_en", "name_fr"]
    search_help_text = _("Words of a name.")
    fieldsets = [
        (
            None,
            {
                "fields": ["name_en", "name_fr", "slug", "mark"],
                "description": _(
                    "A category across its renamings: the official names are those of its editions. "
                    "The address is part of links that people keep, so it is chosen once."
                ),
            },
        )
    ]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def kept(self, row):
        public = row.editions.filter(status=Status.PUBLISHED).exists()
        return _("A category with a published edition is not deleted: links lead to it.") if public else ""

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(edition_count=Count("editions"))

    @admin.display(description=_("editions"), ordering="edition_count")
    def edition_count(self, category):
        return category.edition_count


@admin.register(CategoryRoundName)
class CategoryRoundNameAdmin(RowAdmin):
    list_display = ["name", "language", "category"]
    list_filter = ["language", "category"]
    list_select_related = ["category"]
    search_fields = ["name", "=category__slug"]
    search_help_text = _("Words of a name, or the address of a category.")
    autocomplete_fields = ["category"]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "language", "category"],
                "description": _(
                    "What the official feed calls the rounds of a category. Capitals, commas, hyphens and the version "
                    "at the end make no other name."
                ),
            },
        )
    ]


class ListingFormSet(ChildFormSet):
    """A row added to a list was read where the edition was; its own page can say otherwise."""

    def save_new(self, form, commit=True):
        for name in ("source", "source_fr", "source_url", "checked_on"):
            setattr(form.instance, name, getattr(self.instance, name))
        return super().save_new(form, commit)


class ListingInline(ListingChildren):
    formset = ListingFormSet
    model = Listing
    autocomplete_fields = ["occupation"]
    fields = ["occupation", "title_as_published_en", "title_as_published_fr", "evidence"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Only the choice: the classification is not changed from here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in ("add", "change", "delete", "view"):
            setattr(field.widget, f"can_{name}_related", False)
        return field


IN_FORCE = _(
    "First and last day. The last edition of a category has no last day. "
    "Two published editions of a category never share a day."
)
ASKED = [
    ("minimum_experience_months", "experience_window_years"),
    ("experience_continuous", "canadian_experience_required"),
    ("minimum_nclc", "language_rule"),
    ("service_years", "education_years", "offer_years"),
    ("offer_from_en", "offer_from_fr"),
    *("round_label", "list_url", "note", "note_fr"),
]


@admin.register(Edition)
class EditionAdmin(EditionPages, ReviewedAdmin):
    guide = "a-category-gets-a-new-list"
    list_display = ["category", "version", "effective_from", "effective_to", "size"]
    list_display_links = ["category", "version"]
    list_filter = ["status", "category", "evidence"]
    list_select_related = ["category"]
    search_fields = ["category__slug", "category__name_en", "version", "name_en", "name_fr"]
    search_help_text = _("A category, a version like 2023, or words of the official name.")
    date_hierarchy = "effective_from"
    inlines = [ListingInline]
    fieldsets = [
        (None, {"fields": [("category", "version"), ("name_en", "name_fr")]}),
        (_("In force"), {"fields": [("effective_from", "effective_to")], "description": IN_FORCE}),
        (_("What it requires"), {"fields": ASKED}),
        SOURCE,
        PUBLICATION,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_sizes()

    def kept(self, row):
        published = row.status == Status.PUBLISHED
        return RULES["edition_published_not_deleted"] if published else ""

    @admin.display(description=_("occupations"), ordering="size")
    def size(self, edition):
        return edition.size


@admin.register(Listing)
class ListingAdmin(SpreadsheetAdmin, RowAdmin):
    guide = "a-category-gets-a-new-list"
    resource_classes = [ListingResource]
    list_display = ["edition", "code", "title_as_published_en", "title_as_published_fr", "evidence", "checked_on"]
    list_filter = ["edition__category", "evidence"]
    list_select_related = ["edition__category", "occupation"]
    search_fields = ["=occupation__code", "title_as_published_en", "title_as_published_fr", "edition__version"]
    search_help_text = _("A NOC code, words of a published title, or the version of an edition.")
    autocomplete_fields = ["edition", "occupation"]
    fieldsets = [
        (None, {"fields": ["edition", "occupation"]}),
        (
            _("As published"),
            {
                "fields": ["title_as_published_en", "title_as_published_fr", "note"],
                "description": _("The title that the department printed, also where the classification has another."),
            },
        ),
        SOURCE_CONFIRMED,
    ]

    @admin.display(description=_("2021 NOC code"), ordering="occupation__code")
    def code(self, listing):
        return listing.occupation.code
