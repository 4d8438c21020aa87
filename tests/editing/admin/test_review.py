"""Editors write and submit, publishers publish; no path leads around them."""

import re
from datetime import datetime, timedelta, timezone
from urllib.parse import urljoin

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from draws.models import Discrepancy, Draw
from occupations.models import Edition
from tests.editing.admin.forms import SAID, address, opened, said, save, told

pytestmark = pytest.mark.both_databases


SOON = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=1)


def status(row):
    return type(row).objects.get(pk=row.pk).status


@pytest.mark.parametrize(
    ("role", "before", "button", "after"),
    [
        ("Editors", "draft", "_submit", "review"),
        ("Editors", "review", "_return", "draft"),
        ("Publishers", "draft", "_publish", "published"),
        ("Publishers", "review", "_publish", "published"),
        ("Publishers", "published", "_withdraw", "draft"),
    ],
)
def test_step_by_a_button(sign_in, make_draw, role, before, button, after):
    draw = make_draw(status=before)

    response = save(sign_in(role), draw, **{button: "1"})

    assert (response.status_code, status(draw)) == (302, after)


@pytest.mark.parametrize(
    ("role", "before", "button"),
    [
        ("Editors", "draft", "_publish"),
        ("Editors", "review", "_publish"),
        ("Editors", "published", "_withdraw"),
        ("Editors", "published", "_return"),
        ("Publishers", "draft", "_withdraw"),
        ("Publishers", "published", "_submit"),
    ],
)
def test_step_that_is_not_theirs_is_refused(sign_in, make_draw, role, before, button):
    draw = make_draw(status=before)

    response = save(sign_in(role), draw, **{button: "1"})

    assert (response.status_code, status(draw)) == (403, before)


def test_status_is_not_taken_from_the_form(editor, draft):
    save(editor, draft, status="published", cutoff="499")

    assert (status(draft), Draw.objects.get(pk=draft.pk).cutoff) == ("draft", 499)


def test_added_row_is_a_draft_for_an_editor(editor, draft):
    values = opened(editor, draft) | {"number": "6", "status": "published"}

    responses = [editor.post(address(Draw, "add"), values | {button: "1"}) for button in ("_publish", "_submit")]

    assert [response.status_code for response in responses] == [403, 302]
    assert Draw.objects.get(number="6").status == "review"


def test_row_is_not_published_inline(editor, make_discrepancy):
    row = make_discrepancy(status="draft")

    save(editor, row.draw, **{"discrepancies-0-status": "published", "discrepancies-0-note_en": "Another"})

    held = Discrepancy.objects.get(pk=row.pk)
    assert (held.status, held.note_en) == ("draft", "Another")


@pytest.mark.parametrize(("role", "after"), [("Editors", "review"), ("Publishers", "published")])
def test_publishing_by_the_action_of_the_list(sign_in, make_draw, role, after):
    draw = make_draw(status="review")
    given = {"action": "publish", "_selected_action": [draw.pk]}

    sign_in(role).post(address(Draw, "changelist"), given)

    assert status(draw) == after


def test_action_leaves_rows_where_the_step_is_not_possible(publisher, make_draw):
    draws = [make_draw("1", status="draft"), make_draw("2", status="published")]
    given = {"action": "submit", "_selected_action": [draw.pk for draw in draws]}

    response = publisher.post(address(Draw, "changelist"), given, follow=True)

    assert [status(draw) for draw in draws] == ["review", "published"]
    assert told(response) == ["Submitted for review: 1 row.", "Draw 2 stays as it is. It is published."]


def test_draw_waits_for_its_edition(publisher, make_edition, make_draw):
    edition = make_edition(status="draft")
    draw = make_draw(edition=edition, status="draft")

    response = save(publisher, draw, _publish="1")

    assert said(response) == [f"{edition} is not published yet. Publish the edition first."]
    assert status(draw) == "draft"


def test_draw_waits_for_its_time_with_its_edition(publisher, make_edition, make_draw):
    edition = make_edition(publish_at=SOON)
    draw = make_draw(edition=edition, status="draft", publish_at=SOON)

    save(publisher, draw, _publish="1")

    assert status(draw) == "published"


@pytest.fixture
def pool_draft(make_pool):
    return make_pool(status="draft")


@pytest.mark.parametrize(
    ("role", "button", "after"),
    [("Editors", "_submit", "review"), ("Publishers", "_publish", "published"), ("Publishers", "_save", "draft")],
)
def test_pool_goes_with_its_draw(sign_in, make_draw, pool_draft, role, button, after):
    draw = make_draw(status="draft", pool=pool_draft)

    response = save(sign_in(role), draw, **{button: "1"})

    assert (status(draw), status(pool_draft)) == (after, after)
    along = f"Pool snapshot {pool_draft} went with it."
    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert (along in messages) is (after == "review")


def test_pool_goes_with_its_draws_by_the_action_of_the_list(publisher, make_draw, pool_draft):
    draws = [make_draw(number, status="review", pool=pool_draft) for number in ("1", "2")]
    given = {"action": "publish", "_selected_action": [draw.pk for draw in draws]}

    response = publisher.post(address(Draw, "changelist"), given, follow=True)

    assert [status(row) for row in [*draws, pool_draft]] == ["published"] * 3
    assert told(response) == ["Published: 2 rows."]
    assert pool_draft.history.first().history_change_reason == "Published with Draw 2"


