"""Our own letters: what pages, cards and charts set in them is in the files."""

import pytest
from fontTools.ttLib import TTFont

from tests.conftest import ROOT

FONTS = ROOT / "static" / "fonts"
FILES = ["literata-700.woff2", "literata-700.ttf"]
# Of tables, charts and buttons, which are set in the machine's own letters.
OTHERS = set("✓▸")


@pytest.mark.parametrize("name", FILES)
def test_font_has_the_letters_of_both_languages(name):
    letters = TTFont(FONTS / name).getBestCmap()

    missing = {sign for sign in written() - OTHERS if ord(sign) not in letters}

    assert missing == set()
    assert {ord(sign) for sign in "→≤≥éàœ«»\u202f\u00a0"} <= set(letters)


def written():
    """Every sign of the pages' texts, and of the names that stand in headings."""
    names = ("categories", "draws", "occupations", "programs")
    files = [ROOT / "locale/fr/LC_MESSAGES/django.po", *(ROOT / "fixtures" / f"{name}.json" for name in names)]
    return set("".join(file.read_text() for file in files)) - {"\n"}


@pytest.mark.parametrize("name", FILES)
def test_figures_of_the_font_can_be_aligned(name):
    font = TTFont(FONTS / name)

    substitutes = {one.FeatureTag for one in font["GSUB"].table.FeatureList.FeatureRecord}

    assert "tnum" in substitutes


def test_font_is_small_and_has_its_licence():
    assert (FONTS / FILES[0]).stat().st_size <= 30_000
    assert "SIL Open Font License" in (FONTS / "LICENSE.txt").read_text()


@pytest.mark.django_db
def test_page_asks_for_the_font_of_its_style_sheet_at_once(client):
    page = client.get("/about/").content.decode()

    assert '<link rel="preload" href="/static/fonts/literata-700.woff2" as="font"' in page
    assert 'url("../fonts/literata-700.woff2")' in (ROOT / "static/css/variables.css").read_text()
