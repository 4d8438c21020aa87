from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from expressentry.records import ByNaturalKey, Reviewed, ReviewedQuerySet, Sourced, bilingual

from .marks import mark_choices


class OccupationGroup(models.Model):
    """A level of NOC 2021 above the unit group; its parents are the prefixes of its code."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    title_en = models.CharField(_("English title"), max_length=255)
    title_fr = models.CharField(_("French title"), max_length=255)

    natural_key_fields = ["code"]
    objects = ByNaturalKey.as_manager()
    title = bilingual("title")

    class Meta:
        ordering = ["code"]
        verbose_name = _("NOC group")
        verbose_name_plural = _("NOC groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{1,4}$"),
                name="occupationgroup_code_form",
                violation_error_message=_("A NOC group code has one to four digits."),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def natural_key(self):
        return (self.code,)

    @property
    def level(self):
        return [_("broad category"), _("major group"), _("sub-major group"), _("minor group")][len(self.code) - 1]


class OccupationQuerySet(ByNaturalKey):
    def in_group(self, code):
        """Unit groups below the NOC group ``code``."""
        return self.filter(code__startswith=code)

    def with_groups(self):
        """Occupations with the titles of the NOC groups above, as ``group_1`` to ``group_4``."""
        title = "title_fr" if get_language() == "fr" else "title_en"
        groups = OccupationGroup.objects.values(title)
        above = {length: groups.filter(code=Substr(OuterRef("code"), 1, length)) for length in range(1, 5)}
        return self.annotate(**{f"group_{length}": Subquery(group) for length, group in above.items()})

    def listed(self, on, category=None):
        """Occupations on a list in force on the date ``on``: of the category with this address, or of any."""
        editions = Edition.objects.published().in_force(on)
        editions = editions.filter(category__slug=category) if category else editions
        return self.filter(pk__in=Listing.objects.filter(edition__in=editions).values("occupation"))

    def with_listings(self, on):
        """Occupations with their listings of the date ``on``, as ``current``."""
        editions = Edition.objects.published().in_force(on)
        listings = Listing.objects.filter(edition__in=editions).select_related("edition__category")
        return self.prefetch_related(Prefetch("listings", listings.order_by("edition__category__slug"), "current"))


class Occupation(models.Model):
    """A NOC 2021 unit group."""

    code = models.CharField(_("2021 NOC code"), max_length=5, unique=True)
    title_en = models.CharField(_("English title"), max_length=255)
    title_fr = models.CharField(_("French title"), max_length=255)
    teer = models.GeneratedField(
        expression=Cast(Substr("code", 2, 1), models.PositiveSmallIntegerField()),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        verbose_name=_("TEER"),
    )

    natural_key_fields = ["code"]
    objects = OccupationQuerySet.as_manager()
    title = bilingual("title")

    class Meta:
        ordering = ["code"]
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9][0-5][0-9]{3}$"),
                name="occupation_code_form",
                violation_error_message=_("A unit group code has five digits, the second from 0 to 5."),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("occupations:detail", args=[self.code])

    def natural_key(self):
        return (self.code,)

    @property
    def group_codes(self):
        """Codes of the four NOC levels above, broad category first."""
        return [self.code[:length] for length in range(1, 5)]

    @property
    def groups(self):
        """Codes and titles of the four NOC levels above, of a row taken ``with_groups``."""
        return [(code, getattr(self, f"group_{len(code)}")) for code in self.group_codes]


class OccupationTitle(models.Model):
    """A job title of the NOC index; a hint for search, the duties decide."""

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        FRENCH = "fr", _("French")

    class Kind(models.TextChoices):
        INDEX = "index", _("index")
        ILLUSTRATIVE = "illustrative", _("illustrative")

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="titles", verbose_name=_("occupation"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("job title"), max_length=255)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)

    natural_key_fields = ["occupation__code", "language", "title"]
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("job title")
        verbose_name_plural = _("job titles")
        constraints = [
            models.UniqueConstraint("occupation", "language", "title", name="occupationtitle_not_doubled"),
            models.CheckConstraint(condition=Q(language__in=["en", "fr"]), name="occupationtitle_language_known"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.occupation.code, self.language, self.title)


class FormerCode(models.Model):
    """A NOC 2016 unit group and one of the NOC 2021 unit groups that took it over."""

    code_2016 = models.CharField(_("NOC 2016 code"), max_length=4, db_index=True)
    title_2016_en = models.CharField(_("NOC 2016 English title"), max_length=255)
    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="former_codes", verbose_name=_("NOC 2021 unit group")
    )
    change = models.CharField(_("type of change"), max_length=120)
    note = models.CharField(_("note"), max_length=255, blank=True)

    natural_key_fields = ["code_2016", "occupation__code"]
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ["code_2016", "occupation__code"]
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        constraints = [
            models.UniqueConstraint("code_2016", "occupation", name="formercode_not_doubled"),
            models.CheckConstraint(
                condition=Q(code_2016__regex=r"^[0-9]{4}$"),
                name="formercode_code_form",
                violation_error_message=_("A NOC 2016 code has four digits."),
            ),
        ]

    def __str__(self):
        return f"{self.code_2016} → {self.occupation.code}"

    def natural_key(self):
        return (self.code_2016, self.occupation.code)


class CategoryQuerySet(ByNaturalKey):
    def public(self, now=None):
        """Categories with a published edition."""
        return self.filter(pk__in=Edition.objects.published(now).values("category"))


class Category(models.Model):
    """A category of category-based selection, across its renamings."""

    slug = models.SlugField(_("address"), unique=True)
    name_en = models.CharField(_("short English name"), max_length=60)
    name_fr = models.CharField(_("short French name"), max_length=60, blank=True)
    mark = models.CharField(_("mark"), max_length=12, unique=True, choices=mark_choices)

    natural_key_fields = ["slug"]
    objects = CategoryQuerySet.as_manager()
    name = bilingual("name")

    class Meta:
        ordering = ["slug"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("categories:detail", args=[self.slug])

    def natural_key(self):
        return (self.slug,)


class EditionQuerySet(ReviewedQuerySet):
    def in_force(self, on):
        """Editions in force on the date ``on``."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on)

    def with_lists(self):
        """Editions with their listings and occupations."""
        return self.select_related("category").prefetch_related("listings__occupation")

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
    round_label = models.CharField(_("label in official round names"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    list_url = models.URLField(_("official list"), max_length=300, blank=True)

    natural_key_fields = ["category__slug", "version"]
    objects = EditionQuerySet.as_manager()
    name = bilingual("name")

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
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{self.category} {self.version}"

    def get_absolute_url(self):
        return reverse("categories:edition", args=[self.category.slug, self.version])

    def natural_key(self):
        return (self.category.slug, self.version)

    natural_key.dependencies = ["occupations.category"]

    def clean(self):
        """Say in words what the database rule ``edition_not_overlapping`` refuses."""
        super().clean()
        if self.category_id and self.effective_from and (other := self.overlapping().first()):
            raise ValidationError(
                _("The edition %(other)s of this category is in force on some of these days. End it first."),
                params={"other": other.version},
            )

    def overlapping(self):
        """Other editions of the category in force on any day of this one."""
        others = Edition.objects.filter(category_id=self.category_id).exclude(pk=self.pk)
        later = Q(effective_to=None) | Q(effective_to__gte=self.effective_from)
        return others.filter(later, **({"effective_from__lte": self.effective_to} if self.effective_to else {}))

    def is_in_force(self, on=None):
        on = on or timezone.localdate()
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class Listing(Sourced):
    """An occupation in an edition, with its title as the department published it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="listings", verbose_name=_("edition"))
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="listings", verbose_name=_("occupation"))
    title_as_published_en = models.CharField(_("English title as published"), max_length=255)
    title_as_published_fr = models.CharField(
        _("French title as published"), max_length=255, blank=True, help_text=_("Empty: not found.")
    )
    confirmed_by = models.CharField(_("confirmed by"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    natural_key_fields = ["edition__category__slug", "edition__version", "occupation__code"]
    objects = ByNaturalKey.as_manager()

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
        return f"{self.edition}: {self.occupation.code}"

    def natural_key(self):
        return (*self.edition.natural_key(), self.occupation.code)

    natural_key.dependencies = ["occupations.edition", "occupations.occupation"]

    @property
    def title_as_published(self):
        """The published title in the page's language; the NOC title where no French one was found."""
        if get_language() == "fr":
            return self.title_as_published_fr or self.occupation.title_fr
        return self.title_as_published_en

    @property
    def differs_from_noc(self):
        """Whether the published title is more than the NOC title in other capitals."""
        return self.title_as_published.casefold() != self.occupation.title.casefold()
