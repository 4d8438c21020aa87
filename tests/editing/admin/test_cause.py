"""What happened, and why: asked wherever a fact that the public sees is changed or taken away."""

import pytest
from django.urls import reverse

from draws.models import Draw
from editing.ledger.read import changes
from editing.models import ProposedChange
from editing.proposals import propose
from occupations.models import Category, Edition, Listing
from tests.editing.admin.forms import address, opened, said, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WHY = {"change_cause": "ours", "change_reason": "A digit was read wrongly"}
WHAT = "The public sees this row. Say what happened: the official side changed it, or this record was wrong."
REASON = "The public sees this row. Say why in a few words: readers are told."


def newest(table):
    """The last entry that changed something of a table: key, facts or None, cause, reason."""
    one = changes(table)[0]
    return one.key, one.facts, one.cause, one.reason


def post(client, row, **changes):
    """The form of a row as a browser sends it, without the answers that other tests give."""
    return client.post(address(type(row), "change", row.pk), opened(client, row) | {"_save": "Save"} | changes)


@pytest.fixture
def listing(make_edition):
    return make_edition(occupations=("21231", "21232")).listings.first()


def test_changed_public_fact_is_not_saved_without_what_happened_and_why(publisher, make_draw):
    draw = make_draw("5", cutoff=500)

    response = post(publisher, draw, cutoff="499")

    assert said(response) == [WHAT, REASON]
    draw.refresh_from_db()
    assert draw.cutoff == 500


def test_ledger_says_what_happened_and_why(publisher, make_draw, clock):
    draw = make_draw("5", cutoff=500)
    clock(minutes=1)

    post(publisher, draw, cutoff="499", **WHY)

    key, facts, *why = newest("draw")
    assert (key, facts["cutoff"], why) == ("5", 499, ["ours", "A digit was read wrongly"])


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "published"}])
def test_wording_and_drafts_need_no_answer(publisher, make_draw, fields):
    draw = make_draw("5", **fields)

    response = post(publisher, draw, source="Read again", **({"cutoff": "499"} if draw.status == "draft" else {}))

    assert response.status_code == 302


def test_withdrawal_is_told_what_happened(publisher, make_draw, clock):
    draw = make_draw("5")
    clock(minutes=1)
    where, chosen = address(Draw, "changelist"), {"action": "withdraw", "_selected_action": [draw.pk]}

    refused = [post(publisher, draw, _withdraw="1"), publisher.post(where, chosen, follow=True)]
    publisher.post(where, chosen | WHY)

    assert (said(refused[0]), told(refused[1])) == ([WHAT, REASON], [WHAT, REASON])
    assert newest("draw") == ("5", None, "ours", "A digit was read wrongly")


def test_listing_leaves_a_published_list_only_with_a_reason(publisher, listing, clock):
    clock(minutes=1)
    where, chosen = address(Listing, "changelist"), {"action": "delete_selected", "_selected_action": [listing.pk]}
    alone = address(Listing, "delete", listing.pk)
    other = listing.edition.listings.last()

    asked = [publisher.get(alone), publisher.post(where, chosen)]
    refused = [publisher.post(alone, {"post": "yes"}, follow=True)]
    refused.append(publisher.post(where, chosen | {"post": "yes"}, follow=True))
    publisher.post(alone, {"post": "yes"} | WHY)
    publisher.post(where, chosen | {"post": "yes", "_selected_action": [other.pk]} | WHY)

    assert all("What happened" in page.rendered_content for page in asked)
    assert [told(page) for page in refused] == [[WHAT, REASON]] * 2
    assert not listing.edition.listings.exists()
    assert [one.facts for one in changes("listing")[:2]] == [None, None]
    assert {(one.cause, one.reason) for one in changes("listing")[:2]} == {("ours", "A digit was read wrongly")}


