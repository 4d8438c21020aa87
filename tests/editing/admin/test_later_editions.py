"""An edition published for a time to come: the one before stays in force until then, and ends in the same step."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from editing.admin.scheduled import apply_due
from editing.models import ProposedChange
from expressentry.dashboard import dashboard
from occupations.models import Edition
from tests.editing.admin.forms import address, said, save, told

pytestmark = pytest.mark.both_databases
LATER = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture
def before(make_edition):
    return make_edition(version="2025", effective_from=date(2025, 1, 1), occupations=["21231"])


@pytest.fixture
def following(before, make_edition):
    day = {"effective_from": date(2026, 3, 1), "status": "review"}
    return make_edition(version="2026", occupations=["21232"], **day)


def approve(client, edition, when=LATER):
    url = address(Edition, "review", edition.pk)
    given = {"opened_on": client.get(url).context["opened_on"], "_schedule": "1", "comment": ""}
    return client.post(url, given | {"publish_at": f"{when:%Y-%m-%dT%H:%M}"}, follow=True)


def states():
    """Status and last day of both, oldest first."""
    rows = Edition.objects.order_by("effective_from")
    return [(row.status, row.effective_to and str(row.effective_to)) for row in rows]


def test_edition_before_ends_when_the_next_becomes_public(publisher, before, following):
    response = approve(publisher, following)
    then, page = states(), publisher.get(before.get_absolute_url()).content.decode()

    apply_due(LATER - timedelta(seconds=1))
    waiting = states()
    apply_due(LATER)

    assert told(response) == [f"STEM 2026 becomes public at {LATER:%Y-%m-%d %H:%M} UTC."]
    assert then == waiting == [("published", None), ("review", None)]
    assert "February 28, 2026" not in page
    assert states() == [("published", "2026-02-28"), ("published", None)]
    assert following.history.first().history_user == before.history.first().history_user == publisher.user


def test_both_are_changed_or_neither(publisher, before, following, make_draw):
    approve(publisher, following)
    make_draw(edition=before, date=date(2026, 3, 2))

    apply_due(LATER)

    assert states() == [("published", None), ("review", None)]
    assert ProposedChange.objects.get().state == "waiting"


def test_form_publishes_it_for_its_time_too(publisher, before, following):
    at = {"publish_at_0": f"{LATER:%Y-%m-%d}", "publish_at_1": f"{LATER:%H:%M}"}

    response = save(publisher, following, _publish="1", **at)
    then = states()
    apply_due(LATER)

    assert (response.status_code, then) == (302, [("published", None), ("review", None)])
    assert states() == [("published", "2026-02-28"), ("published", None)]


def test_what_cannot_be_published_then_is_refused_now(publisher, before, following, make_draw):
    make_draw(edition=before, date=date(2026, 3, 2))
    at = {"publish_at_0": f"{LATER:%Y-%m-%d}", "publish_at_1": f"{LATER:%H:%M}"}

    by_form, by_screen = said(save(publisher, following, _publish="1", **at)), told(approve(publisher, following))

    sentence = "A draw of this edition would lie outside its dates."
    assert (sentence in by_form[0], sentence in by_screen[0], ProposedChange.objects.count()) == (True, True, 0)


def test_what_was_approved_is_changed_by_proposal_alone(editor, publisher, before, following):
    approve(publisher, following)

    save(editor, Edition.objects.get(pk=following.pk), name_en="Another name")

    following.refresh_from_db()
    assert (following.name_en == "Another name", ProposedChange.objects.filter(state="waiting").count()) == (False, 1)


def test_step_back_takes_the_approval_back(editor, publisher, before, following):
    approve(publisher, following)
    client = {"action": "return", "_selected_action": [following.pk]}

    editor.post(address(Edition, "changelist"), client)
    editor.post(address(Edition, "changelist"), client | {"action": "submit"})
    apply_due(LATER)

    assert states() == [("published", None), ("review", None)]


def test_first_page_says_when_and_asks_nobody_for_review(publisher, before, following):
    approve(publisher, following)

    board = dashboard(publisher.user)

    assert ([when for _row, when, _url in board["scheduled"]], board["to_review"]) == ([LATER], [])
    page = publisher.get(address(Edition, "changelist")).content.decode()
    assert f"public from {LATER:%Y-%m-%d %H:%M} UTC" in page
