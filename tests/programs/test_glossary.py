import re

import pytest
from django.template import Template
from django.template.context import Context
from django.utils import translation

from editing.pages.alphabet import without_accents
from programs.glossary import TERMS, terms


def test_terms_have_names_and_a_definition_of_their_own():
    assert len(TERMS) == 46
    assert len({term.key for term in TERMS}) == 46
    assert [term.key for term in TERMS if not (term.en and term.fr and str(term.definition))] == []


@pytest.mark.parametrize(
    ("language", "first", "last"), [("en", "Adaptability", "Unit group"), ("fr", "Admissible", "Système")]
)
def test_terms_stand_in_the_alphabet_of_the_page(language, first, last):
    with translation.override(language):
        names = [term.names()[0][0] for term in terms()]

    assert names[0].startswith(first)
    assert names[-1].startswith(last)
    assert names == sorted(names, key=without_accents)


@pytest.mark.parametrize(
    ("key", "french", "short"),
    [
        ("crs", "Système de classement global", "SCG"),
        ("noc", "Classification nationale des professions", "CNP"),
        ("teer", "Formation, études, expérience et responsabilités", "FÉER"),
        ("tie-break", "Règle de bris d’égalité", ""),
        ("round", "Ronde d’invitations", ""),
    ],
)
def test_terms_carry_the_official_french(key, french, short):
    term = next(term for term in TERMS if term.key == key)

    assert (term.fr, term.short_fr) == (french, short)


def test_term_leads_to_its_meaning_and_shows_it():
    text = Template('{% load glossary %}{% term "pool" %}Pool{% endterm %}').render(Context())

    assert re.fullmatch(r'<dfn><a class="term" href="/glossary/#pool" title="[^"]{20,}">Pool</a></dfn>', text)


EXPLAINED = """{% load glossary %}{% explained %}<h2>The pool</h2><p>The Pool and its
<a href="/">CRS</a>, by CRS score: <b>NOC</b> and TEER.</p><details>LMIA</details>
<p>The pool again; cut-offs, “pooled”.</p>{% endexplained %}"""


@pytest.mark.parametrize(
    ("language", "keys"), [("en", ["pool", "crs", "noc", "teer", "cut-off"]), ("fr", [])], ids=["en", "fr"]
)
def test_first_use_of_a_term_is_explained(language, keys):
    with translation.override(language):
        text = Template(EXPLAINED).render(Context())

    assert re.findall(r'<dfn><a class="term[^"]*" href="[^"]*#([\w-]+)"', text) == keys
    assert "<h2>The pool</h2>" in text
    assert re.sub(r"<[^>]+>", "", text) == re.sub(r"<[^>]+>|{%.*?%}", "", EXPLAINED)


def test_names_of_french_terms_are_explained_on_french_pages():
    source = "{% load glossary %}{% explained %}<p>Le bassin et la note SCG; la CNP.</p>{% endexplained %}"

    with translation.override("fr"):
        text = Template(source).render(Context())

    assert re.findall(r"#([\w-]+)", text) == ["pool", "crs", "noc"]


READ = {
    "/statistics/": {"cut-off", "invitation"},
    "/programs/": {"teer", "noc", "clb", "nclc", "crs", "pool", "proof-of-funds"},
    "/programs/federal-skilled-trades/": {"noc", "lmia", "clb", "crs", "pool", "irpa"},
    "/how-it-works/": {"pool", "profile", "tie-break", "cut-off", "crs"},
    "/how-it-works/crs/": {"crs", "pool", "teer", "clb"},
    "/timeline/": {"cec", "noc", "irpa", "fsw"},
    "/draws/": {"cut-off"},
    "/categories/": {"crs", "cut-off"},
    "/categories/stem/compare/2023/2025/": {"noc", "teer"},
    "/occupations/": {"noc", "teer"},
    "/tools/invited/?crs=486": {"cut-off", "tie-break", "profile"},
    "/tools/fsw/": {"crs"},
    "/tools/language/": {"clb", "nclc"},
    "/about/data/": {"noc"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", READ)
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_pages_explain_their_terms(html, address, prefix):
    text = html(prefix + address)

    keys = re.findall(r'<dfn><a class="term[^"]*" href="[^"]*#([\w-]+)"', text)
    assert READ[address] - set(keys) == set()
    assert [key for key in keys if keys.count(key) > 2] == []
