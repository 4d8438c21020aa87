"""The review screen: what differs, the page beside it, and what to do with it."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from django.test import Client

from draws.models import Draw
from editing.models import ProposedChange
from programs.models import Program
from tests.editing.admin.forms import address, opened, save, told

pytestmark = pytest.mark.both_databases


@pytest.fixture
def submitted(editor, make_draw):
    """A draw that an editor has submitted."""
    draw = make_draw("5", status="draft", cutoff=500)
    save(editor, draw, _submit="1")
    return draw


def review(client, row, **given):
    url = address(type(row), "review", row.pk)
    page = client.get(url)
    return client.post(url, {"opened_on": page.context["opened_on"]} | given, follow=True)


def held(row):
    return type(row).objects.get(pk=row.pk)


def test_new_row_is_shown_with_every_fact_and_its_page(publisher, submitted):
    page = publisher.get(address(Draw, "review", submitted.pk))

    facts = {one.field: (one.old, one.new) for one in page.context["differences"]}
    assert (facts["cutoff"], page.context["submitted_by"].username) == (("–", "500"), "editors")
    frame = publisher.get(page.context["preview_url"], {"language": "fr"})
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert 'lang="fr"' in frame.content.decode()


def test_withdrawn_row_is_compared_with_what_the_public_saw(publisher, make_draw):
    draw = make_draw("5", cutoff=500)
    save(publisher, draw, _withdraw="1")
    save(publisher, draw, _submit="1", cutoff="499")

    page = publisher.get(address(Draw, "review", draw.pk))

    assert [(one.field, one.old, one.new) for one in page.context["differences"]] == [("cutoff", "500", "499")]


def test_publisher_approves(publisher, submitted):
    response = review(publisher, submitted, _approve="1")

    assert (held(submitted).status, told(response)) == ("published", ["Draw 5 is public now."])


def test_publisher_approves_at_a_time(publisher, submitted):
    soon = datetime.now(timezone.utc).replace(second=0, microsecond=0) + timedelta(days=1)

    review(publisher, submitted, _schedule="1", publish_at=f"{soon:%Y-%m-%dT%H:%M}")

    assert (held(submitted).status, held(submitted).publish_at) == ("published", soon)


@pytest.mark.parametrize("given", ["", "2020-01-01T12:00"])
def test_time_that_has_passed_is_refused(publisher, submitted, given):
    response = review(publisher, submitted, _schedule="1", publish_at=given)

    assert response.context["form"].errors == {"publish_at": ["Give a time that is yet to come."]}
    assert held(submitted).status == "review"


def test_publisher_returns_with_a_comment_that_the_history_keeps(publisher, submitted):
    without = review(publisher, submitted, _return="1")
    before = held(submitted).status
    review(publisher, submitted, _return="1", comment="The cut-off is 491.")

    assert "comment" in without.context["form"].errors
    assert (before, held(submitted).status) == ("review", "draft")
    assert submitted.history.first().history_change_reason == "The cut-off is 491."


def test_row_saved_meanwhile_is_not_approved(publisher, editor, submitted):
    url = address(Draw, "review", submitted.pk)
    page = publisher.get(url)
    save(editor, submitted, cutoff="490")

    response = publisher.post(url, {"opened_on": page.context["opened_on"], "_approve": "1"}, follow=True)

    assert (told(response), held(submitted).status) == (["The row was saved meanwhile. Compare again."], "review")


def test_doubted_row_is_approved_with_a_reason(publisher, editor, make_draw):
    draw = make_draw("5", status="draft", cutoff=16)
    save(editor, draw, _submit="1")

    review(publisher, draw, _approve="1")
    before = held(draw).status
    seen = publisher.get(address(Draw, "review", draw.pk)).context["doubts_seen"]
    review(publisher, draw, _approve="1", right_because="Read twice", doubts_seen=seen)

    assert (before, held(draw).status) == ("review", "published")
    assert "Read twice" in draw.history.first().history_change_reason


def test_editor_looks_but_does_not_decide(editor, submitted):
    page = editor.get(address(Draw, "review", submitted.pk))
    response = editor.post(address(Draw, "review", submitted.pk), {"_approve": "1"})

    assert (page.context["may_decide"], response.status_code, held(submitted).status) == (False, 403, "review")


def test_row_that_is_not_in_review_leads_to_its_form(publisher, make_draw):
    draw = make_draw("5")

    response = publisher.get(address(Draw, "review", draw.pk))

    assert response["Location"] == address(Draw, "change", draw.pk)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_proposed_change_is_shown_on_its_page(editor, publisher, make_draw, language):
    draw = make_draw("5", invitations=1000)
    save(editor, draw, invitations="1357")
    page = publisher.get(address(ProposedChange, "change", ProposedChange.objects.get().pk))

    frame = publisher.get(page.context["preview_url"], {"language": language})

    assert re.search("1,357" if language == "en" else r"1\s357", frame.content.decode())
    assert held(draw).invitations == 1000


def test_proposed_change_of_a_live_row_is_shown_on_its_page(editor, publisher):
    program = Program.objects.first()
    save(editor, program, name_en="Another name")
    page = publisher.get(address(ProposedChange, "change", ProposedChange.objects.get().pk))

    frame = publisher.get(page.context["preview_url"])

    assert "Another name" in frame.content.decode()
    assert Client().get(program.get_absolute_url()).content.decode().count("Another name") == 0


def test_writer_goes_on_with_a_returned_change(editor, publisher, make_draw):
    draw = make_draw(cutoff=500, invitations=1000)
    save(editor, draw, cutoff="499", invitations="900")
    decide = address(ProposedChange, "decide", ProposedChange.objects.get().pk)
    without = publisher.post(decide, {"_return": "1"}, follow=True)
    publisher.post(decide, {"_return": "1", "comment": "The cut-off is 491."})

    values = opened(editor, draw)
    save(editor, draw, values, cutoff="491")

    returned, waiting = ProposedChange.objects.order_by("proposed_at")
    assert "Say in a few words" in told(without)[0]
    assert (values["cutoff"], values["invitations"]) == ("499", "900")
    assert (returned.state, returned.comment) == ("returned", "The cut-off is 491.")
    assert waiting.changes == {"cutoff": [500, 491], "invitations": [1000, 900]}


def test_writer_goes_on_with_a_waiting_change_and_nobody_else_does(editor, sign_in, make_draw):
    draw = make_draw(cutoff=500, programs="CEC")
    save(editor, draw, programs=["1"], checked_on="2026-10-02")

    mine, others = opened(editor, draw), opened(sign_in("Editors", "other"), draw)
    save(editor, draw, mine, cutoff="491")

    assert (mine["checked_on"], mine["programs"]) == ("2026-10-02", ["1"])
    assert others["checked_on"] == "2026-10-09"
    assert set(ProposedChange.objects.get().changes) == {"cutoff", "programs", "checked_on"}
