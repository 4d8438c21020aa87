"""What a page was asked stays with its links: the language switch, the canonical address and the printed line."""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import resolve

from editing.pages.qr_code import qr_code
from expressentry.page_parameters import EXPORT, PARAMETERS, asked
from tests.site_pages import PAGES

pytestmark = pytest.mark.django_db

LEVELS = "first_speaking=9&first_listening=9&first_reading=9&first_writing=9"
SECOND = "second_speaking=7&second_listening=7&second_reading=7&second_writing=7"
SPOUSE = "spouse_speaking=5&spouse_listening=5&spouse_reading=5&spouse_writing=5"
CRS = (
    f"spouse=accompanying&age=30&education=masters&first_language=english&first_test=clb&{LEVELS}"
    f"&second_language=french&second_test=clb&{SECOND}&canadian_work_years=2&foreign_work_years=3&certificate=yes"
    f"&nomination=yes&sibling=yes&canadian_study=none&job_offer=none&spouse_education=bachelors&spouse_test=clb&{SPOUSE}"
    "&spouse_canadian_work_years=1&grid=2025-03-25"
)
ASKED = [url for url in PAGES if "?" in url] + [
    "/draws/?kind=category",
    "/draws/?category=stem",
    "/draws/?program=cec",
    "/draws/?year=2023",
    "/draws/?from=2023-07-01&to=2023-07-31",
    "/draws/?crs_min=480&crs_max=490",
    "/draws/?sort=cutoff&per_page=50&page=2",
    "/?crs=500&stream=cec&stream=french",
    "/statistics/?crs=500&stream=cec",
    "/draws/cec/?crs=500",
    "/draws/pnp/?crs=500&page=2",
    "/draws/254/?crs=500",
    "/programs/canadian-experience-class/?crs=500",
    "/pool/?crs=480",
    "/pool/2026-08-16/?crs=480",
    "/categories/?on=2024-01-15",
    "/categories/stem/?on=2024-07-05&crs=500",
    "/categories/stem/2023/?sort=-code",
    "/occupations/?q=cook",
    "/occupations/?teer=1&teer=2&sort=-code&per_page=25&page=3",
    "/occupations/?category=stem&on=2024-01-15",
    "/occupations/21231/?on=2024-01-15&crs=480",
    "/search/?q=nurse",
    "/shortlist/?noc=21231&noc=63200",
    "/tools/invited/?crs=486",
    "/tools/invited/?crs=486&submitted=2023-01-01T12%3A00&program=cec&program=fsw&noc=21231&french=7"
    "&canadian_experience=yes&military=no&kind=category&category=stem&from=2023-01-01&to=2024-01-01&page=1&per_page=25",
    f"/tools/invited/?crs=1200&{CRS}",
    f"/tools/crs/?{CRS}&program=cec&noc=21231&submitted=2026-01-02&military=no&category=stem",
    f"/tools/fsw/?age=30&education=doctoral&first_test=clb&{LEVELS}&second_test=tef_canada&{SECOND}"
    "&experience_years=3&arranged_employment=yes&adaptability=relative_canada&adaptability=spouse_language&spouse=yes",
    "/tools/language/?test=ielts_general&speaking=7&listening=8&reading=7&writing=7&level=7",
]
FORMS_ALONE = {"/shortlist/?noc=2174&noc=quokka&on=soon"}  # its canonical address names what could be read


