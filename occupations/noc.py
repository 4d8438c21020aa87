"""NOC 2021: groups, unit groups, job titles, what a unit group excludes, and the NOC 2016 codes that it replaces."""

from django.contrib import admin
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editing.constraint_messages import chosen, not_doubled
from editing.history import RowHistory
from editing.records import ByNaturalKey, Keyed, Live, bilingual


class OccupationGroup(Keyed):
    """A level of NOC 2021 above the unit group; its parents are the prefixes of its code."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    title_en = models.CharField(_("English title"), max_length=255)
    title_fr = models.CharField(_("French title"), max_length=255)

    natural_key_fields = ["code"]
    editors_may = ("view",)
    objects = ByNaturalKey.as_manager()
    history = RowHistory()
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

    @property
    @admin.display(description=_("level"))
    def level(self):
        return [_("broad category"), _("major group"), _("sub-major group"), _("minor group")][len(self.code) - 1]


class OccupationQuerySet(ByNaturalKey):
    def in_group(self, code):
        """Unit groups below the NOC group ``code``."""
        return self.filter(code__startswith=code)

    def around(self, code):
        """The unit group, those of its minor group, and those that it excludes, told apart by ``is_excluded``."""
        excluded = Exclusion.objects.filter(occupation__code=code, excluded=OuterRef("pk"))
        return self.annotate(is_excluded=Exists(excluded)).filter(Q(code__startswith=code[:4]) | Q(is_excluded=True))

    def with_groups(self):
        """Occupations with the titles of the NOC groups above, as ``group_1`` to ``group_4``."""
        title = "title_fr" if get_language() == "fr" else "title_en"
        groups = OccupationGroup.objects.values(title)
        above = {length: groups.filter(code=Substr(OuterRef("code"), 1, length)) for length in range(1, 5)}
        return self.annotate(**{f"group_{length}": Subquery(group) for length, group in above.items()})

    def listed(self, on, category=None):
        """Occupations on a list in force on the date ``on``: of the category with this address, or of any."""
        return self.filter(pk__in=listings().in_force(on, category).values("occupation"))

    def with_listings(self, on):
        """Occupations with their listings of the date ``on``, as ``current``."""
        rows = listings().in_force(on).select_related("edition__category")
        return self.prefetch_related(Prefetch("listings", rows.order_by("edition__category__slug"), "current"))

    def with_latest_draw(self, draws):
        """Occupations with the key of the first of these draws whose list named them, as ``latest_draw``."""
        naming = draws.filter(edition__listings__occupation=OuterRef("pk"))
        return self.annotate(latest_draw=Subquery(naming.values("pk")[:1]))


def listings():
    """The rows of the category lists; they know us, not we them."""
    return Occupation.listings.rel.related_model.objects


class Occupation(Live, Keyed):
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
    editors_may = ("change", "view")
    objects = OccupationQuerySet.as_manager()
    history = RowHistory(excluded_fields=["teer"])  # a generated column
    title = bilingual("title")

    class Meta(Live.Meta):
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

    @property
    def group_codes(self):
        """Codes of the four NOC levels above, broad category first."""
        return [self.code[:length] for length in range(1, 5)]

    @property
    def groups(self):
        """Codes and titles of the four NOC levels above, of a row taken ``with_groups``."""
        return [(code, getattr(self, f"group_{len(code)}")) for code in self.group_codes]


class TitleKind(models.TextChoices):
    INDEX = "index", _("index")
    ILLUSTRATIVE = "illustrative", _("illustrative")


class OccupationTitle(Keyed):
    """A job title of the NOC index; a hint for search, the duties decide."""

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        FRENCH = "fr", _("French")

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="titles", verbose_name=_("occupation"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("job title"), max_length=255)
    kind = models.CharField(_("kind"), max_length=12, choices=TitleKind)

    natural_key_fields = ["occupation__code", "language", "title"]
    is_public_table = False  # hints for the search
    editors_may = ("view",)
    objects = ByNaturalKey.as_manager()
    history = RowHistory()

    class Meta:
        ordering = ["title"]
        verbose_name = _("job title")
        verbose_name_plural = _("job titles")
        constraints = [
            not_doubled(
                "occupationtitle_not_doubled",
                ["occupation", "language", "title"],
                _("The unit group has that job title in that language already. Change that row."),
            ),
            chosen("occupationtitle_language_known", "language", ["en", "fr"], _("Choose English or French.")),
        ]

    def __str__(self):
        return self.title


class FormerCodeQuerySet(ByNaturalKey):
    def of(self, occupation):
        """Every row of each NOC 2016 code that went into the unit group, also where it went elsewhere too."""
        codes = occupation.former_codes.values("code_2016")
        return self.filter(code_2016__in=codes).same_title_first().select_related("occupation")

    def same_title_first(self):
        """Rows of each NOC 2016 code: the successor that kept its title, then by code."""
        kept = Case(When(title_2016_en__iexact=F("occupation__title_en"), then=0), default=1)
        return self.order_by("code_2016", kept, "occupation__code")


class FormerCode(Keyed):
    """A NOC 2016 unit group and one of the NOC 2021 unit groups that took it over."""

    code_2016 = models.CharField(_("NOC 2016 code"), max_length=4, db_index=True)
    title_2016_en = models.CharField(_("NOC 2016 English title"), max_length=255)
    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="former_codes", verbose_name=_("NOC 2021 unit group")
    )
    change = models.CharField(_("type of change"), max_length=120)
    note = models.CharField(_("note"), max_length=255, blank=True)

    natural_key_fields = ["code_2016", "occupation__code"]
    editors_may = ("view",)
    objects = FormerCodeQuerySet.as_manager()
    history = RowHistory()

    class Meta:
        ordering = ["code_2016", "occupation__code"]
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        constraints = [
            not_doubled(
                "formercode_not_doubled",
                ["code_2016", "occupation"],
                _("That NOC 2016 code leads to that unit group already. Change that row."),
            ),
            models.CheckConstraint(
                condition=Q(code_2016__regex=r"^[0-9]{4}$"),
                name="formercode_code_form",
                violation_error_message=_("A NOC 2016 code has four digits."),
            ),
        ]

    def __str__(self):
        return f"{self.code_2016} → {self.occupation.code}"


class Exclusion(Keyed):
    """A unit group that NOC 2021 names as another one than this, though it may look like it."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="exclusions", verbose_name=_("occupation"))
    excluded = models.ForeignKey(
        Occupation, models.CASCADE, related_name="excluded_from", verbose_name=_("excluded occupation")
    )

    natural_key_fields = ["occupation__code", "excluded__code"]
    editors_may = ("view",)
    objects = ByNaturalKey.as_manager()
    history = RowHistory()

    class Meta:
        ordering = ["occupation__code", "excluded__code"]
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            not_doubled(
                "exclusion_not_doubled",
                ["occupation", "excluded"],
                _("The unit group excludes that one already. Change that row."),
            ),
            models.CheckConstraint(
                condition=~Q(occupation=F("excluded")),
                name="exclusion_of_another",
                violation_error_message=_("A unit group does not exclude itself. Choose another one."),
            ),
        ]

    def __str__(self):
        return f"{self.occupation.code} ≠ {self.excluded.code}"
