"""How French is set, on one page of every type, in feeds, in the calendar and on badges."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils import translation

from editing.pages.alphabet import without_accents
from tests.site_pages import PAGES

pytestmark = pytest.mark.django_db

FEEDS = [
    "/feeds/draws.atom",
    "/feeds/draws.ics",
    "/feeds/corrections.atom",
    "/feeds/editions.atom",
    "/feeds/draws.atom?category=stem&crs_max=485",
    "/badges/stem.svg",
    "/embed/categories/stem/",
]
# The reference of the API is drawn from descriptions that are English in both languages.
ADDRESSES = [f"/fr{url}" for url in [*PAGES, *FEEDS] if url != "/api/v1/docs"]
BLOCKS = {"caption", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "label", "legend", "li", "option", "p", "th"}
BLOCKS |= {"section", "summary", "td", "text", "title", "tr"}
READ_ALOUD = {"alt", "aria-label", "content", "placeholder", "title"}
NOT_READ = {"code", "pre", "style"}
VOID = {"br", "hr", "img", "input", "link", "meta"}
WORD_JOINER = "\N{WORD JOINER}"
MONTHS = "janv|févr|mars|avril|avr|mai|juin|juil|août|sept|oct|nov|déc"
FAULTS = {
    "the first of a month without its ending": rf"(?<![\d,.\xa0])1 (?:{MONTHS})",
    "a colon without its space": r"[\w»)\]]:(?:\s|$)",
    "an ordinary space before a mark": r" [:;!?»%](?!\w)",
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


@pytest.mark.parametrize("url", ADDRESSES)
def test_french_is_set_as_french_is(client, url):
    text = read(client.get(url))

    found = {name: re.findall(rf".{{0,30}}{fault}.{{0,20}}", text)[:5] for name, fault in FAULTS.items()}

    assert len(text) > 20
    assert {name: places for name, places in found.items() if places} == {}


def test_no_template_glues_a_colon_to_what_it_shows():
    """The filter ``colon`` sets it, or a whole message: French has a space before it."""
    glued = re.compile(r"""translate ":"|(?:\}\}|%\}):(?=\s[^<]*\{\{)""")
    whole_messages = re.compile(r"\{% blocktranslate.*?endblocktranslate %\}|\{#.*?#\}", re.DOTALL)

    pages = (settings.BASE_DIR / "templates").rglob("*.html")

    assert [page.name for page in pages if glued.search(whole_messages.sub("", page.read_text()))] == []
