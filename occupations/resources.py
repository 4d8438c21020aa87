from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget, Widget

from editing.admin.sheets.resources import RowResource

from .models import Edition, Listing, Occupation

CODE_WIDTH = 5


class CodeWidget(Widget):
    """A NOC code: spreadsheets take it for a number and drop the zeros in front."""

    def clean(self, value, row=None, **kwargs):
        return str(value if value is not None else "").strip().zfill(CODE_WIDTH)


class OccupationWidget(ForeignKeyWidget):
    def __init__(self):
        super().__init__(Occupation, "code")

    def clean(self, value, row=None, **kwargs):
        code = CodeWidget().clean(value)
        if code not in self.known:
            raise ValueError(_("NOC 2021 has no unit group %(code)s.") % {"code": code})
        return self.known[code]

    @cached_property
    def known(self):
        return {one.code: one for one in Occupation.objects.all()}


class EditionWidget(Widget):
    """An edition as people write it: stem/2023."""

    def clean(self, value, row=None, **kwargs):
        edition = self.known.get(str(value or "").strip())
        if edition is None:
            said = _("There is no edition “%(edition)s”: write it like stem/2023.")
            raise ValidationError(said % {"edition": value})
        return edition

    @cached_property
    def known(self):
        """Editions by name, read once for all rows of a sheet."""
        return {self.render(one): one for one in Edition.objects.select_related("category")}

    def render(self, value, obj=None, **kwargs):
        return f"{value.category.slug}/{value.version}" if value else ""


class OccupationResource(RowResource):
    code = Field("code", "code", CodeWidget())

    class Meta(RowResource.Meta):
        model = Occupation
        fields = ["code", "title_en", "title_fr"]
        import_id_fields = ["code"]


class ListingResource(RowResource):
    edition = Field("edition", "edition", EditionWidget())
    occupation = Field("occupation", "occupation", OccupationWidget())

    class Meta(RowResource.Meta):
        model = Listing
        fields = [
            "edition", "occupation", "title_as_published_en", "title_as_published_fr", "confirmed_by",
            "confirmed_by_fr", "note", "evidence", "source", "source_fr", "source_url", "checked_on",
        ]  # fmt: skip
        import_id_fields = ["edition", "occupation"]
        export_order = fields
