"""The document for editors in the admin, and the links of the forms to its parts."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import trans_real

from draws.models import Draw
from editing.admin.guide import DOCUMENTS, tokens_of
from editing.models import ProposedChange
from editing.proposals import propose
from tests.conftest import ROOT
from tests.editing.admin.forms import address
from tests.editing.admin.versions import FOLLOWED

STRESSED = re.compile(r"(?<![*\w])\*([^*]+?)\*(?!\*)")
GUIDE = "/admin/guide/editors/"


@pytest.fixture
def anchors(editor):
    return re.findall(r'<h2 id="([^"]+)">', editor.get(GUIDE).content.decode())


def test_guide_shows_the_document_with_its_parts(editor, anchors):
    page = editor.get(GUIDE).content.decode()

    assert ("<h1>For editors</h1>" in page, "<table>" in page) == (True, True)
    assert [part for part in anchors if f'<a href="#{part}">' not in page] == []
    assert len(anchors) >= 9


@pytest.mark.parametrize("model", [*FOLLOWED, ProposedChange], ids=lambda model: model.__name__)
def test_part_that_a_form_leads_to_is_there(anchors, model):
    assert admin.site.get_model_admin(model).guide in anchors


def test_forms_and_review_pages_lead_to_their_part(publisher, make_draw):
    draw = make_draw("5", status="review")
    proposal = propose(make_draw("6"), {"cutoff": 1}, None, "")
    pages = [
        (address(Draw, "change", draw.pk), "draw-day"),
        (address(Draw, "add"), "draw-day"),
        (address(Draw, "review", draw.pk), "draw-day"),
        (reverse("admin:draws_import_add"), "draw-day"),
        (address(ProposedChange, "change", proposal.pk), "from-draft-to-published"),
    ]

    without = [url for url, part in pages if f'href="{GUIDE}#{part}"' not in publisher.get(url).content.decode()]

    assert without == []


def test_links_between_documents_stay_in_the_admin(editor):
    page = editor.get(GUIDE).content.decode()

    leads = re.findall(r'href="([^"#]*(?:import|operations)[^"]*)"', page[page.index('class="guide"') :])
    assert leads == ["/admin/guide/import/"]
    assert editor.get(leads[0]).status_code == 200


@pytest.mark.parametrize("name", ["operations", "no-such"])
def test_other_documents_have_no_page(editor, name):
    assert editor.get(f"/admin/guide/{name}/").status_code == 404


def stressed(name):
    """The names of buttons, fields and pages in a document, and what else stands between stars."""
    return STRESSED.findall(" ".join((ROOT / "docs" / name).read_text(encoding="utf-8").split()))


def addresses_in(tokens):
    """Where the links lead, whatever the language of the part."""
    inside = [one for token in tokens for one in token.children or []]
    return [one.attrGet("href").partition("#")[0] for one in inside if one.type == "link_open"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_french_document_has_the_parts_and_links_of_the_english_one(name):
    english, french = tokens_of(name, "en"), tokens_of(name, "fr")

    assert [(one.type, one.tag) for one in french] == [(one.type, one.tag) for one in english]
    assert addresses_in(french) == addresses_in(english)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_french_document_calls_buttons_as_the_french_admin_does(name):
    english, french = stressed(f"{name}.md"), stressed(f"{name}.fr.md")
    catalogue = trans_real.translation("fr")._catalog

    others = [
        (own, its)
        for own, its in zip(english, french, strict=True)
        if catalogue.get(own, its).casefold() != its.casefold()
    ]

    assert len(english) > 8
    assert others == []


def test_guide_is_french_in_the_french_admin(editor, anchors):
    editor.post("/admin/language/", {"language": "fr"})

    page = editor.get(GUIDE).content.decode()

    assert ("<h1>Pour l’équipe de rédaction</h1>" in page, "<h2" in page) == (True, True)
    assert re.findall(r'<h2 id="([^"]+)">', page) == anchors
    assert {*re.findall(r'href="#([^"]+)"', page[page.index('class="guide"') :])} == {*anchors}
