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
