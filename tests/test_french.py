"""How French is set, on one page of every type, in feeds, in the calendar and on badges."""

import gettext
import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils import translation

from draws.feed.sources import in_french as in_french_words
from draws.feed.sources import of_address, of_file
from editing.pages.alphabet import without_accents
from editing.pages.official_links import external, in_french
from expressentry.reload import read_titles
from tests.site_pages import PAGES
from tests.test_site import page

pytestmark = pytest.mark.django_db

FEEDS = [
    "/feeds/draws.atom",
    "/feeds/draws.ics",
    "/changes.atom",
    "/feeds/draws.atom?category=stem&crs_max=485",
    "/badges/stem.svg",
    "/embed/categories/stem/",
]

ADDRESSES = [f"/fr{url}" for url in [*PAGES, *FEEDS]]
# Files have no way of marking what is English; a missing page is no page of the record.
FILES = [
    "/fr/occupations/?q=21231&_export=csv",
    "/fr/tools/invited/?crs=486&_export=csv",
    "/fr/categories/stem/2023/?_export=csv",
    "/fr/shortlist/?noc=21231&on=2024-01-15&_export=csv",
    "/fr/charts/cutoffs.svg",
    "/fr/charts/cutoffs.csv",
    "/fr/charts/pool.svg",
    "/fr/charts/stream-stem.svg",
    "/fr/draws/9999/",
    "/fr/nothing-here/",
]
# Their plain text quotes the official feed, and has no way of marking it.
QUOTING = {"/fr/feeds/draws.atom", "/fr/feeds/draws.ics", "/fr/changes.atom"}
QUOTING |= {"/fr/feeds/draws.atom?category=stem&crs_max=485"}
BLOCKS = {"caption", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "label", "legend", "li", "option", "p", "th"}
BLOCKS |= {"section", "summary", "td", "text", "title", "tr"}
READ_ALOUD = {"alt", "aria-label", "content", "placeholder", "title"}
NOT_READ = {"code", "pre", "style"}
FOR_PROGRAMS = {"color-scheme", "robots", "twitter:card", "viewport"}
VOID = {"br", "hr", "img", "input", "link", "meta"}
WORD_JOINER = "\N{WORD JOINER}"
MONTHS = "janv|févr|mars|avril|avr|mai|juin|juil|août|sept|oct|nov|déc"
FAULTS = {
    "the first of a month without its ending": rf"(?<![\d,.\xa0])1 (?:{MONTHS})",
    "a colon without its space": r"[\w»)\]]:(?:\s|$)",
    "an ordinary space before a mark": r" [:;!?»%](?!\w)",
    "a space before ; ! or ?, as in France": r"[\xa0\u202f][;!?]",
    "an ordinary space after «": r"« ",
    "an ordinary space inside a number": r"\d \d{3}\b(?! [a-z]+ \d{4})",
    "an ordinary space before a unit": r"\d (?:points?|ans?|mois|jours?|heures?|semaines?|\$)(?![\w’-])",
    "an English abbreviation": r"\b(?:FSW|FST|PNP|IRPR|IRPA)\b",
    "a month cut to three letters": r"\b(?:Jui|Jul|Avr|Aoû|Fév|Déc)\b",
}


class French(HTMLParser):
    """What a French voice reads of a page: its text, block by block, and its attributes; not what is English."""

    def __init__(self, text):
        super().__init__()
        self.parts, self.skipped = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in BLOCKS:
            self.parts.append("\n")
        if attributes.get("name") in FOR_PROGRAMS or attributes.get("property") == "og:type":
            return
        if self.skipped or tag in NOT_READ or attributes.get("lang", "fr") != "fr":
            if tag not in VOID:
                self.skipped.append(tag)
                self.parts.append("X")  # something stands here, so that a colon after it is noticed
            return
        self.parts.append("" if tag in BLOCKS else WORD_JOINER)  # numbers of two links are not one number
        self.parts += [f"\n{attributes[name]}\n" for name in READ_ALOUD & attributes.keys() if attributes[name]]

    def handle_endtag(self, tag):
        if self.skipped and self.skipped[-1] == tag:
            self.skipped.pop()
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, text):
        if not self.skipped:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", text))

    @property
    def text(self):
        return "".join(self.parts)


def read(response):
    """What French there is to read in an answer."""
    text = response.content.decode()
    if response["Content-Type"].startswith("text/calendar"):
        return re.sub(r"^[A-Z-]+[:;]", "", text.replace("\r\n ", ""), flags=re.MULTILINE)
    return French(text).text


FIXTURES = settings.BASE_DIR / "fixtures"
WORDS = re.compile(r"(?<![\w./@-])[a-zà-öø-ÿœ]{3,}(?![\w/@]|[.-]\w)")


@cache
def english_words():
    """Words of the English messages and of the record's English texts that no French text has."""
    catalogue = gettext.translation("django", settings.BASE_DIR / "locale", ["fr"])._catalog
    texts = {"en": [key if isinstance(key, str) else key[0] for key in catalogue], "fr": [*catalogue.values()]}
    for path in FIXTURES.glob("*.json"):
        for row in json.loads(path.read_text()):
            for field, value in row["fields"].items():
                if isinstance(value, str) and f"{field.removesuffix('_en')}_fr" in row["fields"]:
                    texts["en"].append(value)
                elif field.endswith("_fr"):
                    texts["fr"].append(value or "")
    texts["fr"] += [row["title"] for row in read_titles() if row["language"] == "fr"]
    found = {language: set(WORDS.findall(" ".join(its).lower())) for language, its in texts.items()}
    return found["en"] - found["fr"]


