"""A chart as a picture of its own: in the light colours, with its title, its legend and where it is from."""

import re
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings
from django.utils.html import escape

from draws.syndication.letters import broken, width
from editing.pages.marks import MARKS

from .outlines import letters_in, outlined
from .svg import element, symbols

SVG = "http://www.w3.org/2000/svg"
MARGIN, TITLE, TEXT, LEAD = 16, 18, 13, 24
STYLE = Path(settings.BASE_DIR) / "static" / "css" / "variables.css"


def standalone(chart, source):
    """The wide drawing of a chart with all that it needs elsewhere; ``source`` is a line below it."""
    drawing = ElementTree.fromstring(chart.wide)  # noqa: S314 - our own drawing
    wide, high = float(drawing.get("width")), float(drawing.get("height"))
    head, top = header(chart, wide)
    inside = ElementTree.tostring(with_outlines(drawing), encoding="unicode").replace(f' xmlns="{SVG}"', "")
    body = inside[inside.index(">") + 1 : inside.rindex("</svg>")]
    foot = outlined(source, 0, top + high + 22, TEXT, fill="var(--ink-quiet)")
    height = top + high + 30 + MARGIN
    box = f"{-MARGIN} {-MARGIN} {wide + 2 * MARGIN:g} {height + MARGIN:g}"
    parts = [
        element("title", escape(chart.title)),
        element("desc", escape(chart.description)),
        element("rect", x=-MARGIN, y=-MARGIN, width="100%", height="100%", fill="var(--paper)"),
        *head,
        element("g", body, transform=f"translate(0 {top:g})"),
        foot,
    ]
    size = {"width": wide + 2 * MARGIN, "height": height + MARGIN, "viewBox": box, "role": "img"}
    parts.insert(0, letters_in("".join(parts)))
    return in_light_colours(element("svg", *parts, xmlns=SVG, **size))


def header(chart, wide):
    """The title in lines, the legend below it, and where the drawing begins."""
    lines = broken(chart.title, TITLE, wide)
    parts = [outlined(line, 0, TITLE + LEAD * place, TITLE, fill="var(--ink)") for place, line in enumerate(lines)]
    x, y = 0.0, LEAD * len(lines) + 20.0
    shown = [(mark, name) for _slug, mark, name, is_shown in chart.switches if is_shown]
    if not shown:
        return parts, y - 10
    parts.append(symbols([mark for mark, _name in shown], "legend", 11))
    for mark, name in shown:
        room = 18 + width(name, TEXT) + 18
        if x and x + room > wide:
            x, y = 0.0, y + 20
        parts.append(element("use", href=f"#legend-{mark}", x=x + 6, y=y - 4))
        parts.append(outlined(name, x + 18, y, TEXT, fill="var(--ink)"))
        x += room
    return parts, y + 16


def with_outlines(drawing):
    """The drawing with every text replaced by its letters."""
    for parent in list(drawing.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag.endswith("text"):
                parent[place] = ElementTree.fromstring(f"<g>{''.join(letters_of(child))}</g>")  # noqa: S314 - ours
    return drawing


def letters_of(text):
    """Each line of a text; a halo is drawn below its letters, as not every program knows paint-order."""
    size, anchor = float(text.get("font-size", TEXT)), text.get("text-anchor", "start")
    for line in list(text) or [text]:
        place = (line.text or "", float(line.get("x")), float(line.get("y")), size, anchor)
        if text.get("stroke"):
            yield outlined(*place, stroke=text.get("stroke"), stroke_width=text.get("stroke-width"), fill="none")
        yield outlined(*place, fill=text.get("fill"))


def in_light_colours(svg):
    """The colours themselves in place of the names that the page's style sheet gives them."""
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", STYLE.read_text("utf-8").partition("@media")[0]))
    light |= {f"mark-{name}": mark.light for name, mark in MARKS.items()}
    return re.sub(r"var\(--([a-z-]+)\)", lambda name: light[name[1]], svg)