def test_row_below_a_published_edition_is_told_why(publisher, listing, clock):
    edition = listing.edition
    clock(minutes=1)

    refused = post(publisher, edition, **{"listings-0-DELETE": "on"})
    post(publisher, edition, **{"listings-0-DELETE": "on"}, **WHY)

    (formset,) = refused.context["inline_admin_formsets"]
    assert list(formset.formset.non_form_errors()) == [WHAT, REASON]
    assert newest("listing") == ("stem/2023/21231", None, "ours", "A digit was read wrongly")


def test_removed_listing_comes_back(publisher, listing, clock):
    clock(minutes=1)
    publisher.post(address(Listing, "delete", listing.pk), {"post": "yes"} | WHY)
    clock(minutes=1)

    publisher.post(address(Listing, "restore", Listing.history.get(history_type="-").history_id))

    key, facts, *_why = newest("listing")
    assert (key, facts["occupation"]) == ("stem/2023/21231", "21231")


def test_published_edition_is_withdrawn_before_it_is_deleted(publisher, listing, clock):
    edition, where = listing.edition, address(Edition, "changelist")
    chosen = {"action": "delete_selected", "_selected_action": [edition.pk], "post": "yes"} | WHY
    sentence = (
        "A published edition is not deleted: links lead to it. Withdraw it with a reason, then delete the draft."
    )
    clock(minutes=1)

    refused = publisher.post(where, chosen, follow=True)
    refused_alone = publisher.post(address(Edition, "delete", edition.pk), {"post": "yes"} | WHY, follow=True)
    publisher.post(where, {"action": "withdraw", "_selected_action": [edition.pk]} | WHY)
    publisher.post(where, chosen)

    assert (told(refused), told(refused_alone)) == ([sentence], [sentence])
    assert not Edition.objects.exists()
    assert newest("edition") == ("stem/2023", None, "ours", "A digit was read wrongly")


def test_proposal_carries_what_happened(publisher, editor, make_draw, clock):
    draw = make_draw("5", cutoff=500)
    clock(minutes=1)
    refused = post(editor, draw, cutoff="499")
    post(editor, draw, cutoff="499", **WHY)
    proposal = ProposedChange.objects.get()

    publisher.post(reverse("admin:editing_proposedchange_decide", args=[proposal.pk]), {"_accept": "1"})

    assert said(refused) == [WHAT, REASON]
    assert newest("draw")[2:] == ("ours", "A digit was read wrongly")


def test_publisher_says_what_happened_where_nobody_did(publisher, make_draw, clock):
    draw = make_draw("5", cutoff=500)
    proposal = propose(draw, {"cutoff": 499}, None, "")
    where = reverse("admin:editing_proposedchange_decide", args=[proposal.pk])
    clock(minutes=1)

    refused = publisher.post(where, {"_accept": "1"}, follow=True)
    publisher.post(where, {"_accept": "1", "change_cause": "official"})

    assert (told(refused), newest("draw")[2]) == ([WHAT], "official")


def test_going_back_says_what_happened(publisher, make_draw, clock):
    draw = make_draw("5", cutoff=500)
    record = draw.history.first()
    clock(minutes=1)
    post(publisher, draw, cutoff="499", **WHY)
    clock(minutes=1)
    where = address(Draw, "revert", draw.pk, record.history_id)
    version = {"opened_on": publisher.get(where).context["opened_on"]}

    refused = publisher.post(where, version)
    publisher.post(where, version | {"change_cause": "ours", "change_reason": "It was right"})

    assert (told(refused), newest("draw")[2:]) == ([WHAT, REASON], ("ours", "It was right"))


def test_category_with_a_published_edition_is_not_deleted(publisher, listing):
    category = listing.edition.category

    refused = publisher.get(address(Category, "delete", category.pk), follow=True)

    assert told(refused) == ["A category with a published edition is not deleted: links lead to it."]
    assert refused.redirect_chain[-1][0] == address(Category, "change", category.pk)


def test_deletion_names_no_row_that_only_joins_tables(publisher, make_draw):
    draw = make_draw(status="draft", programs="cec")

    page = publisher.get(address(Draw, "delete", draw.pk)).content.decode()

    assert f">{draw}</a>" in page
    assert ("relationship" in page, "Draw_programs" in page) == (False, False)
