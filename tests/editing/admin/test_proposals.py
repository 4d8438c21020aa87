"""What an editor changes of a published row waits for a publisher."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from draws.models import Discrepancy, Draw
from editing.models import ProposedChange
from occupations.models import Listing
from tests.editing.admin.forms import SAID, address, said, save, told

pytestmark = pytest.mark.both_databases


def test_editors_change_of_a_published_row_is_a_proposal(editor, make_draw):
    draw = make_draw(cutoff=500)

    response = save(editor, draw, cutoff="499", change_reason="Read again")

    proposal = ProposedChange.objects.get()
    assert (response.status_code, Draw.objects.get().cutoff) == (302, 500)
    assert (proposal.row, proposal.changes, proposal.reason) == (draw, {"cutoff": [500, 499]}, "Read again")


def test_proposal_is_accepted_by_a_publisher(editor, publisher, make_draw):
    draw = make_draw(cutoff=500)
    save(editor, draw, cutoff="499", programs=["1"], change_reason="Read again")
    decide = reverse("admin:editing_proposedchange_decide", args=[ProposedChange.objects.get().pk])

    refused = editor.post(decide, {"_accept": "1"} | SAID)
    publisher.post(decide, {"_accept": "1"} | SAID)

    held = Draw.objects.get()
    assert (refused.status_code, held.cutoff, [program.pk for program in held.programs.all()]) == (403, 499, [1])
    assert held.history.first().history_change_reason == "Proposed by editors: Read again"
    assert ProposedChange.objects.get().state == "accepted"


def test_proposal_overtaken_by_another_change_is_not_accepted(editor, publisher, make_draw):
    draw = make_draw(cutoff=500)
    save(editor, draw, cutoff="499")
    save(publisher, draw, cutoff="498")
    decide = reverse("admin:editing_proposedchange_decide", args=[ProposedChange.objects.get().pk])

    response = publisher.post(decide, {"_accept": "1"} | SAID, follow=True)

    assert told(response)[-1:] == [
        "CRS score of lowest-ranked candidate invited has changed since: it was 500 and is 498."
    ]
    assert (Draw.objects.get().cutoff, ProposedChange.objects.get().state) == (498, "waiting")


def test_proposal_for_a_deleted_row_can_be_refused(editor, publisher, make_draw):
    draw = make_draw()
    save(editor, draw, cutoff="499")
    draw.delete()
    decide = reverse("admin:editing_proposedchange_decide", args=[ProposedChange.objects.get().pk])

    accepted = publisher.post(decide, {"_accept": "1"} | SAID, follow=True)
    publisher.post(decide, {"_refuse": "1"})

    assert told(accepted)[-1:] == ["The row was deleted: bring it back first, or refuse the proposal."]
    assert ProposedChange.objects.get().state == "refused"


def test_proposal_leaves_no_draw_without_programs(editor, publisher, make_draw):
    draw = make_draw()
    kind = ContentType.objects.get_for_model(Draw)
    programs = sorted(draw.programs.values_list("pk", flat=True))
    changes = {"programs": [programs, []]}
    proposal = ProposedChange.objects.create(
        content_type=kind, object_id=draw.pk, changes=changes, proposed_by=editor.user
    )

    response = publisher.post(
        reverse("admin:editing_proposedchange_decide", args=[proposal.pk]), {"_accept": "1"} | SAID, follow=True
    )

    assert told(response)[-1:] == ["Programs covered: choose at least one."]
    assert draw.programs.count() == len(programs)


@pytest.mark.parametrize(("role", "words"), [("Editors", "Taken back: "), ("Publishers", "Refused: ")])
def test_proposal_is_refused_or_taken_back(editor, sign_in, make_draw, role, words):
    save(editor, make_draw(), cutoff="499")
    proposal = ProposedChange.objects.get()
    client = editor if role == "Editors" else sign_in(role)

    answer = client.post(
        reverse("admin:editing_proposedchange_decide", args=[proposal.pk]), {"_refuse": "1"}, follow=True
    )

    assert told(answer)[-1:] == [f"{words}the row stays as it is."]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, Draw.objects.get().cutoff) == ("refused", client.user, 500)


def test_published_row_is_not_changed_inline_by_an_editor(editor, make_discrepancy):
    row = make_discrepancy()

    response = save(editor, row.draw, **{"discrepancies-0-note_en": "Another"})

    assert response.status_code == 200
    assert Discrepancy.objects.get().note_en == row.note_en


def test_published_row_is_not_deleted_inline_by_an_editor(editor, make_discrepancy):
    row = make_discrepancy()

    save(editor, row.draw, **{"discrepancies-0-DELETE": "on"})

    assert Discrepancy.objects.count() == 1


def test_published_row_is_not_deleted_by_an_editor(editor, make_draw):
    draw = make_draw()
    given = {"action": "delete_selected", "_selected_action": [draw.pk], "post": "yes"} | SAID

    answers = [
        editor.post(address(Draw, "delete", draw.pk), {"post": "yes"} | SAID).status_code,
        editor.post(address(Draw, "changelist"), given).status_code,
    ]

    assert (answers, Draw.objects.count()) == ([403, 403], 1)


def test_list_of_a_published_edition_takes_no_row_from_an_editor(editor, make_edition):
    draft, edition = make_edition("trade", status="draft"), make_edition(occupations=[])
    listing = draft.listings.get()

    response = save(editor, listing, edition=str(edition.pk))

    assert "only publishers add to it" in said(response)[0]
    assert Listing.objects.get().edition == draft


def test_listing_of_a_published_edition_is_proposed_by_an_editor(editor, publisher, make_edition):
    listing = make_edition().listings.get()
    save(editor, listing, title_as_published_en="Another title")

    publisher.post(
        reverse("admin:editing_proposedchange_decide", args=[ProposedChange.objects.get().pk]), {"_accept": "1"} | SAID
    )

    assert Listing.objects.get().title_as_published_en == "Another title"
