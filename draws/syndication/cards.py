"""Pictures of the record for other places: link previews (PNG), badges (SVG) and a table for frames.

The page cache keeps each answer, so a picture is drawn once per data version.
"""

from textwrap import wrap

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from draws.models import Draw
from editing.pages.marks import MARKS
from occupations.models import Category, Edition

TITLE_WIDTH = 930  # of a line of a card's title, in halves of a letter's size
TITLE_SIZES = {34: 2, 27: 3, 22: 3}  # with the lines for which there is room
LETTER_WIDTH = 6.6  # of the badge's 12-pixel type, on average


def draw_card(request, number):
    """The link preview of a draw."""
    draws = Draw.objects.published().select_related("edition__category").prefetch_related("programs")
    draw = get_object_or_404(draws, number=number)
    figures = [
        (card_facts(draw.cutoff), _("CRS score of lowest-ranked")),
        (card_facts(draw.invitations), _("invitations")),
    ]
    kicker = f"{draw.stream_name} · {date_format(draw.date)}"
    return picture(
        draw.mark, kicker, _("Draw %(number)s: %(name)s") % {"number": draw.number, "name": draw.name}, figures
    )


def edition_card(request, slug, version):
    """The link preview of an edition of a category."""
    editions = Edition.objects.published().select_related("category")
    edition = get_object_or_404(editions, category__slug=slug, version=version)
    count = edition.listings.count()
    figures = [(localize(count), _("occupations"))] if count else []
    if edition.minimum_nclc:
        figures.append((f"NCLC {edition.minimum_nclc}", _("in all four abilities")))
    kicker = _("%(category)s · %(version)s edition · in force from %(date)s") % {
        "category": edition.category.name,
        "version": edition.version,
        "date": date_format(edition.effective_from),
    }
    return picture(edition.category.mark, kicker, edition.name, figures)


def card_facts(value):
    return _("not published") if value is None else localize(value)


def picture(*parts):
    import vl_convert  # 9 MB in a process that draws no card

    return HttpResponse(vl_convert.svg_to_png(card(*parts), scale=2), content_type="image/png")


def card(mark, kicker, title, figures):
    """The drawing of a link preview: what stands above its title, the title, and figures with their labels."""
    size, lines = fitted(title)
    context = {
        "mark": MARKS[mark],
        "kicker": kicker,
        "kicker_size": min(17, max(11, 960 // len(kicker))),
        "size": size,
        "title": [(line, 98 + round(size * 1.2) * place) for place, line in enumerate(lines)],
        "value_size": 24 if any(len(value) > 9 for value, _label in figures) else 46,
        "figures": [(value, label, 36 + 300 * place) for place, (value, label) in enumerate(figures)],
    }
    return render_to_string("previews/card.svg", context)


def fitted(title):
    """The largest type in which a title stands within the card, and its lines."""
    for size, most in TITLE_SIZES.items():
        lines = wrap(title, TITLE_WIDTH // size)
        if len(lines) <= most:
            return size, lines
    return size, wrap(title, TITLE_WIDTH // size, max_lines=most, placeholder=" …")


def latest_of(category):
    return Draw.objects.published().filter(edition__category=category).first()


def badge(request, slug):
    """A line of a category's last cut-off, to stand on other sites."""
    category = get_object_or_404(Category.objects.public(), slug=slug)
    draw = latest_of(category)
    last = last_cutoff(draw) if draw else _("no draw yet")
    text = f"{category.name} · {last}"
    length = round(len(text) * LETTER_WIDTH)
    context = {"mark": MARKS[category.mark], "text": text, "length": length, "width": length + 34}
    return HttpResponse(render_to_string("previews/badge.svg", context), content_type="image/svg+xml")


def last_cutoff(draw):
    return _("last cut-off %(cutoff)s · %(date)s") % {
        "cutoff": card_facts(draw.cutoff),
        "date": date_format(draw.date, "SHORT_MONTH_DATE_FORMAT"),
    }


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embedded(request, slug):
    """A small table of a category's current list and latest draw: the only address that may be framed."""
    category = get_object_or_404(Category.objects.public(), slug=slug)
    edition = category.editions.published().first()
    listings = edition.listings.select_related("occupation") if edition else []
    context = {"category": category, "edition": edition, "listings": listings, "draw": latest_of(category)}
    response = render(request, "draws/embedded.html", context)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
