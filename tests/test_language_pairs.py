"""The French page holds what the English one does: the same dates, figures, rows and links, whatever their order."""

import re
from collections import Counter

import pytest

from tests.site_pages import PAGES
from tests.test_site import page

pytestmark = pytest.mark.django_db

CELL = re.compile(r'<(?:td|dd)\b[^>]*class="[^"]*\bnumeric\b[^>]*>(.*?)</(?:td|dd)>', re.DOTALL)
# Which terms a sentence names, and so explains, depends on its language.
EXPLAINED = re.compile(r'<a class="term found"[^>]*>')
LINK = re.compile(r'<a\s[^>]*href="([/?#][^"]*)"')
LANGUAGES = re.compile(r'<[^>]*hreflang="(?:en|fr|x-default)[^>]*>|<div class="languages.*?</div>', re.DOTALL)


def held(text):
    """What of a page does not depend on its language."""
    return {
        "days": Counter(re.findall(r'<time[^>]*datetime="([^"]+)"', text)),
        "figures": Counter(re.sub(r"\D", "", re.sub(r"<[^>]+>", "", cell)) for cell in CELL.findall(text)),
        "rows": text.count("<tr"),
        "links": Counter(
            re.sub(r"^/fr(?=/)", "", link) for link in LINK.findall(EXPLAINED.sub("", LANGUAGES.sub("", text)))
        ),
    }


@pytest.mark.parametrize("url", PAGES)
def test_french_page_holds_what_the_english_one_does(url):
    english, french = (held(page(f"{prefix}{url}").response.content.decode()) for prefix in ("", "/fr"))

    assert {name: (english[name], french[name]) for name in english if english[name] != french[name]} == {}


def test_what_differs_is_noticed():
    english = held('<time datetime="2026-01-01">x</time><td class="numeric">1,000</td><tr><a href="/draws/1/">1</a>')
    french = held('<time datetime="2026-01-02">x</time><td class="numeric">1 001</td><a href="/fr/draws/2/">1</a>')

    assert [name for name in english if english[name] != french[name]] == ["days", "figures", "rows", "links"]
