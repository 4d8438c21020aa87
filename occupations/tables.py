import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editing.pages.alphabet import alphabetical

from .models import Listing, Occupation

NUMERIC = {"cell": {"class": "numeric"}}
REASONS = {
    "code": _("NOC 2021 code"),
    "code_prefix": _("NOC 2021 code that begins so"),
    "former_code": _("NOC 2016 title of this work"),
    "title": _("official title"),
    "job_title": _("job title"),
    "spelling": _("similar spelling"),
}


class HiddenColumn(tables.Column):
    """A column for downloads only."""

    def __init__(self, **kwargs):
        super().__init__(visible=False, **kwargs)


class ListingTable(tables.Table):
    """The occupation list of an edition."""

    caption = _("Occupations, with their titles as the department published them")
    title = tables.Column(
        _("Occupation"), "title_as_published", linkify=("occupations:detail", [tables.A("occupation__code")])
    )
    code = tables.Column(_("2021 NOC code"), "occupation__code", attrs=NUMERIC)
    teer = tables.Column(_("2021 TEER category"), "occupation__teer", attrs=NUMERIC)
    noc_title = tables.Column(_("NOC title, where it differs"), "occupation__title", orderable=False)
    evidence = tables.TemplateColumn(
        template_name="occupations/listing_evidence.html",
        verbose_name=_("Evidence"),
        orderable=False,
        attrs={"cell": {"class": "nowrap"}},
    )
    category = HiddenColumn(accessor="edition__category__slug", verbose_name=_("Category"))
    edition = HiddenColumn(accessor="edition__version", verbose_name=_("Edition"))
    effective_from = HiddenColumn(accessor="edition__effective_from", verbose_name=_("In force from"))
    effective_to = HiddenColumn(accessor="edition__effective_to", verbose_name=_("In force to"))
    source = HiddenColumn(verbose_name=_("Source"))
    source_url = HiddenColumn(verbose_name=_("Source link"))
    checked_on = HiddenColumn(verbose_name=_("Checked on"))
    confirmed_by = HiddenColumn(verbose_name=_("Confirmed by"))

    class Meta:
        model = Listing
        fields = ["title", "code", "teer", "noc_title", "evidence"]
        empty_text = _("This edition has no occupation list.")

    def render_noc_title(self, record, value):
        return value if record.differs_from_noc else ""

    def value_noc_title(self, value):
        return value

    def value_evidence(self, record):
        return record.evidence


class OccupationTable(tables.Table):
    """Unit groups found or chosen, with the lists that name them on the day."""

    caption = _("Occupations found, with the category lists of the day that name them")
    title = tables.Column(_("Occupation"), linkify=True)
    code = tables.Column(_("2021 NOC code"), attrs=NUMERIC)
    teer = tables.Column(_("TEER"), attrs=NUMERIC)
    match = tables.Column(_("Found by"), "code", orderable=False)
    categories = tables.TemplateColumn(
        template_name="occupations/current.html", verbose_name=_("On the list of"), accessor="current", orderable=False
    )

    class Meta:
        model = Occupation
        fields = ["title", "code", "teer", "match", "categories"]
        empty_text = _(
            "No occupation matches. Try fewer words, another title for the same work, or part of a NOC code."
        )

    def __init__(self, *args, matches, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.matches = matches
        self.day = day

    def order_title(self, queryset, is_descending):
        """By the title that the page shows."""
        title = alphabetical("title")
        return queryset.order_by(title.desc() if is_descending else title), True

    def render_match(self, value):
        match = self.matches[value]
        reason = format_html('<span class="small">{}</span>', REASONS[match.reason])
        if match.reason in ("code", "code_prefix"):
            return reason
        language = format_html(' lang="{}"', match.language) if match.language != get_language() else ""
        return format_html("<span{}>{}</span> {}", language, match.text, reason)

    def value_match(self, value):
        return self.matches[value].text

    def value_categories(self, record):
        return ", ".join(listing.edition.category.slug for listing in record.current)
