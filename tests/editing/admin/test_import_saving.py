"""The import page of the admin: saving what was ticked."""

from datetime import date

import pytest

from draws.importing import runs
from draws.importing.models import Outcome
from draws.models import Correction, Draw, FeedCheck
from editing.notices import submitter
from expressentry.dashboard import dashboard
from tests.draws.feed_rows import file_of, row
from tests.draws.importers import somebody_importing
from tests.editing.admin.forms import address
from tests.editing.admin.imports import NEWER, OFFICIAL, general, state
from tests.markup import markup


def act(client, waiting, action, *numbers):
    return client.post(waiting.get_absolute_url(), {"action": action, "row": numbers}, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_editor_saves_ticked_rows_as_drafts(editor, feed_preview):
    response = act(editor, feed_preview, "draft", "256")

    assert told(response) == ["1 draw was saved."]
    assert state() == [("254", 500, "published"), ("255", 500, "published"), ("256", 500, "draft")]
    assert Draw.objects.get(number="256").history.get().history_user == editor.user


def test_editor_saves_and_submits_for_review(editor, publisher, saved_feed):
    new, _rounds = runs.begin(file_of(*NEWER[:2], general(256, drawDistributionAsOn="July 3, 2023")), OFFICIAL)

    response = act(editor, new, "submit", "256")

    draw = Draw.objects.get(number="256")
    assert told(response) == ["Pool snapshot July 3, 2023 went with it.", "1 draw was saved and submitted for review."]
    assert [record.status for record in draw.history.all()] == ["review", "draft"]
    assert (submitter(draw), draw.pool.status) == (editor.user, "review")
    assert {row for row, _url, _step in dashboard(publisher.user)["to_review"]} == {draw, draw.pool}


def test_submitting_leaves_public_draws_to_publishers(editor, feed_preview):
    act(editor, feed_preview, "submit", "255", "256")

    assert state()[1:] == [("255", 500, "published"), ("256", 500, "review")]


def test_import_links_to_what_it_made(publisher, feed_preview):
    act(publisher, feed_preview, "draft", "256")
    page = markup(act(publisher, feed_preview, "publish", "257"))

    draft, public = (Draw.objects.get(number=number) for number in ("256", "257"))
    for draw in (draft, public):
        assert f'<a href="{address(Draw, "change", draw.pk)}">Draw {draw.number}</a>' in page
    assert f'<a href="{address(Draw, "preview", draft.pk)}">See it as readers would</a>' in page
    assert f'<a href="{public.get_absolute_url()}">See the public page</a>' in page


def test_publisher_saves_and_publishes(publisher, feed_preview):
    response = act(publisher, feed_preview, "publish", "255", "256", "257")

    feed_preview.refresh_from_db()
    assert told(response) == ["3 draws were saved."]
    assert (feed_preview.outcome, feed_preview.finished_by, feed_preview.packed) == (
        Outcome.SAVED,
        publisher.user,
        None,
    )
    assert state() == [(str(number), 501 if number == 255 else 500, "published") for number in range(254, 258)]
    assert Correction.objects.published().get().new_value == "501"


def test_publisher_may_save_drafts_but_no_silent_change(publisher, feed_preview):
    response = act(publisher, feed_preview, "draft", "255", "256")

    assert told(response) == [
        "1 draw was saved.",
        "Changes of published draws are saved only with “Save and publish”.",
    ]
    assert state()[1:] == [("255", 500, "published"), ("256", 500, "draft")]


def test_editor_cannot_publish_by_hand_made_posts(editor, feed_preview):
    assert act(editor, feed_preview, "publish", "256").status_code == 403

    act(editor, feed_preview, "draft", "255")
    assert state() == [("254", 500, "published"), ("255", 500, "published")]


def test_saving_twice_saves_once(publisher, feed_preview):
    act(publisher, feed_preview, "publish", "255", "256", "257")

    response = act(publisher, feed_preview, "publish", "255", "256", "257")

    assert told(response) == ["This import is finished; nothing more was saved."]
    assert (Draw.objects.count(), Correction.objects.count()) == (4, 1)


def test_rest_can_be_saved_later(editor, publisher, feed_preview):
    act(editor, feed_preview, "draft", "256")

    response = act(publisher, feed_preview, "publish", "255", "256", "257")

    assert told(response) == ["2 draws were saved."]
    assert state()[2:] == [("256", 500, "draft"), ("257", 500, "published")]


def test_row_changed_meanwhile_is_told_and_not_overwritten(publisher, feed_preview):
    Draw.objects.filter(number="255").update(invitations=499)

    response = act(publisher, feed_preview, "publish", "255", "256")

    assert told(response) == [
        "Nothing was saved: since this list was made the record has changed at draw 255. "
        "The list below is new; tick again what shall be saved."
    ]
    assert state() == [("254", 500, "published"), ("255", 499, "published")]
    assert "<del>499</del>" in response.content.decode()


@pytest.mark.parametrize("numbers", [[], ["999"], ["x"], ["254"]])
def test_nothing_ticked_saves_nothing(publisher, feed_preview, numbers):
    assert told(act(publisher, feed_preview, "publish", *numbers)) == ["Nothing was saved: tick the draws to save."]


def test_import_at_work_elsewhere_is_told(publisher, feed_preview):
    with somebody_importing():
        response = act(publisher, feed_preview, "publish", "256")

    assert told(response) == ["Another import is at work. Try again in a minute."]


def test_edition_that_is_a_draft_is_told(publisher, make_edition):
    make_edition("stem", "2023", status="draft")
    new, _rounds = runs.begin(file_of(row()), OFFICIAL)

    response = act(publisher, new, "publish", "254")

    assert told(response) == ["Draw 254 needs the edition STEM 2023: publish that first."]
    assert Draw.objects.count() == 0


def test_import_is_set_aside_and_stays_listed(editor, feed_preview):
    response = act(editor, feed_preview, "aside")

    feed_preview.refresh_from_db()
    assert (feed_preview.outcome, feed_preview.finished_by, len(feed_preview.difference.rows)) == (
        "set-aside",
        editor.user,
        3,
    )
    assert b'type="checkbox" name="row"' not in response.content


def test_official_feed_whose_rounds_are_all_public_is_a_check(publisher, saved_feed):
    FeedCheck.objects.all().delete()
    new, _rounds = runs.begin(file_of(*NEWER), OFFICIAL, complete_to=date(2026, 10, 12))

    act(publisher, new, "publish", "255", "256")
    assert FeedCheck.objects.count() == 0

    act(publisher, new, "publish", "257")
    assert FeedCheck.objects.get().newest_number == "257"


def test_all_draws_at_once_are_saved(publisher, empty):
    new, _rounds = runs.begin(file_of(*[general(number) for number in range(1, 449)]), OFFICIAL)

    response = act(publisher, new, "publish", *[str(number) for number in range(1, 449)])

    assert (told(response), Draw.objects.published().count()) == (["448 draws were saved."], 448)