class Links(HTMLParser):
    """The addresses in a page's head, its language switch, and where its text leads."""

    def __init__(self, text):
        super().__init__()
        self.head, self.switch, self.text, self.in_main = {}, None, set(), False
        self.printed = unescape(re.search(r'<p class="print-only">(\S+)', text)[1])
        self.to_copy = [unescape(url) for url in re.findall(r'<input id="copy-link" value="([^"]+)"', text)]
        self.cited = [unescape(url) for url in re.findall(r"(?<!\")http://testserver/\S+(?=</p>)", text)]
        self.codes = re.findall(r'<figure class="qr print-only">(<svg.*?</svg>)', text, re.DOTALL)
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.in_main = self.in_main or tag == "main"
        if tag == "link" and values["rel"] in ("canonical", "alternate") and "type" not in values:
            self.head[values.get("hreflang", "canonical")] = values["href"]
        elif tag == "meta" and values.get("property") == "og:url":
            self.head["og:url"] = values["content"]
        elif tag == "a" and "hreflang" in values and values.get("rel") != "external":
            self.switch = values["href"]
        elif tag == "a" and self.in_main and values.get("href", "").startswith("/"):
            self.text.add(urlsplit(values["href"]).path.removeprefix("/fr"))

    def handle_endtag(self, tag):
        self.in_main = self.in_main and tag != "main"


@cache  # the record does not change in this module
def links(url):
    response = Client().get(url)
    assert response.status_code == 200, url
    return Links(response.content.decode())


def question(url):
    return sorted(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def test_every_parameter_of_every_page_is_tried():
    tried = {(resolve(urlsplit(url).path).view_name, name) for url in ASKED for name, _value in question(url)}

    known = {(view, name) for view, names in PARAMETERS.items() for name in names}
    known = {(view, name) for view, name in known if name not in (EXPORT, "known")}  # moments: test_as_known.py
    assert known - tried == set()
    assert len(known) > 80


@pytest.mark.parametrize("url", dict.fromkeys(ASKED))
def test_language_switch_keeps_the_question_both_ways(url):
    english = links(url)

    french = links(english.switch)

    assert (urlsplit(english.switch).path, question(english.switch)) == (f"/fr{urlsplit(url).path}", question(url))
    assert (urlsplit(french.switch).path, question(french.switch)) == (urlsplit(url).path, question(url))
    if "page=" not in url:  # titles part into pages in the order of the language
        assert french.text == english.text


BAD = {"/draws/?year=abc&crs_min=-5", "/changes/?kind=quokka"}
BAD |= {"/tools/crs/?age=thirty&first_test=ielts_general&first_speaking=7.2&grid=1999"}


@pytest.mark.parametrize("url", sorted(set(ASKED) - BAD - FORMS_ALONE))
def test_canonical_and_printed_address_keep_the_question(url):
    english, french = links(url), links(f"/fr{url}")

    here, there = f"http://testserver{urlsplit(url).path}", f"http://testserver/fr{urlsplit(url).path}"
    assert {name: address.partition("?")[0] for name, address in english.head.items()} == {
        "canonical": here, "og:url": here, "en": here, "fr": there, "x-default": here
    }  # fmt: skip
    assert {tuple(question(address)) for address in english.head.values()} == {tuple(question(url))}
    assert french.head == english.head | {"canonical": english.head["fr"], "og:url": english.head["fr"]}
    assert set(question(url)) <= set(question(english.printed))


@pytest.mark.parametrize("url", sorted(set(ASKED) - BAD - FORMS_ALONE))
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_citation_copy_button_and_qr_code_keep_the_question(url, prefix):
    page = links(f"{prefix}{url}")

    for address in [*page.to_copy, *page.cited]:
        assert set(question(url)) <= set(question(address)), address
        assert urlsplit(address).path == f"{prefix}{urlsplit(url).path}"
    assert set(page.codes) <= {qr_code(page.printed)}


def test_pages_that_keep_their_word_cite_print_and_copy_one_address():
    for url in ["/draws/254/?crs=500", "/categories/stem/?on=2024-07-05&crs=500", "/categories/stem/2023/?sort=-code",
                "/occupations/21231/?on=2024-01-15&crs=480", "/shortlist/?noc=21231&on=2024-01-15"]:  # fmt: skip
        page = links(url)

        assert {*page.to_copy, *page.cited} == {page.printed}
        assert "known=" in page.printed
        assert page.codes == [qr_code(page.printed)]


def test_order_of_a_question_does_not_part_its_answers():
    pairs = [("noc", "63200"), ("noc", "21231"), ("on", "")]

    for query in ("noc=63200&noc=21231&on=", "on=&x=1&noc=63200&noc=21231"):
        assert asked("shortlist", QueryDict(query)) == pairs
    assert asked("home", QueryDict("x=1")) == asked("", QueryDict("on=1")) == []


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("/?utm_source=mail", "/"),
        ("/draws/254/?fbclid=1", "/draws/254/"),
        ("/categories/stem/?utm_source=a&on=2023-07-05&x=1", "/categories/stem/?on=2023-07-05"),
        ("/draws/?kind=&category=stem&year=", "/draws/?category=stem"),
        ("/occupations/?q=%22%3E%3Cscript%3E%26+%C3%A9", "/occupations/?q=%22%3E%3Cscript%3E%26+%C3%A9"),
        ("/draws/?year=abc&crs_min=-5&category=stem", "/draws/?category=stem"),
        ("/draws/?category=stem&page=999", "/draws/?category=stem"),
        ("/draws/?category=stem&_export=pdf", "/draws/?category=stem"),
        ("/categories/stem/?on=soon", "/categories/stem/"),
        ("/occupations/?q=cook&on=soon", "/occupations/?q=cook"),
        ("/pool/?crs=many", "/pool/"),
        ("/?crs=many&stream=quokka", "/"),
        ("/draws/254/?crs=many", "/draws/254/"),
        ("/categories/stem/?crs=many&on=2024-01-15", "/categories/stem/?on=2024-01-15"),
        ("/tools/invited/?crs=486&noc=99999", "/tools/invited/?crs=486"),
        ("/tools/fsw/?age=thirty&education=doctoral", "/tools/fsw/?education=doctoral"),
        ("/shortlist/?noc=63200+21231&on=soon", "/shortlist/?noc=21231&noc=63200"),
    ],
)
def test_canonical_address_leaves_out_what_the_page_does_not_use(url, canonical):
    page = links(url)

    assert page.head["canonical"] == f"http://testserver{canonical}"


