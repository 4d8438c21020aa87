from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from draws.feed import fetch, sources
from draws.feed.sources import OFFICIAL_HOST
from editing.admin.source_form import SOURCE_FIELDS, SourceForm
from editing.days import canadian_day
from editing.records import Evidence

FETCH, UPLOAD, PASTE = "fetch", "upload", "paste"
FIELDS = {FETCH: "address", UPLOAD: "file", PASTE: "text"}


class ImportForm(SourceForm):
    """Three ways to hand in the feed; the button says which. Only what is fetched needs no word on its source."""

    address = forms.URLField(label=_("Address"), required=False, assume_scheme="https", max_length=500)
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    text = forms.CharField(label=_("Text"), required=False, strip=False, widget=forms.Textarea({"rows": 8}))
    complete_to = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.TextInput({"placeholder": "2026-10-09"}),
        help_text=_(
            "The day of a file or text that you took from the official address: the record is then complete to that "
            "day. Leave it empty when you are not sure."
        ),
    )
    way = forms.ChoiceField(choices=[(way, way) for way in (FETCH, UPLOAD, PASTE)], widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in SOURCE_FIELDS:
            self.fields[name].required &= self.data.get("way") != FETCH

    def clean_complete_to(self):
        day = self.cleaned_data["complete_to"]
        if day and day > canadian_day():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        """Whatever the way, there has to be something; fetching goes to the official address alone."""
        cleaned = super().clean()
        way = cleaned.get("way")
        field = FIELDS.get(way)
        if field and field not in self.errors and not cleaned.get(field):
            self.add_error(field, _("This is needed."))
        elif way == FETCH and "address" not in self.errors and not is_known(cleaned["address"]):
            hosts = {"host": OFFICIAL_HOST}
            self.add_error("address", _("Only https addresses of %(host)s are fetched. Upload other copies.") % hosts)
        if cleaned.get("complete_to") and cleaned.get("evidence", Evidence.OFFICIAL) != Evidence.OFFICIAL:
            self.add_error("complete_to", _("Only an official copy says how far the record is complete."))
        return cleaned

    def field_at_fault(self):
        """Where to say that the feed cannot be read."""
        return FIELDS[self.cleaned_data["way"]]

    def fetched(self):
        """The feed as it was handed in: its bytes, where they were read, and the day they are complete to."""
        given = self.cleaned_data
        if given["way"] == FETCH:
            official = given["address"] == settings.FEED_URL
            found = fetch.fetch(given["address"], settings.FEED_FOLDER, by_operator=official)
            return found, sources.of_address(given["address"]), canadian_day() if official else None
        content = given["file"].read(fetch.MAX_BYTES + 1) if given["way"] == UPLOAD else given["text"].encode()
        return fetch.Fetched("", content), self.read_from, given["complete_to"]


def is_known(address):
    """The server fetches for editors from the official site alone, not from whatever it can reach."""
    parts = urlsplit(address)
    return address == settings.FEED_URL or (parts.scheme == "https" and parts.netloc == OFFICIAL_HOST)
