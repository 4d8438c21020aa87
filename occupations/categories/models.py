"""Categories of category-based selection, their editions through time, and the occupations that each lists."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editing.days import canadian_day
from editing.history import RowHistory
from editing.ledger.models import Cause
from editing.pages.marks import mark_choices
from editing.pages.typography import colon
from editing.records import (
    ByNaturalKey,
    Keyed,
    Live,
    Reviewed,
    ReviewedQuerySet,
    Sourced,
    Status,
    bilingual,
    bilingual_with_language,
)
from occupations.noc import Occupation

OTHER_STREAMS = ["general", "fsw", "fst", "cec", "pnp"]  # a category stands beside them at /draws/…


class CategoryQuerySet(ByNaturalKey):
    def public(self, now=None):
        """Categories with a published edition."""
        return self.filter(pk__in=Edition.objects.published(now).values("category"))


class Category(Live, Keyed):
    """A category of category-based selection, across its renamings."""

    slug = models.SlugField(_("address"), unique=True)
    name_en = models.CharField(_("short English name"), max_length=60)
    name_fr = models.CharField(_("short French name"), max_length=60, blank=True)
    mark = models.CharField(_("mark"), max_length=12, unique=True, choices=mark_choices)

    natural_key_fields = ["slug"]
    public_because_of = ("editions",)
    objects = CategoryQuerySet.as_manager()
    history = RowHistory()
    name = bilingual("name")

    class Meta(Live.Meta):
        ordering = ["slug"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z][a-z0-9-]*$") & ~Q(slug__in=OTHER_STREAMS),
                name="category_slug_form",
                violation_error_message=_(
                    "The address begins with a letter, has small letters, digits and hyphens, and is none of: "
                    "general, fsw, fst, cec, pnp."
                ),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("categories:detail", args=[self.slug])

    def is_seen(self):
        """With its first published edition, also one that waits for its time."""
        return self.pk is not None and self.editions.filter(status=Status.PUBLISHED).exists()

    def public_since(self):
        """With its first published edition."""
        return min(filter(None, [edition.public_since() for edition in self.editions.all()]), default=None)


class EditionQuerySet(ReviewedQuerySet):
    def in_force(self, on):
        """Editions in force on the date ``on``."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on)

    def with_lists(self):
        """Editions with their listings and occupations."""
        lists = Prefetch("listings", Listing.objects.select_related("occupation"))
        return self.select_related("category").prefetch_related(lists)

    def with_sizes(self):
        """Editions with the number of occupations on their list, as ``size``."""
        return self.annotate(size=Count("listings")).order_by(*self.model._meta.ordering)  # a count drops the order

    def of_occupation(self, occupation):
        """Editions of each category that has ever listed the occupation; ``lists_it`` tells which did."""
        listings = Listing.objects.filter(edition=OuterRef("pk"), occupation=occupation)
        categories = self.filter(listings__occupation=occupation).values("category")
        return self.filter(category__in=categories).annotate(lists_it=Exists(listings)).select_related("category")

    def held(self, on=None, now=None):
        """Published draws under these editions, newest first, up to the date ``on``; draws know us, not we them."""
        draws = Edition.draws.rel.related_model.objects.published(now)
        draws = draws.filter(edition__in=self.values("pk")).select_related("edition__category")
        return draws.filter(date__lte=on) if on else draws

    def latest_draws(self, on):
        """The newest of these draws up to the date ``on`` in each category."""
        of_category = self.held(on).filter(edition__category=OuterRef("pk")).values("pk")[:1]
        newest = Category.objects.annotate(latest_draw=Subquery(of_category))
        return self.held(on).filter(pk__in=newest.values("latest_draw"))