@pytest.mark.parametrize(
    ("url", "switched"),
    [
        ("/categories/stem/?on=soon&utm_source=a", "/fr/categories/stem/?on=soon"),
        ("/fr/pool/?crs=many", "/pool/?crs=many"),
        ("/tools/invited/?crs=", "/fr/tools/invited/?crs="),
        ("/shortlist/?noc=quokka&on=2024-01-15", "/fr/shortlist/?noc=quokka&on=2024-01-15"),
    ],
)
def test_language_switch_keeps_values_that_the_page_names_as_bad(url, switched):
    assert links(url).switch == switched


@pytest.mark.parametrize("path", ["/nothing/", "/fr/nothing/", "/draws/9999/", "/fr/occupations/99999/"])
def test_missing_page_has_no_address_of_its_own(client, path):
    response = client.get(path)

    text = response.content.decode()
    assert response.status_code == 404
    assert [word for word in ("canonical", "og:url", 'rel="alternate" hreflang', "print-only") if word in text] == []


@pytest.mark.parametrize(
    ("path", "switched"),
    [
        ("/nothing/", "/fr/nothing/"),
        ("/fr//elsewhere.example/x/", "/%2Felsewhere.example/x/"),
        ("/a%3Fb%22/", "/fr/a%3Fb%22/"),
    ],
)
def test_language_switch_of_a_missing_page_stays_on_this_site(client, path, switched):
    text = client.get(path).content.decode()

    assert re.search(r'<p class="languages"><a href="([^"]*)"', text)[1] == switched


def test_pages_name_both_locales(html):
    assert '<meta property="og:locale" content="en_CA">' in html("/draws/254/")
    assert '<meta property="og:locale" content="fr_CA">' in html("/fr/draws/254/")
    assert '<meta property="og:locale:alternate" content="en_CA">' in html("/fr/draws/254/")


def test_sitemap_names_a_default_for_other_languages(client):
    assert b'hreflang="x-default" href="http://testserver/draws/254/"' in client.get("/sitemap.xml").content
