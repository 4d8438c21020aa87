"""Words as outlines of letters, so that they look the same wherever a drawing goes."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from draws.syndication.letters import FONTS, width

from .svg import element

NAME = "letter-"
FONT = FONTS / "literata-700.ttf"


@dataclass(frozen=True)
class Letter:
    """An outline with its origin at the left of the base line, upside down, and its width, in units of the font."""

    outline: str
    width: int


@cache
def font():
    from fontTools.ttLib import TTFont  # 10 MB in a process that gives no chart away

    held = TTFont(FONT, lazy=True)
    return held["head"].unitsPerEm, held.getBestCmap(), held.getGlyphSet()


@cache
def letter(sign):
    from fontTools.pens.svgPathPen import SVGPathPen

    _units, names, glyphs = font()
    glyph = glyphs[names.get(ord(sign), ".notdef")]
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.0f}")
    glyph.draw(pen)
    return Letter(pen.getCommands(), glyph.width)


def outlined(words, x, y, size, anchor="start", **style):
    """The words with their start, middle or end at a place; ``letters_in`` the whole drawing goes with it."""
    left = x - {"start": 0, "middle": 0.5, "end": 1}[anchor] * width(words, size)
    scale, starts = size / font()[0], accumulate((letter(sign).width for sign in words), initial=0)
    signs = [(sign, start) for sign, start in zip(words, starts, strict=False) if letter(sign).outline]
    letters = [element("use", href=f"#{NAME}{ord(sign)}", x=start) for sign, start in signs]
    if "stroke_width" in style:
        style["stroke_width"] = float(style["stroke_width"]) / scale
    move = f"translate({left:.1f} {y:.1f}) scale({scale:.5f} {-scale:.5f})"
    return element("g", *letters, transform=move, **style) if letters else ""


def letters_in(svg):
    """The outline of every letter that a drawing puts somewhere, each once."""
    used = sorted({int(number) for number in re.findall(f'"#{NAME}([0-9]+)"', svg)})
    return element("defs", *(element("path", id=f"{NAME}{one}", d=letter(chr(one)).outline) for one in used))
