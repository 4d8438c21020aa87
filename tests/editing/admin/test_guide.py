"""The document for editors in the admin, and the links of the forms to its parts."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from draws.models import Draw
from editing.models import ProposedChange
from editing.proposals import propose
from tests.editing.admin.forms import address
from tests.editing.admin.versions import FOLLOWED

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
