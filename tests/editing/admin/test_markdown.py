"""Texts are shown as readers will see them."""

import pytest

from programs.models import Program, Requirement
from tests.editing.admin.forms import address, said, save


@pytest.mark.parametrize("model", [Program, Requirement])
def test_preview_is_sanitised(editor, model):
    response = editor.post(address(model, "markdown"), {"text": "*One*\n\n<script>alert(1)</script>"})

    assert "<em>One</em>" in response.content.decode()
    assert "<script" not in response.content.decode()


def test_form_shows_the_saved_text(editor, db):
    row = Requirement.objects.first()

    page = editor.get(address(Requirement, "change", row.pk)).content.decode()

    assert page.count('class="preview-text"') == 2
    assert "<li>" in page.split('class="preview-text"')[1].split("</div>")[0]


def test_text_that_is_too_long_is_refused_beside_its_field(publisher, db):
    response = save(publisher, Requirement.objects.published().first(), text_en="x" * 5001)

    assert said(response) == ["Ensure this value has at most 5000 characters (it has 5001)."]


@pytest.mark.parametrize(("role", "status"), [("", 302), ("staff", 403)])
def test_preview_is_for_editors(sign_in, role, status):
    assert sign_in(role).post(address(Program, "markdown"), {"text": "x"}).status_code == status
