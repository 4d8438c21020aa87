"""Who did what and when."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from draws.models import Draw
from editing.models import ProposedChange
from occupations.models import Listing
from tests.editing.admin.forms import SAID, address, save

pytestmark = pytest.mark.both_databases


def activity(client, **filters):
    return client.get("/admin/activity/", filters)


def told(response):
    return [(event["by"], event["did"], event["table"], str(event["name"])) for event in response.context["events"]]


@pytest.fixture
def done(editor, publisher, make_draw):
    """An editor changed a draft and proposed a change of a public draw, and a publisher deleted another."""
    draft, public, gone = make_draw("1", status="draft"), make_draw("2"), make_draw("3")
    save(editor, draft, cutoff="490", change_reason="Read again")
    save(editor, public, cutoff="480")
    publisher.post(address(Draw, "delete", gone.pk), {"post": "yes"} | SAID)
    return draft, public, gone


def test_activity_says_who_did_what_in_which_table_and_why(editor, done):
    response = activity(editor)

    proposal = ProposedChange.objects.get()
    assert told(response)[:3] == [
        ("publishers", "Deleted", "Draw", "Draw 3"),
        ("editors", "Changed", "Proposed change", str(proposal)),
        ("editors", "Changed", "Draw", "Draw 1"),
    ]
    assert [one["words"] or "" for one in response.context["events"][:3]] == [
        "A test",
        "Proposed a change",
        "Read again",
    ]


def test_activity_leads_to_rows_and_to_differences(editor, done):
    draft = done[0]
    record = draft.history.first().history_id

    gone, proposed, changed = activity(editor).context["events"][:3]

    proposal = address(ProposedChange, "change", ProposedChange.objects.get().pk)
    assert (gone["url"], gone["difference"]) == ("", address(Draw, "deleted"))
    assert (proposed["url"], proposed["difference"]) == (proposal, proposal)
    assert changed["url"] == address(Draw, "change", draft.pk)
    assert changed["difference"] == address(Draw, "history", draft.pk) + f"?version={record}#version-{record}"


def test_version_asked_for_is_on_the_page_of_the_history(editor, make_draw):
    draw = make_draw("1", status="draft")
    for place in range(60):
        draw.cutoff = 400 + place
        draw.save()
    first = draw.history.order_by("history_id")[1]

    page = editor.get(address(Draw, "history", draw.pk), {"version": first.history_id})
    newest = editor.get(address(Draw, "history", draw.pk), {"version": "9" * 30})

    assert f'id="version-{first.history_id}"' in page.content.decode()
    assert f'id="version-{first.history_id}"' not in newest.content.decode()


def test_activity_of_one_person(editor, done):
    found = told(activity(editor, person="editors"))

    assert [event[:3] for event in found] == [
        ("editors", "Changed", "Proposed change"),
        ("editors", "Changed", "Draw"),
    ]


def test_activity_of_one_table(editor, done):
    assert {event[2] for event in told(activity(editor, table="draws.draw"))} == {"Draw"}


def test_activity_of_a_week_begins_on_monday(editor, make_draw):
    draw = make_draw("1", status="draft")
    moments = [datetime(2026, 11, 15, 23, 59, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC),
               datetime(2026, 11, 22, 23, 59, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)]  # fmt: skip
    for moment in moments:
        draw._history_date = moment
        draw.save()

    found = activity(editor, week="2026-11-18", table="draws.draw").context["events"]

    assert [event["at"] for event in found] == [moments[2], moments[1]]


@pytest.mark.parametrize("filters", [{"person": "nobody"}, {"table": "draws.nothing"}, {"week": "46"}])
def test_bad_filter_is_named_and_left_out(editor, done, filters):
    response = activity(editor, **filters)

    [name] = filters
    assert (list(response.context["form"].errors), len(response.context["events"]) > 2) == ([name], True)


def test_activity_has_pages_that_keep_the_filter(editor, make_draw):
    draw = make_draw("1", status="draft")
    for place in range(60):
        draw.cutoff = 400 + place
        draw.save()

    first = activity(editor, table="draws.draw")
    second = activity(editor, table="draws.draw", p="2")

    assert (len(first.context["events"]), len(second.context["events"])) == (50, draw.history.count() - 50)
    assert '<a href="?table=draws.draw&amp;p=2">' in first.content.decode()


def test_editors_see_nothing_of_users(sign_in, editor):
    superuser = sign_in("superuser")
    superuser.get("/admin/logout/")

    tables = [{event[2] for event in told(activity(client))} for client in (editor, superuser)]

    assert ("User" in tables[0], "User" in tables[1]) == (False, True)


def queries_of(client, **filters):
    """How many the page asks beside those of every page of the admin."""
    with CaptureQueriesContext(connection) as frame:
        client.get("/admin/guide/editors/")
    with CaptureQueriesContext(connection) as asked:
        activity(client, **filters)
    return len(asked) - len(frame)


@pytest.mark.parametrize("count", [1, 40])
def test_activity_query_count(editor, make_draw, count):
    for place in range(count):
        make_draw(place + 1)

    assert queries_of(editor, table="draws.draw") == 4  # people, their number, events, and the rows of the table


def test_names_of_deleted_rows_take_no_query_each(editor, make_edition):
    edition = make_edition(occupations=["21231", "21232", "21233", "21234"], status="draft")
    Listing.objects.all().delete()

    found = told(activity(editor, table="occupations.listing"))

    assert {event[3] for event in found} == {f"{edition}: {code}" for code in ("21231", "21232", "21233", "21234")}
    assert queries_of(editor, table="occupations.listing") == 8  # also the records, editions, categories, occupations
