"""The few elements of SVG that charts are made of, in the colours of the page."""

from dataclasses import dataclass, field
from itertools import groupby

from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import mark_safe

from editing.pages.marks import MARKS

INK, QUIET, LINE, STRONG, ACCENT, PAPER = (
    f"var(--{name})" for name in ("ink", "ink-quiet", "line", "line-strong", "accent", "paper")
)
LETTER = 14  # pixels, in every drawing
WIDE = 500  # from this width on there is room beside a plot
MARK = 16  # the side of the square in which marks are drawn


@dataclass(frozen=True)
class Drawing:
    """The parts of a chart, and where each row of its table is on it (None: nowhere), for the reader's finger."""

    width: float
    height: float
    parts: list[str]
    places: list[tuple[float, float] | None] = field(default_factory=list)

    def svg(self, title):
        """The drawing for a page; its words are beside it, and its figures in the table."""
        at = " ".join("-" if place is None else f"{place[0]:.0f},{place[1]:.0f}" for place in self.places)
        size = {"width": self.width, "height": self.height, "viewBox": f"0 0 {self.width} {number(self.height)}"}
        about = {"role": "img", "aria_label": escape(title), "font_size": LETTER, "data_at": at or None}
        return mark_safe(element("svg", *self.parts, **size, **about))  # noqa: S308 - made of our own elements


@dataclass(frozen=True)
class Box:
    """A plot's edges."""

    left: float
    top: float
    right: float
    bottom: float


def number(value):
    return f"{round(value, 1):g}"


def element(name, *inside, **attributes):
    """An element; underscores stand for hyphens, and what is None is left out."""
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    written = "".join(
        f' {key}="{number(value) if isinstance(value, float) else value}"' for key, value in given.items()
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def text(x, y, words, anchor=None, fill=QUIET, **more):
    return element("text", escape(words), x=float(x), y=float(y), text_anchor=anchor, fill=fill, **more)


def haloed(x, y, words, **more):
    """Words that lie on lines and marks and stay readable."""
    halo = {"stroke": PAPER, "stroke_width": 4, "stroke_linejoin": "round", "paint_order": "stroke"}
    return text(x, y, words, **{"fill": INK, "font_weight": 600} | halo | more)


def line(x1, y1, x2, y2, stroke=LINE, **more):
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), stroke=stroke, **more)


def path(points, stroke, **more):
    """A line from point to point; it breaks at None."""
    pieces = [list(piece) for is_gap, piece in groupby(points, lambda point: point is None) if not is_gap]
    written = "".join("M" + "L".join(f"{number(x)} {number(y)}" for x, y in piece) for piece in pieces)
    return element("path", d=written, fill="none", stroke=stroke, stroke_linejoin="round", **more)


def symbols(marks, key, size, fill=None):
    """Each mark once, to be put in many places with ``put``; in its own colour unless another is given."""
    scale = f"scale({size / MARK:g}) translate(-8 -8)"
    drawn = (
        element("path", id=f"{key}-{mark}", d=MARKS[mark].path, transform=scale, fill=fill or colour(mark))
        for mark in sorted(set(marks))
    )
    return element("defs", *drawn)


def put(key, mark, x, y, **more):
    return element("use", href=f"#{key}-{mark}", x=float(x), y=float(y), **more)


def colour(mark):
    return f"var(--mark-{mark})"


def rows_of_grid(box, scale, values, write=localize):
    """Horizontal lines with their numbers at the left."""
    for value in values:
        y = scale(value)
        yield line(box.left, y, box.right, y)
        yield text(box.left - 6, y + 5, write(value), "end")


def columns_of_grid(box, scale, values):
    """Vertical lines with their numbers below."""
    for value in values:
        x = scale(value)
        yield line(x, box.top, x, box.bottom)
        yield text(x, box.bottom + 18, localize(value), "middle")
