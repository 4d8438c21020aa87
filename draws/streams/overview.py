"""Every stream at a glance, for the home page."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.html import format_html

from draws.models import Draw, Kind
from occupations.models import Edition

from . import sentences
from .queries import LatestDraws, Stream, latest_draws, newest_of_each, streams

WIDTH, HEIGHT, MARGIN = 96, 24, 2


@dataclass(frozen=True)
class StreamRow:
    """A stream with its last draws, the newest first."""

    stream: Stream
    draws: list[Draw]
    latest: LatestDraws
    is_current: bool  # drawn in the last two years, or with a list in force

    @cached_property
    def change(self):
        return sentences.change(self.latest)

    @cached_property
    def sparkline(self):
        """The cut-offs of the last draws as a line; empty where fewer than two were published."""
        points = line([draw.cutoff for draw in reversed(self.draws) if draw.cutoff is not None])
        if len(points) < 2:
            return ""
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        svg = '<svg class="sparkline" viewBox="0 0 {} {}" aria-hidden="true"><polyline points="{}"/></svg>'
        return format_html(svg, WIDTH, HEIGHT, path)


def line(values):
    """Places for values from left to right, the highest at the top."""
    low, high = min(values, default=0), max(values, default=0)
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    scale = (HEIGHT - 2 * MARGIN) / ((high - low) or 1)
    return [
        (round(MARGIN + place * step, 1), round(MARGIN + (high - value) * scale, 1))
        for place, value in enumerate(values)
    ]


def published_editions():
    """The editions of every category, with the sizes of their lists."""
    return list(Edition.objects.published().with_sizes().select_related("category"))


def overview(on, editions):
    """Every stream that was ever drawn, the last drawn first."""
    in_force = {edition.category_id for edition in editions if edition.is_in_force(on)}
    found = list(streams(categories={edition.category_id: edition.category for edition in editions}.values()))
    newest = newest_of_each(found)
    rows = [row(stream, newest[stream.slug], in_force, on) for stream in found if newest[stream.slug]]
    return sorted(rows, key=lambda each: each.latest.last.sequence, reverse=True)


def row(stream, draws, in_force, on):
    latest = latest_draws(draws)
    has_list = stream.kind == Kind.CATEGORY and stream.row.pk in in_force
    return StreamRow(stream, draws, latest, latest.is_in_use(on) or has_list)
