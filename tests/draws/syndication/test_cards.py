import re
import struct

import pytest
from django.utils import translation

from draws.models import Draw
from draws.streams.queries import streams
from draws.syndication import cards, letters
from occupations.models import Edition

pytestmark = pytest.mark.django_db


def size(png):
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize(
    "address",
    [
        "/previews/draws/254.png",
        "/previews/draws/444.png",
        "/fr/previews/draws/434.png",
        "/previews/categories/stem/2023.png",
        "/previews/categories/french/2026.png",
    ],
)
def test_preview_is_a_picture_of_the_usual_size(client, address):
    response = client.get(address)

    assert response.headers["Content-Type"] == "image/png"
    assert size(response.content) == (1200, 630)


@pytest.mark.parametrize(
    "address", ["draws/abc.png", "categories/stem/1999.png", "categories/nothing/2023.png", "streams/nothing.png"]
)
def test_preview_of_nothing_is_missing(client, address):
    assert client.get(f"/previews/{address}").status_code == 404


def test_preview_of_a_draft_is_missing(make_draw, client):
    make_draw(1, status="draft")

    assert client.get("/previews/draws/1.png").status_code == 404


def test_preview_of_unpublished_figures_still_draws(make_draw, client):
    make_draw(1, invitations=None, cutoff=None)

    assert size(client.get("/previews/draws/1.png").content) == (1200, 630)


def test_badge_says_the_last_cutoff(client):
    svg = client.get("/badges/stem.svg").content.decode()

    assert "<title>STEM · last cut-off 491 · 11 Apr 2024</title>" in svg


def test_badge_of_a_category_without_draws_says_so(client):
    assert "Researchers · no draw yet" in client.get("/badges/researchers.svg").content.decode()


def test_only_the_embedded_table_may_be_framed(client):
    embedded, page = client.get("/embed/categories/stem/"), client.get("/categories/stem/")

    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_embedded_table_is_the_current_list(client):
    rows = re.findall(r'<td class="numeric">(\d{5})</td>', client.get("/embed/categories/stem/").content.decode())

    assert len(rows) == 11
    assert "21231" not in rows


def test_draw_page_names_its_picture(html):
    text = html("/draws/254/")

    assert '<meta property="og:image" content="http://testserver/previews/draws/254.png">' in text
    assert '<meta property="og:title" content="Draw 254: STEM occupations (Version 1), July 5, 2023">' in text


LONG = "Ronde 447 : Programme des travailleurs de métiers spécialisés (fédéral)"


def test_french_card_is_french():
    with translation.override("fr"):
        svg = cards.card("circle", "Bassin", LONG, [])

    assert "Sans lien avec le gouvernement du Canada." in svg
    assert not re.search(r' [xy]="\d+,', svg)  # a decimal comma makes a list of places


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_title_stands_whole_within_its_card(language):
    with translation.override(language):
        names = {f"Ronde {draw.number} : {draw.name}" for draw in Draw.objects.select_related("edition")}
        names |= {edition.name for edition in Edition.objects.all()}
        names |= {stream.name for stream in streams()}

    drawn = {name: cards.fitted(name) for name in names}

    assert {name for name, (size, lines) in drawn.items() if " ".join(lines) != name} == set()
    assert max(letters.width(line, size) for size, lines in drawn.values() for line in lines) <= cards.ROOM


def test_title_that_no_size_holds_ends_with_dots():
    size, lines = cards.fitted(LONG * 4)

    assert (len(lines), lines[-1].endswith(" …")) == (cards.TITLE_SIZES[size], True)


def test_card_does_not_depend_on_the_letters_of_the_machine():
    assert set(re.findall('font-family="([^"]+)"', cards.card("circle", "Pool", LONG, [("1", "draw")]))) == {
        "Literata"
    }


@pytest.mark.parametrize(
    ("page", "preview"),
    [("/", "home"), ("/fr/draws/cec/", "streams/cec"), ("/categories/stem/", "categories/stem")],
)
def test_page_names_its_own_card(html, client, page, preview):
    language = "/fr" if page.startswith("/fr") else ""

    address = f"{language}/previews/{preview}.png"

    assert f'<meta property="og:image" content="http://testserver{address}">' in html(page)
    assert size(client.get(address).content) == (1200, 630)


def test_long_title_keeps_its_distance_from_the_figures():
    title = "Draw 444: Senior managers with Canadian Work Experience, 2026-Version 1"

    drawn = cards.card("star", "Senior managers", title, [("389", "score")])

    *_others, last, _figure = [float(y) for y in re.findall(r'<text x="36" y="([\d.]+)" font-size="\d+">', drawn)][:-1]
    assert 212 - 46 * 0.75 - last >= 22
