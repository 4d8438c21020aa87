import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editing.pages.alphabet import alphabetical
from editing.pages.tables import CompactTable, badge, link
from editing.records import Evidence

from .models import Listing, Occupation

NUMERIC = {"cell": {"class": "numeric"}}
FROM_THE_DEPARTMENT = (Evidence.OFFICIAL, Evidence.GOVERNMENT_COPY)
REASONS = {
    "code": _("NOC 2021 code"),
    "code_prefix": _("NOC 2021 code starting with these digits"),
    "former_code": _("NOC 2016 title of this work"),
    "title": _("official title"),
    "job_title": _("job title"),
    "spelling": _("similar spelling"),
}


class HiddenColumn(tables.Column):
    """A column for downloads only."""

    def __init__(self, **kwargs):
        super().__init__(visible=False, **kwargs)


class ListingTable(CompactTable):
    """The occupation list of an edition."""

    title = tables.Column(_("Occupation"), "title_as_published")
    code = tables.Column(_("2021 NOC code"), "occupation__code", attrs=NUMERIC)
    teer = tables.Column(_("2021 TEER category"), "occupation__teer", attrs=NUMERIC)
    noc_title = tables.Column(_("NOC title, where it differs"), "occupation__title", orderable=False)
    evidence = tables.Column(_("Evidence"), orderable=False, attrs={"cell": {"class": "nowrap"}})
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

    @property
    def caption(self):
        """Only what was read from the department is called published by it."""
        if all(listing.evidence in FROM_THE_DEPARTMENT for listing in self.data):
            return _("Occupations, with their titles as the department published them")
        return _("Occupations, with their titles as third parties give them: the department’s page was not read")

    def cells(self, listing):
        occupation = listing.occupation
        return {
            "title": link(occupation.get_absolute_url(), listing.title_as_published),
            "code": occupation.code,
            "teer": occupation.teer,
            "noc_title": occupation.title if listing.differs_from_noc else "",
            "evidence": evidence(listing),
        }

    def value_evidence(self, record):
        return record.evidence

    def value_noc_title(self, record):
        return record.occupation.title if record.differs_from_noc else ""

    def value_source(self, record):
        return record.source_text

    def value_confirmed_by(self, record):
        return record.confirmed_by_text


class OccupationTable(CompactTable):
    """Unit groups found or chosen, with the lists that name them on the day."""

    caption = _("Occupations found, and the lists that name them")
    title = tables.Column(_("Occupation"))
    code = tables.Column(_("2021 NOC code"), attrs=NUMERIC)
    teer = tables.Column(_("TEER"), attrs={"cell": {"class": "numeric on-wide"}})
    match = tables.Column(_("Found by"), "code", orderable=False)
    categories = tables.Column(_("On the list of"), "current", orderable=False)

    class Meta:
        model = Occupation
        fields = ["title", "code", "teer", "categories", "match"]
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

    def cells(self, occupation):
        return {
            "title": link(occupation.get_absolute_url(), occupation.title),
            "code": occupation.code,
            "teer": occupation.teer,
            "match": found_by(self.matches[occupation.code]) if self.matches else "",
            "categories": categories(occupation.current),
        }

    def value_match(self, value):
        return self.matches[value].text

    def value_categories(self, record):
        return ", ".join(listing.edition.category.slug for listing in record.current)


def evidence(listing):
    """How good the source is, and where it was read."""
    words = listing.get_evidence_display()
    return (
        format_html('<a href="{}" rel="external">{}</a>', listing.source_url, words) if listing.source_url else words
    )


def found_by(match):
    """The words that matched, and what they are."""
    reason = format_html('<span class="small">{}</span>', REASONS[match.reason])
    if match.reason in ("code", "code_prefix"):
        return reason
    language = format_html(' lang="{}"', match.language) if match.language != get_language() else ""
    return format_html("<span{}>{}</span> {}", language, match.text, reason)


def categories(listings):
    """The categories that list an occupation, each leading to the edition that does."""
    badges = [
        (badge(edition.category.mark, link(edition.get_absolute_url(), edition.category.name)),)
        for edition in (listing.edition for listing in listings)
    ]
    return format_html_join(mark_safe("<br>"), "{}", badges) or format_html('<span class="small">{}</span>', _("none"))
