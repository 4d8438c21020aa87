"""A change of a published row that is approved for a time to come."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from draws.models import Draw
from editing.admin.scheduled import apply_due
from editing.models import Notice, ProposedChange
from expressentry.dashboard import dashboard
from tests.editing.admin.forms import address, save, told

pytestmark = pytest.mark.both_databases
LATER = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)


def decide(client, **given):
    url = address(ProposedChange, "decide", ProposedChange.objects.latest("proposed_at").pk)
    return client.post(url, given, follow=True)


def schedule(client, **given):
    return decide(client, _schedule="1", publish_at=f"{LATER:%Y-%m-%dT%H:%M}", **given)


def cutoff():
    return Draw.objects.get().cutoff


def state():
    return ProposedChange.objects.get().state


@pytest.fixture
def proposed(editor, make_draw):
    """An editor proposes a cut-off of 499 in place of 500."""
    draw = make_draw(cutoff=500)
    save(editor, draw, cutoff="499", change_reason="Read again")
    return draw


def test_change_is_made_at_the_time_that_was_set(publisher, proposed):
    response = schedule(publisher, comment="As announced")

    before = (cutoff(), state())
    apply_due(LATER - timedelta(seconds=1))
    waiting = cutoff()
    apply_due(LATER)

    assert told(response) == [f"Approved: the row says it from {LATER:%Y-%m-%d %H:%M} UTC."]
    assert (before, waiting, cutoff(), state()) == ((500, "scheduled"), 500, 499, "accepted")


def test_history_and_writer_are_told_whose_approval_it_was(editor, publisher, proposed):
    schedule(publisher)

    apply_due(LATER)

    record = proposed.history.first()
    assert (record.history_user, record.history_change_reason) == (publisher.user, "Proposed by editors: Read again")
    assert record.change is not None
    told_writer = Notice.objects.filter(to=editor.user).order_by("pk").values_list("what", "by__username")
    assert list(told_writer) == [("scheduled", "publishers"), ("published", "publishers")]


def test_change_is_made_once(publisher, proposed):
    schedule(publisher)

    apply_due(LATER)
    records = proposed.history.count()
    apply_due(LATER)

    assert proposed.history.count() == records


@pytest.mark.parametrize("given", ["", "2020-01-01T12:00"])
def test_time_that_has_passed_is_refused(publisher, proposed, given):
    response = decide(publisher, _schedule="1", publish_at=given)

    assert (told(response), state()) == (["Give a time that is yet to come."], "waiting")


def test_only_publishers_set_a_time(editor, proposed):
    assert (schedule(editor).status_code, state()) == (403, "waiting")


def test_what_cannot_be_accepted_now_is_not_approved_for_later(publisher, editor, make_draw):
    draw = make_draw(cutoff=500)
    save(editor, draw, cutoff="499")
    save(publisher, draw, cutoff="498")

    response = schedule(publisher)

    assert "has changed since: it was 500 and is 498." in told(response)[-1]
    assert (cutoff(), state()) == (498, "waiting")


def test_doubts_are_answered_when_the_time_is_set(publisher, editor, make_draw):
    draw = make_draw(cutoff=500)
    save(editor, draw, cutoff="16")
    page = publisher.get(address(ProposedChange, "change", ProposedChange.objects.get().pk))

    schedule(publisher)
    without = state()
    schedule(publisher, right_because="Read twice", doubts_seen=page.context["doubts_seen"])
    apply_due(LATER)

    assert (without, cutoff(), state()) == ("waiting", 16, "accepted")
    assert "Read twice" in draw.history.first().history_change_reason


def test_change_that_was_overtaken_waits_for_a_decision_again(publisher, proposed):
    schedule(publisher)
    save(publisher, proposed, cutoff="498")

    apply_due(LATER)

    notice = Notice.objects.get(what="failed")
    assert (cutoff(), state(), notice.to) == (498, "waiting", publisher.user)
    assert "it was 500 and is 498." in notice.comment == ProposedChange.objects.get().comment


@pytest.mark.parametrize("gone", [True, False])
def test_change_needs_somebody_who_may_publish_it_still(publisher, proposed, gone):
    schedule(publisher)
    publisher.user.groups.clear()
    if gone:
        User.objects.get(username="publishers").delete()

    apply_due(LATER)

    proposal = ProposedChange.objects.get()
    assert (cutoff(), proposal.state, proposal.apply_at) == (500, "waiting", None)
    assert proposal.comment == "Whoever approved it may not publish this any more."


@pytest.mark.parametrize(
    ("button", "then", "now"),
    [("_accept", "accepted", 499), ("_refuse", "refused", 500), ("_return", "returned", 500)],
)
def test_publisher_decides_otherwise_before(publisher, proposed, button, then, now):
    schedule(publisher)

    decide(publisher, comment="At once", **{button: "1"})
    apply_due(LATER)

    assert (state(), cutoff()) == (then, now)


def test_writer_takes_it_back_before(editor, publisher, proposed):
    schedule(publisher)

    decide(editor, _refuse="1")
    apply_due(LATER)

    assert (state(), cutoff()) == ("refused", 500)


def test_scheduled_change_is_on_the_first_page_and_in_the_form(editor, publisher, proposed):
    schedule(publisher)

    proposal = ProposedChange.objects.get()
    form = editor.get(address(Draw, "change", proposed.pk)).content.decode()
    waiting = dashboard(editor.user)["scheduled"]
    assert waiting == [("Change of Draw 1", LATER, address(ProposedChange, "change", proposal.pk))]
    assert f"It is approved for {LATER:%Y-%m-%d %H:%M} UTC." in form


def test_public_correction_is_settled_as_was_answered(publisher, editor, make_draw, make_correction):
    draw = make_draw(cutoff=490)
    told_of = make_correction(draw)
    save(editor, draw, cutoff="491")

    without = schedule(publisher)
    schedule(publisher, corrections="withdraw")
    apply_due(LATER)

    told_of.refresh_from_db()
    assert told(without) == ["Say what becomes of the public corrections that would no longer be true."]
    assert (cutoff(), told_of.status) == (491, "draft")
    assert told_of.history.first().history_user == publisher.user
