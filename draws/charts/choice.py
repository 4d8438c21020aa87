"""What a reader chooses to see in the charts of a page, as its address has it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.scores import ScoreForm


@dataclass(frozen=True)
class Choice:
    """The reader's own score, and the slugs of the streams to be shown; empty for all of them."""

    score: int | None = None
    streams: frozenset = frozenset()

    def shows(self, slug):
        return not self.streams or slug in self.streams

    def of(self, rows):
        return [row for row in rows if self.shows(row.stream)]

    def query(self, on=None):
        """The same choice in an address, on a day if one was asked for."""
        said = [("crs", self.score), ("on", on)]
        pairs = [pair for pair in said if pair[1] is not None] + [("stream", slug) for slug in sorted(self.streams)]
        return f"?{urlencode(pairs)}" if pairs else ""


class ChoiceForm(ScoreForm):
    """The streams of a chart as switches, and the reader's score."""

    stream = forms.MultipleChoiceField(
        required=False,
        label=_("Streams"),
        error_messages={"invalid_choice": _("“%(value)s” is not a stream of this chart.")},
    )

    def __init__(self, *args, streams=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stream"].choices = [(slug, slug) for slug in streams]

    @property
    def choice(self):
        bad = not self.is_bound or "stream" in self.errors
        return Choice(self.score, frozenset() if bad else frozenset(self.cleaned_data["stream"]))


def choice_of(form):
    """What a form says; everything, where a page has no choice."""
    return getattr(form, "choice", None) or Choice(form.score if form else None)
