"""Making the next edition of a category from the one before, and putting a pasted list in place."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from editing.constraint_messages import RULES as RULES_IN_WORDS
from editing.days import canadian_day
from editing.records import Status
from occupations.models import Edition, Listing, Occupation

RULES = [
    "minimum_experience_months",
    "experience_window_years",
    "experience_continuous",
    "canadian_experience_required",
    "minimum_nclc",
    "language_rule",
    "service_years",
    "offer_from_en",
    "offer_from_fr",
    "offer_years",
    "education_years",
]
SOURCE = ["evidence", "source", "source_url", "checked_on"]


@transaction.atomic
def copy(edition, version, effective_from, **given):
    """A draft of the next edition with the rules and the list of this one, which ends when the draft is published."""
    if effective_from <= edition.effective_from:
        raise ValidationError(_("The next edition starts after the first day of this one, %(day)s.")
                              % {"day": edition.effective_from})  # fmt: skip
    if edition.draws.filter(date__gte=effective_from).exists():
        raise ValidationError(RULES_IN_WORDS["edition_covers_its_draws"])
    copied = {name: getattr(edition, name) for name in RULES}
    latest = Edition(
        category=edition.category,
        version=version,
        effective_from=effective_from,
        status=Status.DRAFT,
        **copied | given,
    )
    latest._change_reason = _("Copied from edition %(version)s") % {"version": edition.version}
    latest.full_clean()
    latest.save()
    source = {name: given[name] for name in SOURCE}
    for listing in edition.listings.all():
        add(latest, listing.occupation, listing.title_as_published_en, source, listing.title_as_published_fr)
    return latest


def add(edition, occupation, title_en, source, title_fr="", reason=None, cause=""):
    listing = Listing(edition=edition, occupation=occupation, title_as_published_en=title_en, **source)
    listing._change_reason, listing._change_cause = reason, cause
    listing.title_as_published_fr = title_fr
    listing.full_clean()
    listing.save()


def previous(edition):
    """The edition of the category that was in force before, or None."""
    earlier = Edition.objects.filter(category_id=edition.category_id, effective_from__lt=edition.effective_from)
    return earlier.order_by("-effective_from").first()


def titles(edition):
    """English titles as published, by code."""
    return dict(edition.listings.values_list("occupation__code", "title_as_published_en"))


@transaction.atomic
def put_list(edition, pasted, read_from, reason, cause=""):
    """Make the list of an edition exactly the pasted one: titles by code. What stays as it is keeps its source."""
    held = {listing.occupation.code: listing for listing in edition.listings.select_related("occupation")}
    for code in held.keys() - pasted.keys():
        held[code]._change_reason, held[code]._change_cause = reason, cause
        held[code].delete()
    source = read_from | {"checked_on": canadian_day()}
    for occupation in Occupation.objects.filter(code__in=pasted.keys() - held.keys()):
        add(edition, occupation, pasted[occupation.code], source, reason=reason, cause=cause)
    for code in held.keys() & pasted.keys():
        listing = held[code]
        if listing.title_as_published_en != pasted[code]:
            listing._change_reason, listing._change_cause = reason, cause
            for name, value in {"title_as_published_en": pasted[code], **source}.items():
                setattr(listing, name, value)
            listing.full_clean()
            listing.save()