class Edition(Sourced, Reviewed):
    """The rules and the occupation list of a category, as in force between two dates."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="editions", verbose_name=_("category"))
    version = models.SlugField(_("version"), max_length=10, help_text=_("The part of its address: 2023."))
    name_en = models.CharField(_("English name"), max_length=120)
    name_fr = models.CharField(_("French name"), max_length=120, blank=True, help_text=_("Empty: not found."))
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force to"), null=True, blank=True, help_text=_("Last day; empty: open."))
    minimum_experience_months = models.PositiveSmallIntegerField(_("months of experience"), null=True, blank=True)
    experience_window_years = models.PositiveSmallIntegerField(_("within the last … years"), null=True, blank=True)
    experience_continuous = models.BooleanField(_("experience must be continuous"), null=True, blank=True)
    canadian_experience_required = models.BooleanField(_("experience must be in Canada"), default=False)
    minimum_nclc = models.PositiveSmallIntegerField(
        _("lowest NCLC level, all four abilities"), null=True, blank=True, help_text=_("For a French-language rule.")
    )
    language_rule = models.CharField(_("language rule"), max_length=200, blank=True)
    service_years = models.PositiveSmallIntegerField(
        _("years in a foreign military"), null=True, blank=True, help_text=_("Of continuous service.")
    )
    offer_from_en = models.CharField(
        _("job offer from, English"), max_length=120, blank=True, help_text=_("Empty: no offer is asked.")
    )
    offer_from_fr = models.CharField(_("job offer from, French"), max_length=120, blank=True)
    offer_years = models.PositiveSmallIntegerField(_("years of the full-time job offer"), null=True, blank=True)
    education_years = models.PositiveSmallIntegerField(
        _("years of the post-secondary credential"), null=True, blank=True
    )
    round_label = models.CharField(_("label in official round names"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    list_url = models.URLField(_("official list"), max_length=300, blank=True)

    natural_key_fields = ["category__slug", "version"]
    facts_in_words = ("note", "offer_from_en")
    objects = EditionQuerySet.as_manager()
    history = RowHistory()
    name = bilingual("name")
    offer_from = bilingual("offer_from")
    note_text, note_language = bilingual_with_language("note")

    class Meta(Reviewed.Meta):
        ordering = ["category__slug", "-effective_from"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                "category",
                "version",
                name="edition_version_not_doubled",
                violation_error_message=_("This category has an edition of that version already."),
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="edition_dates_in_order",
                violation_error_message=_("An edition ends on or after the day it starts."),
            ),
            models.CheckConstraint(
                condition=Q(offer_from_en="", offer_from_fr="", offer_years=None)
                | ~Q(offer_from_en="") & ~Q(offer_from_fr="") & Q(offer_years__gte=1),
                name="edition_offer_is_whole",
                violation_error_message=_(
                    "Of a job offer, say from whom in English and in French, and for how many years."
                ),
            ),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{self.category} {self.version}"

    def get_absolute_url(self):
        return reverse("categories:edition", args=[self.category.slug, self.version])

    def clean(self):
        """Say in words what ``edition_not_overlapping`` and ``edition_public_before_its_draws`` refuse."""
        super().clean()
        if not self.is_public() and (faults := self.withdrawing_faults(self.hidden_until)):
            raise ValidationError(faults)
        if self.status == Status.PUBLISHED and self.effective_from and (other := self.overlapping().first()):
            raise ValidationError(
                _("The edition %(other)s of this category is in force on some of these days. End it first."),
                params={"other": other.version},
            )

    @property
    def hidden_until(self):
        """The moment a published edition waits for; None for one that is hidden for good."""
        return self.publish_at if self.status == Status.PUBLISHED else None

    def withdrawing_faults(self, until=None):
        """Name the draws whose public pages would lead to an edition hidden ``until`` then, or for good."""
        if not self.pk:
            return []
        shown = self.draws.filter(status=Status.PUBLISHED)
        if until:
            shown = shown.filter(Q(publish_at=None) | Q(publish_at__lt=until))
        sentence = _("Public draws lead to this edition: %(draws)s. Withdraw them first, or leave it public.")
        return [sentence % {"draws": ", ".join(map(str, shown))}] if shown else []

    def make_room(self):
        """End the published editions that began before this one on the day before it: today's list ends no sooner."""
        for edition in (before := self.followed()):
            edition.effective_to = self.effective_from - timedelta(days=1)
            edition._change_cause = Cause.OFFICIAL
            edition._change_reason = _("Ends where edition %(version)s starts") % {"version": self.version}
            edition.save()
        return [_("%(row)s ends on %(day)s.") % {"row": one, "day": one.effective_to} for one in before]

    def ends_others(self):
        return self.followed().exists()

    def followed(self):
        return self.overlapping().filter(effective_from__lt=self.effective_from)

    def overlapping(self):
        """Other published editions of the category in force on any day of this one."""
        others = Edition.objects.filter(category_id=self.category_id, status=Status.PUBLISHED).exclude(pk=self.pk)
        later = Q(effective_to=None) | Q(effective_to__gte=self.effective_from)
        return others.filter(later, **({"effective_from__lte": self.effective_to} if self.effective_to else {}))

    def shown_with(self):
        return [self.category, *self.listings.select_related("edition__category", "occupation")]

    def is_in_force(self, on=None):
        on = on or canadian_day()
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class ListingQuerySet(ByNaturalKey):
    def in_force(self, on, category=None):
        """Listings of public editions in force on the date ``on``: of the category with this address, or of any."""
        editions = Edition.objects.published().in_force(on)
        return self.filter(edition__in=editions.filter(category__slug=category) if category else editions)


class Listing(Sourced):
    """An occupation in an edition, with its title as the department published it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="listings", verbose_name=_("edition"))
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="listings", verbose_name=_("occupation"))
    title_as_published_en = models.CharField(_("English title as published"), max_length=255)
    title_as_published_fr = models.CharField(
        _("French title as published"), max_length=255, blank=True, help_text=_("Empty: not found.")
    )
    confirmed_by = models.CharField(_("confirmed by"), max_length=500, blank=True)
    confirmed_by_fr = models.CharField(_("confirmed by (French)"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    natural_key_fields = ["edition__category__slug", "edition__version", "occupation__code"]
    objects = ListingQuerySet.as_manager()
    history = RowHistory()
    confirmed_by_text, confirmed_by_language = bilingual_with_language("confirmed_by")

    class Meta:
        ordering = ["occupation__code"]
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = [
            models.UniqueConstraint(
                "edition",
                "occupation",
                name="listing_not_doubled",
                violation_error_message=_("This edition lists that occupation already."),
            ),
            *Sourced.Meta.constraints,
        ]

    def __str__(self):
        return f"{colon(self.edition)} {self.occupation.code}"

    def public_since(self):
        return self.edition.public_since()

    @property
    def title_as_published(self):
        """The published title in the page's language; the NOC title where no French one was found."""
        french = get_language() == "fr" and (self.title_as_published_fr or self.occupation.title_fr)
        return french or self.title_as_published_en

    @property
    def differs_from_noc(self):
        """Whether the published title is more than the NOC title in other capitals."""
        return self.title_as_published.casefold() != self.occupation.title.casefold()
