"""What is hard to believe is published only with a reason, whichever way it goes."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from draws.importing import runs
from draws.models import Draw
from editing.days import canadian_day
from editing.models import ProposedChange
from programs.models import Amount
from tests.draws.feed_rows import file_of
from tests.editing.admin.forms import SAID, address, opened, said, save, told
from tests.editing.admin.imports import OFFICIAL, OLDER, general
from tests.editing.admin.versions import revert

pytestmark = pytest.mark.both_databases

LOW = "A cut-off of 16: those up to 2026 lie between 75 and 902."
HINT = "Publish it on its own page, and say there why it is right."


@pytest.fixture
def doubted(make_draw):
    """A draft with a cut-off that nobody would believe."""
    return make_draw("5", status="review", cutoff=16)


def status(row):
    return type(row).objects.get(pk=row.pk).status


def answered(client, page, row, reason="Read twice", **changes):
    """Send the form again with a reason for what the page showed."""
    given = {"right_because": reason, "doubts_seen": page.context["doubts_seen"]}
    return save(client, row, **given | changes)


def test_doubts_stand_beside_the_buttons(publisher, editor, doubted):
    pages = [client.get(address(Draw, "change", doubted.pk)).content.decode() for client in (publisher, editor)]

    assert [LOW in page for page in pages] == [True, False]


def test_doubted_draw_is_not_published_without_a_reason(publisher, doubted):
    response = save(publisher, doubted, _publish="1", change_reason="Ready")

    assert (response.context["doubts"], status(doubted)) == ([LOW], "review")
    assert "publish it only with a reason" in said(response)[0]


def test_doubted_draw_is_published_with_a_reason_that_the_history_keeps(publisher, doubted):
    page = save(publisher, doubted, _publish="1")

    answered(publisher, page, doubted, _publish="1", change_reason="Ready")

    assert status(doubted) == "published"
    assert doubted.history.first().history_change_reason == "Ready. Right all the same: Read twice"


def test_reason_counts_only_for_what_was_shown(publisher, doubted):
    page = publisher.get(address(Draw, "change", doubted.pk))

    answered(publisher, page, doubted, _publish="1", cutoff="17")

    assert status(doubted) == "review"


def test_new_draw_is_doubted_at_its_first_saving(publisher, make_draw):
    values = opened(publisher, make_draw("447", status="draft")) | {"number": "4480"}

    page = publisher.post(address(Draw, "add"), values | {"_publish": "1"})
    given = {"right_because": "So be it", "doubts_seen": page.context["doubts_seen"], "_publish": "1"}
    before = Draw.objects.filter(number="4480").exists()
    publisher.post(address(Draw, "add"), values | given)

    assert page.context["doubts"] == ["Number 4480 follows number 447: what lies between is missing."]
    assert (before, Draw.objects.get(number="4480").status) == (False, "published")


def test_scheduled_draw_is_doubted_as_of_its_day(publisher, make_draw):
    day = canadian_day() + timedelta(days=30)
    draw = make_draw("5", date=day, status="review")

    soon = {"publish_at_0": str(canadian_day() + timedelta(days=9)), "publish_at_1": "12:00"}
    page = save(publisher, draw, _publish="1", **soon)

    assert page.context["doubts"] == [f"{day} is yet to come."]


def test_doubted_draw_is_not_published_by_the_list(publisher, doubted):
    given = {"action": "publish", "_selected_action": [doubted.pk]}

    response = publisher.post(address(Draw, "changelist"), given, follow=True)

    assert told(response)[-1] == f"Draw 5 stays as it is. {LOW} {HINT}"
    assert status(doubted) == "review"


def test_change_of_a_public_draw_is_doubted(publisher, make_draw):
    draw = make_draw(cutoff=500)

    save(publisher, draw, cutoff="16")

    assert Draw.objects.get().cutoff == 500


def test_other_change_of_a_doubted_public_draw_needs_no_second_reason(publisher, make_draw):
    draw = make_draw(cutoff=16)

    save(publisher, draw, invitations="900")

    assert Draw.objects.get().invitations == 900


def test_doubted_proposal_is_accepted_with_a_reason(editor, publisher, make_draw):
    save(editor, make_draw(cutoff=500), cutoff="16")
    proposal = ProposedChange.objects.get()
    decide = address(ProposedChange, "decide", proposal.pk)

    refused = publisher.post(decide, {"_accept": "1"} | SAID, follow=True)
    before = Draw.objects.get().cutoff
    given = {"right_because": "Read twice", "doubts_seen": refused.context["doubts_seen"]}
    publisher.post(decide, {"_accept": "1"} | SAID | given)

    assert (refused.context["doubts"], told(refused), before) == ([LOW], [LOW], 500)
    assert Draw.objects.get().cutoff == 16
    assert "Right all the same: Read twice" in Draw.objects.get().history.first().history_change_reason


def test_going_back_to_what_is_doubted_is_refused(publisher, make_draw):
    draw = make_draw(cutoff=16)
    save(publisher, draw, cutoff="500")

    response = revert(publisher, draw, draw.history.last())

    assert (told(response)[:1], Draw.objects.get().cutoff) == ([LOW], 500)


def test_import_publishes_nothing_that_is_doubted(saved_feed, tmp_path):
    feed = file_of(*OLDER, general(256, drawCRS="16"))
    path = tmp_path / "feed.json"
    path.write_bytes(feed)

    with pytest.raises(CommandError, match="Draw 256: A cut-off of 16"):
        call_command("import_draws", str(path), "--publish", verbosity=0)

    assert not Draw.objects.filter(number="256").exists()
    new, _rounds = runs.begin(feed, OFFICIAL)
    assert runs.save_rows(new, ["256"]) == 1


def test_amount_ten_times_the_last_is_doubted(publisher):
    last = Amount.objects.filter(table="fees").order_by("-valid_from").first()
    values = opened(publisher, last) | {"valid_from": "2026-12-01", "dollars": str(last.dollars * 10)}

    page = publisher.post(address(Amount, "add"), values | {"_publish": "1"})

    words = f"${last.dollars * 10:,}: the amount before it was ${last.dollars:,}."
    assert page.context["doubts"] == [words]


def test_pool_that_goes_with_a_draw_is_doubted_with_it(publisher, make_draw, make_pool):
    make_pool(date(2022, 1, 1))
    pool = make_pool(date(2022, 1, 2), crs_0_300=100_000, status="draft")
    draw = make_draw("5", pool=pool, status="review")

    page = save(publisher, draw, _publish="1")

    assert (len(page.context["doubts"]), status(draw), status(pool)) == (1, "review", "draft")


def test_first_page_lists_what_is_public_and_doubted(editor, make_draw):
    draw = make_draw("5", cutoff=16)
    make_draw("6", cutoff=16, status="draft")

    listed = editor.get("/admin/").context["dashboard"]["doubtful"]

    assert listed == [(draw, address(Draw, "change", draw.pk), [LOW], None)]
