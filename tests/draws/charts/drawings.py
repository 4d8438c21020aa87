"""Figures to draw, and what is found on a drawing."""

from datetime import date
from xml.etree import ElementTree

from draws.charts import statistics

SVG = "{http://www.w3.org/2000/svg}"
UNTIL = date(2026, 10, 10)
STREAMS = {"circle": "general", "square": "pnp", "hexagon": "stem"}


def row(number="1", day=date(2026, 1, 10), mark="circle", invitations=100, cutoff=500):
    kind = {"circle": "general", "square": "program"}.get(mark, "category")
    return statistics.DrawFigures(number, day, kind, STREAMS[mark], mark, f"Name of {mark}", invitations, cutoff)


def tree(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def found(svg, name):
    return [element for element in tree(svg).iter() if element.tag.rpartition("}")[2] == name]


def texts(svg):
    return ["".join(element.itertext()) for element in found(svg, "text")]


def places(svg):
    """Where the rows of the table are on a drawing, None for those that are not."""
    at = tree(svg).get("data-at").split()
    return [None if place == "-" else tuple(map(int, place.split(","))) for place in at]