@pytest.mark.parametrize("url", sorted(set(ADDRESSES) - QUOTING))
def test_french_pages_have_no_english_but_what_is_marked(url):
    text = re.sub(r"{\"@context.*|\S+[/=]\S+", "", read(page(url).response)).replace(WORD_JOINER, "")

    asked = set(re.findall(r"\w+", url))
    found = sorted((set(WORDS.findall(text.lower())) & english_words()) - asked)

    assert len(english_words()) > 1000
    assert found == []


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (
            "https://laws-lois.justice.gc.ca/eng/regulations/SOR-2002-227/section-75.html",
            "https://laws-lois.justice.gc.ca/fra/reglements/DORS-2002-227/section-75.html",
        ),
        (
            "https://www.canada.ca/content/dam/ircc/documents/json/ee_rounds_123_en.json",
            "https://www.canada.ca/content/dam/ircc/documents/json/ee_rounds_123_fr.json",
        ),
    ],
)
def test_official_pages_are_linked_in_the_language_of_the_page(english, french):
    with translation.override("fr"):
        in_french, unknown = external(english), external("https://www.canada.ca/en/no-such-page.html")

    assert in_french == f'href="{french}" rel="external"'
    assert unknown == 'href="https://www.canada.ca/en/no-such-page.html" rel="external" hreflang="en"'
    assert external(english) == f'href="{english}" rel="external"'


def test_french_page_links_no_english_page_that_is_known_in_french(client):
    pages = [client.get(f"/fr{url}").content.decode() for url in ("/how-it-works/", "/about/data/", "/draws/208/")]

    links = {link for page in pages for link in re.findall(r'href="(http[^"]+)"', page)}

    assert {link for link in links if in_french(link)} == set()
    assert any("/fra/lois/I-2.5/" in link for link in links)


def is_for_editors(field, row):
    """The note of a listing is shown in the admin only."""
    return field == "note" and "title_as_published_en" in row


def test_texts_of_the_record_have_their_french():
    fields = {"text_en", "note_en", "note", "source", "confirmed_by", "in_short_en"}
    files = ["amounts", "corrections", "discrepancies", "draws", "editions", "listings", "milestones", "requirements"]
    rows = [row["fields"] for name in files for row in json.loads((FIXTURES / f"{name}.json").read_text())]

    without = [
        row[field]
        for row in rows
        for field in fields & row.keys()
        if row[field] and not row.get(f"{field.removesuffix('_en')}_fr") and not is_for_editors(field, row)
    ]

    assert len(rows) > 900
    assert without == []


def test_imported_rows_say_in_french_where_the_feed_was_read():
    [address, copy, file] = [
        of_address("https://www.canada.ca/feed.json"),
        of_address("https://example.org/feed.json?x=1"),
        of_file("feed.json", is_official=True),
    ]

    assert in_french_words(address["source"]) == "Flux d’IRCC feed.json"
    assert in_french_words(copy["source"]) == "Copie du flux d’IRCC à example.org\N{NO-BREAK SPACE}: feed.json"
    assert in_french_words(file["source"]) == "Flux d’IRCC, tiré du fichier feed.json"
    assert in_french_words("A newspaper") == ""


def test_occupations_stand_in_the_alphabet_of_unicode(client):
    table = client.get("/fr/occupations/?q=e&sort=title").context["table"]

    titles = [row.record.title_fr for row in table.rows]

    assert titles == sorted(titles, key=without_accents)
    in_order = ["Développeurs", "Directeurs", "Œuvres", "Offres"]
    assert sorted(in_order, key=without_accents) == in_order


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("fr", "/fr")])
def test_draws_by_type_stand_in_the_order_of_their_names(client, language, prefix):
    table = client.get(f"{prefix}/draws/?sort=name&per_page=all").context["table"]

    with translation.override(language):
        order = [(row.record.kind, without_accents(row.record.name)) for row in table.rows]

    assert order == sorted(order)


@pytest.mark.parametrize("address", ["/fr/draws/", "/fr/tools/invited/"])
def test_categories_to_choose_stand_in_the_alphabet(client, address):
    form = client.get(address).context["form" if "invited" in address else "filter"]

    names = [name for slug, name in getattr(form, "form", form).fields["category"].choices if slug]

    assert len(names) > 5
    assert names == sorted(names, key=without_accents)


@pytest.mark.parametrize("url", [*ADDRESSES, *FILES])
def test_french_is_set_as_french_is(url):
    text = read(page(url).response)

    found = {name: re.findall(rf".{{0,30}}{fault}.{{0,20}}", text)[:5] for name, fault in FAULTS.items()}

    assert len(text) > 20
    assert {name: places for name, places in found.items() if places} == {}


def test_no_template_glues_a_colon_to_what_it_shows():
    """The filter ``colon`` sets it, or a whole message: French has a space before it."""
    glued = re.compile(r"""translate ":"|(?:\}\}|%\}):(?=\s[^<]*\{\{)""")
    whole_messages = re.compile(r"\{% blocktranslate.*?endblocktranslate %\}|\{#.*?#\}", re.DOTALL)

    pages = (settings.BASE_DIR / "templates").rglob("*.html")

    assert [page.name for page in pages if glued.search(whole_messages.sub("", page.read_text()))] == []