def test_pool_becomes_public_with_its_draw_and_no_sooner(publisher, make_draw, pool_draft):
    draw = make_draw(status="draft", pool=pool_draft, publish_at=SOON)

    save(publisher, draw, _publish="1")

    pool_draft.refresh_from_db()
    assert (pool_draft.status, pool_draft.publish_at, pool_draft.is_public()) == ("published", SOON, False)


@pytest.mark.parametrize("before", ["draft", "published"])
def test_pool_is_public_no_later_than_a_draw_that_names_it(publisher, make_draw, make_pool, before):
    pool = make_pool(status="draft", publish_at=SOON)
    draw = make_draw(status=before)

    save(publisher, draw, pool=pool.pk, pool_missing="", **({"_publish": "1"} if before == "draft" else {}))

    pool.refresh_from_db()
    assert (pool.status, pool.publish_at, pool.is_public()) == ("published", None, True)


def test_published_draw_keeps_off_an_edition_that_is_not_public(publisher, make_edition, make_draw):
    edition = make_edition("trade", status="draft")
    draw = make_draw(edition=make_edition())

    response = save(publisher, draw, edition=edition.pk)

    assert f"{edition} is not published yet. Publish the edition first." in said(response)


def test_form_says_who_took_which_step(sign_in, draft):
    save(sign_in("Editors"), draft, _submit="1")
    client = sign_in("Publishers")

    save(client, draft, _publish="1")

    text = client.get(address(Draw, "change", draft.pk)).content.decode()
    steps = [f"{step}: {at:%Y-%m-%d %H:%M} UTC, {who}" for step, at, who in
             [("published", draft.history.first().history_date, "publishers"),
              ("in review", draft.history.all()[1].history_date, "editors")]]  # fmt: skip
    assert [step in text for step in steps] == [True, True]


@pytest.mark.parametrize("language", ["", "fr"])
def test_draft_is_previewed_on_its_public_page(editor, draft, language):
    response = editor.get(address(Draw, "preview", draft.pk), {"language": language})

    text = response.content.decode()
    assert (response.status_code, "preview-banner" in text, f'lang="{language or "en"}"' in text) == (200, True, True)
    assert (Client().get(f"/draws/{draft.number}/").status_code, status(draft)) == (404, "draft")


@pytest.mark.parametrize(("language", "other"), [("", "fr"), ("fr", "en")])
def test_preview_leads_to_itself_in_the_other_language(editor, draft, language, other):
    url = address(Draw, "preview", draft.pk)

    text = editor.get(url, {"language": language}).content.decode()

    links = re.findall(r'<p class="languages">.*?href="([^"]*)"', text, re.DOTALL)
    answers = [editor.get(urljoin(url, link)) for link in links]
    assert [(one.status_code, f'<html lang="{other}"' in one.content.decode()) for one in answers] == [(200, True)]


def test_preview_is_kept_out_of_caches(editor, draft, html):
    before = html("/draws/")

    response = editor.get(address(Draw, "preview", draft.pk))

    assert html("/draws/") == before
    assert "no-store" in response["Cache-Control"]


def test_edition_is_previewed(editor, make_edition):
    edition = make_edition(status="review")

    response = editor.get(address(Edition, "preview", edition.pk))

    assert (response.status_code, "preview-banner" in response.content.decode()) == (200, True)


def test_published_row_leads_to_its_page(editor, make_draw):
    response = editor.get(address(Draw, "preview", make_draw("5").pk))

    assert (response.status_code, response["Location"]) == (302, "/draws/5/")


def test_unpublished_row_is_nowhere_public(make_draw):
    make_draw("1")
    make_draw("2", status="draft", name_en="Hidden draft", cutoff=777)
    make_draw("3", publish_at=SOON, name_en="Hidden until later", cutoff=778)
    pages = ["/", "/draws/", "/draws/?per_page=all", "/draws/1/", "/sitemap.xml", "/pool/"]
    pages += [f"/draws/?_export={kind}" for kind in ("csv", "json")]

    texts = [Client().get(page).content.decode() for page in pages]

    assert [page for page, text in zip(pages, texts, strict=True) if "Hidden" in text or "777" in text] == []
    assert [Client().get(f"/draws/{number}/").status_code for number in (1, 2, 3)] == [200, 404, 404]


@pytest.fixture
def drawn(make_edition, make_draw):
    """An edition under two public draws and a draft."""
    edition = make_edition()
    make_draw("1", edition=edition)
    make_draw("2", edition=edition)
    make_draw("3", edition=edition, status="draft")
    return edition


LED_TO = "Public draws lead to this edition: Draw 2, Draw 1. Withdraw them first, or leave it public."


def test_edition_under_public_draws_is_not_withdrawn(publisher, drawn):
    response = save(publisher, drawn, _withdraw="1")

    assert (said(response), status(drawn)) == ([LED_TO], "published")


def test_edition_under_public_draws_is_not_withdrawn_from_the_list(publisher, drawn):
    given = {"action": "withdraw", "_selected_action": [drawn.pk]} | SAID

    response = publisher.post(address(Edition, "changelist"), given, follow=True)

    assert told(response)[-1] == f"{drawn} stays as it is. {LED_TO}"
    assert status(drawn) == "published"


def test_edition_under_public_draws_does_not_wait_for_its_time(publisher, drawn):
    response = save(publisher, drawn, publish_at_0=f"{SOON:%Y-%m-%d}", publish_at_1=f"{SOON:%H:%M:%S}")

    assert (said(response), Edition.objects.get().publish_at) == ([LED_TO], None)


def test_edition_is_withdrawn_after_its_draws(publisher, drawn):
    Draw.objects.update(status="draft")

    save(publisher, drawn, _withdraw="1")

    assert status(drawn) == "draft"
