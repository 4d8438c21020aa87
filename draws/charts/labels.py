"""What is written at the marks and lines of a chart."""

from textwrap import wrap

from django.utils.translation import gettext as _

from .scales import spread
from .svg import INK, element, haloed, line, number, path

GUTTER = 150  # pixels beside a plot for the names of its lines
LETTERS = 19  # of a line of a name that fit there
LINE_HEIGHT = 16


def names(ends, edge, low, high, letters=LETTERS):
    """Names at the right of a plot, each joined by a thin line to the end of its own; ends: x, y, name and colour."""
    ends = sorted(ends, key=lambda end: end[1])
    wrapped = [wrap(name, letters) or [name] for _x, _y, name, _colour in ends]
    heights = [len(lines) * LINE_HEIGHT + 2 for lines in wrapped]
    places = spread([end[1] for end in ends], heights, low, high) if ends else []
    for (x, y, _name, stroke), lines, place in zip(ends, wrapped, places, strict=True):
        yield path([(x + 5, y), (edge, y), (edge + 8, place)], stroke, stroke_width=1, stroke_opacity=".6")
        yield words(edge + 11, place, lines, stroke)


def words(x, middle, lines, fill):
    """Lines of words about a middle."""
    top = middle + 5 - (len(lines) - 1) * LINE_HEIGHT / 2
    spans = (element("tspan", one, x=float(x), y=top + place * LINE_HEIGHT) for place, one in enumerate(lines))
    return element("text", *spans, fill=fill, font_weight=600)


def range_of(low, high):
    """The heading of a panel with the scores above ``low`` (-1: all) and up to ``high`` (None: all)."""
    words = {"low": low, "next": low + 1, "high": high}
    if high is None:
        return _("Above %(low)s points") % words if low >= 0 else ""
    return _("%(high)s points and below") % words if low < 0 else _("%(next)s to %(high)s points") % words


def my_score(score, y, box):
    """A dashed line across the plot at the reader's score."""
    yield line(box.left, y, box.right, y, INK, stroke_width=1.5, stroke_dasharray="5 4")
    yield haloed(box.left + 4, y - 5, _("My score: %(score)s") % {"score": score})


def ring(x, y, value, radius, box):
    """A circle around the mark that the page is about, and its figure."""
    yield element("circle", cx=float(x), cy=float(y), r=radius, fill="none", stroke=INK, stroke_width=2)
    anchor = "end" if x > box.right - 45 else "start"
    yield haloed(x + (-1 if anchor == "end" else 1) * (radius + 4), y - radius - 1, number(value), anchor=anchor)
