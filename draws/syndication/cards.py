"""Pictures of the record for other places: link previews (PNG), badges (SVG) and a table for frames.

The page cache keeps each answer, so a picture is drawn once per data version.
"""

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from draws.models import Draw
from draws.streams.queries import stream_called
from editing.days import canadian_day
from editing.pages.marks import GENERAL, MARKS
from occupations.models import Category, Edition

from .letters import FONTS, broken, width

ROOM = 528  # within the margins of a card
TITLE_SIZES = {34: 2, 27: 3, 22: 3, 19: 4}  # with the lines for which there is room
LABEL_SIZE, LABEL_ROOM = 13, 250
LETTER_WIDTH = 6.6  # of the badge's 12-pixel type, on average


def home_card(request):
    """The link preview of the home page: how much there is, and the last draw."""
    draws = Draw.objects.published().select_related("edition__category").prefetch_related("programs")
    last, count = draws.first(), draws.count()
    figures = [(localize(count), _("draws since January 31, 2015"))]
    if last:
        figures.append((card_facts(last.cutoff), f"{last.stream_name}, {date_format(last.date)}"))
    title = _("Every Express Entry draw, dated and sourced")
    return picture(last.mark if last else GENERAL, _("An independent almanac"), title, figures)


def draw_card(request, number):
    """The link preview of a draw."""
    draws = Draw.objects.published().select_related("edition__category").prefetch_related("programs")
    draw = get_object_or_404(draws, number=number)
    kicker = f"{draw.stream_name} · {date_format(draw.date)}"
    title = _("Draw %(number)s: %(name)s") % {"number": draw.number, "name": draw.name}
    return picture(draw.mark, kicker, title, draw_figures(draw))


def draw_figures(draw):
    return [
        (card_facts(draw.cutoff), _("CRS score of lowest-ranked candidate invited")),
        (card_facts(draw.invitations), _("Invitations issued")),
    ]


def stream_card(request, slug):
    """The link preview of a stream: its last draw."""
    stream = stream_called(slug)
    if stream is None:
        raise Http404
    draw = stream.draws().first()
    if draw is None:
        return picture(stream.mark, _("no draw yet"), stream.name, [])
    kicker = _("Last draw: %(date)s") % {"date": date_format(draw.date)}
    return picture(stream.mark, kicker, stream.name, draw_figures(draw))


def category_card(request, slug):
    """The link preview of a category: the edition in force and the last draw."""
    category = get_object_or_404(Category.objects.public(), slug=slug)
    edition = Edition.objects.published().in_force(canadian_day()).filter(category=category).first()
    draw = latest_of(category)
    figures = edition_figures(edition) if edition else []
    if draw:
        figures.append((card_facts(draw.cutoff), _("last cut-off, %(date)s") % {"date": date_format(draw.date)}))
    return picture(category.mark, in_force(edition) if edition else _("not in force"), category.name, figures[:2])


def edition_card(request, slug, version):
    """The link preview of an edition of a category."""
    editions = Edition.objects.published().select_related("category")
    edition = get_object_or_404(editions, category__slug=slug, version=version)
    kicker = f"{edition.category.name} · {in_force(edition)}"
    return picture(edition.category.mark, kicker, edition.name, edition_figures(edition))


def in_force(edition):
    facts = {"version": edition.version, "date": date_format(edition.effective_from)}
    return _("%(version)s edition, in force from %(date)s") % facts


def edition_figures(edition):
    count = edition.listings.count()
    figures = [(localize(count), _("occupations"))] if count else []
    if edition.minimum_nclc:
        figures.append((f"NCLC {edition.minimum_nclc}", _("in all four abilities")))
    return figures


def card_facts(value):
    return _("not published") if value is None else localize(value)


def picture(*parts):
    import vl_convert  # 9 MB in a process that draws no card

    vl_convert.register_font_directory(str(FONTS))
    return HttpResponse(vl_convert.svg_to_png(card(*parts), scale=2), content_type="image/png")


def card(mark, kicker, title, figures):
    """The drawing of a link preview: what stands above its title, the title, and figures with their labels."""
    size, lines = fitted(title)
    top = 98 if len(lines) < 3 else 88
    context = {
        "mark": MARKS[mark],
        "kicker": kicker,
        "kicker_size": min(16, round(16 * (ROOM - 28) / width(kicker, 16), 1)),
        "size": size,
        "title": [(line, top + round(size * 1.2) * place) for place, line in enumerate(lines)],
        "value_size": 24 if any(len(value) > 9 for value, _label in figures) else 46,
        "figures": [(value, labelled(label), 36 + 276 * place) for place, (value, label) in enumerate(figures)],
    }
    return render_to_string("previews/card.svg", context)


def labelled(label):
    """The lines of a label under its figure, with their places."""
    lines = broken(label, LABEL_SIZE, LABEL_ROOM)
    return [(line, 232 + 17 * place) for place, line in enumerate(lines)]


def fitted(title):
    """The largest type in which a title stands within the card, and its lines."""
    for size, most in TITLE_SIZES.items():
        lines = broken(title, size, ROOM)
        if len(lines) <= most and all(width(line, size) <= ROOM for line in lines):
            return size, lines
    return size, [*lines[: most - 1], f"{lines[most - 1]} …"]


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
