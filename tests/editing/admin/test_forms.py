"""The forms say how far a row has come, and what the next step is."""

import re

import pytest

from draws.models import Draw
from tests.editing.admin.forms import address, opened, save
from tests.markup import markup


def shown(client, row):
    return markup(client.get(address(type(row), "change", row.pk)))


def test_form_is_titled_with_the_row_and_its_status(publisher, db):
    draw = Draw.objects.get(number="447")

    assert "<h1>Draw 447, published</h1>" in shown(publisher, draw)


@pytest.mark.parametrize(
    ("role", "status", "name"),
    [
        ("Editors", "draft", "_submit"),
        ("Editors", "review", "_save"),
        ("Publishers", "draft", "_publish"),
        ("Publishers", "review", "_publish"),
        ("Publishers", "published", "_save"),
    ],
)
def test_next_step_is_the_primary_button(sign_in, make_draw, role, status, name):
    page = shown(sign_in(role), make_draw("5", status=status))

    buttons = re.findall(r'<(?:input|button) [^>]*type="submit"[^>]*>', page)
    assert [f'name="{name}"' in button for button in buttons if 'class="default' in button] == [True]


def test_enter_key_never_publishes(publisher, draft):
    page = shown(publisher, draft)

    assert page.index('name="_save"') < page.index('name="_publish"')


def test_message_names_the_new_status_and_leads_to_both_pages(publisher, make_draw, draft):
    values = opened(publisher, draft)

    response = publisher.post(address(Draw, "change", draft.pk), values | {"_submit": "1"}, follow=True)
    seen = save(publisher, make_draw("6"))

    (said,) = map(str, response.context["messages"])
    assert "Saved: Draw 5, in review." in said
    assert (address(Draw, "change", draft.pk) in said, address(Draw, "preview", draft.pk) in said) == (True, True)
    page = publisher.get(seen.url)
    assert 'href="/draws/6/"' in str(next(iter(page.context["messages"])))


def test_status_is_the_second_column_of_a_list(publisher, draft):
    page = publisher.get(address(Draw, "changelist")).content.decode()

    assert '<span class="standing standing-draft">draft</span>' in page
    assert page.index("column-standing") < page.index("column-date")
