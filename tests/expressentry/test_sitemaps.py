from xml.etree import ElementTree

import pytest

from draws.models import Correction
from tests.conftest import SOURCED

pytestmark = pytest.mark.django_db
NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}


def entries(client):
    """Each entry of the sitemap by its path."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own file
    found = root.findall("map:url", NAMES)
    return {url.findtext("map:loc", "", NAMES).removeprefix("http://testserver"): url for url in found}


def changed(url):
    return url.findtext("map:lastmod", None, NAMES)


def test_sitemap_has_each_page_in_both_languages(client):
    found = entries(client)

    english = {path for path in found if not path.startswith("/fr/")}
    assert len(english) > 448 + 516  # draws and occupations
    assert {f"/fr{path}" for path in english} == found.keys() - english
    links = [(link.get("hreflang"), link.get("href")) for link in found["/fr/draws/254/"].findall("xhtml:link", NAMES)]
    assert links == [
        ("en", "http://testserver/draws/254/"),
        ("fr", "http://testserver/fr/draws/254/"),
        ("x-default", "http://testserver/draws/254/"),
    ]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/", "2026-10-01"),
        ("/draws/254/", "2024-10-26"),  # the official record was corrected
        ("/draws/1/", "2015-01-31"),
        ("/pool/2026-08-16/", "2026-08-16"),
        ("/occupations/21231/", None),
    ],
)
def test_sitemap_says_when_a_page_changed(client, path, day):
    assert changed(entries(client)[path]) == day


def test_sitemap_knows_of_public_corrections_only(client, make_draw):
    draw = make_draw("1")
    hidden = SOURCED | {"status": "review", "field": "invitations", "only_wording": False}
    Correction.objects.create(draw=draw, old_value="1", new_value="2", first_seen_new="2026-05-01", **hidden)

    assert changed(entries(client)["/draws/1/"]) == draw.date.isoformat()


def test_empty_record_has_a_sitemap(client, empty):
    assert changed(entries(client)["/"]) is None


def test_sitemap_asks_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/sitemap.xml")
