"""Turn a Vega-Lite chart into a small SVG in the colours of the page, and keep it."""

import hashlib
import logging
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from django.core.cache import caches
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language

from editing.pages.marks import MARKS

from . import plots
from .plots import ACCENT, INK, LINE, PAPER, QUIET, STRONG
from .vega import vega

# By the light colours of variables.css the page puts its own, light or dark, in their place.
TOKENS = {INK: "ink", QUIET: "ink-quiet", LINE: "line", STRONG: "line-strong", ACCENT: "accent", PAPER: "paper"}
COLOURS = {colour: f"var(--{name})" for colour, name in TOKENS.items()}
COLOURS |= {mark.light: f"var(--mark-{key})" for key, mark in MARKS.items()}

logger = logging.getLogger(__name__)

SVG = "{http://www.w3.org/2000/svg}"
KEPT = {
    "aria-hidden", "aria-label", "d", "dy", "fill", "font-size", "font-weight", "height", "opacity", "role", "stroke",
    "stroke-dasharray", "stroke-linecap", "stroke-width", "text-anchor", "transform", "width", "x", "x2", "y2",
}  # fmt: skip
SPOKEN = {"aria-label", "role"}
IMPLIED = {("opacity", "1"), ("x2", "0"), ("y2", "0"), ("role", "graphics-object"), ("transform", "translate(0,0)")}
GEOMETRY = ("d", "transform", "x2", "y2", "width", "height", "stroke-width")
DECIMALS = re.compile(r"-?\d+\.\d+(?:e-\d+)?")
CODE = "".join((Path(__file__).parent / name).read_text() for name in ("plots.py", "svg.py"))


def chart_svg(plot, width, words, *figures):
    """The finished SVG of the plot of that name, with its title and description.

    Drawing takes tenths of a second, so it is done once and kept until a figure, a word or this code changes.
    """
    key = cache_key(plot, width, words, figures)
    svg = on_disk("get", key)
    if svg is None:
        svg = postprocess(render(plot, width, *figures), *words)
        on_disk("set", key, svg, None)
    return svg


def on_disk(method, *args):
    """A disk that is full, or not ours to write, costs the next reader some time and this one nothing."""
    try:
        return getattr(caches["charts"], method)(*args)
    except OSError as fault:
        logger.warning("A chart cannot be kept: %s", fault)


def cache_key(*depends_on):
    return hashlib.sha256(repr((get_language(), CODE, *depends_on)).encode()).hexdigest()


def render(plot, width, *figures):
    """The SVG that Vega makes of a plot."""
    chart = getattr(plots, plot)(width, *figures)
    locale = {"fr": "fr-CA"}.get(get_language(), "en-US")
    return vega.svg(vl_spec=chart, vl_version="6.1", format_locale=locale, time_format_locale=calendar_words())


def calendar_words():
    """The names of months as the page writes them: Vega's own French says jui and jul."""
    months = [date_format(date(2024, month, 1), "SHORT_MONTH_FORMAT") for month in range(1, 13)]
    days = [str(WEEKDAYS[day]) for day in range(7)]
    names = {"days": days, "shortDays": days, "months": months, "shortMonths": months}
    return {"dateTime": "%c", "date": "%x", "time": "%X", "periods": ["AM", "PM"]} | names


def postprocess(svg, title, description):
    """Without what the page's style sheet says better, with the page's colours, a title and a description."""
    ElementTree.register_namespace("", SVG.strip("{}"))
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    clean(root)
    labelled = any(element.get("role") for element in root.iter())
    root.set("viewBox", "0 0 {width} {height}".format(**root.attrib))
    root.set("role", "graphics-document" if labelled else "img")
    for place, (name, text) in enumerate((("title", title), ("desc", description))):
        words = ElementTree.Element(SVG + name)
        words.text = text
        root.insert(place, words)
    return ElementTree.tostring(root, encoding="unicode")


def clean(element):
    """Keep what is seen or read aloud, in the page's colours, with coordinates of a tenth of a pixel."""
    for child in list(element):
        if child.get("class") in ("background", "foreground"):
            element.remove(child)
        else:
            clean(child)
    dropped = SPOKEN if "role-title" in element.get("class", "") else set()  # Vega's label of a title is English
    kept = {
        name: value
        for name, value in element.attrib.items()
        if name in KEPT - dropped and (name, value) not in IMPLIED
    }
    for name, value in kept.items():
        kept[name] = shortened(value) if name in GEOMETRY else COLOURS.get(value, value)
    element.attrib.clear()
    element.attrib.update(kept)


def shortened(value):
    return DECIMALS.sub(lambda number: f"{round(float(number[0]), 1):g}", value)
