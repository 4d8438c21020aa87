"""A draw as this record showed it: a link made then keeps its word, and says what changed since."""

import pytest

from draws.models import Correction, Discrepancy, Draw
from editing.ledger import read
from editing.ledger.forms import written
from occupations.models import Listing
from tests.conftest import SOURCED
from tests.draws.pages import section
from tests.editing.ledger import remove
from tests.markup import markup

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE, API = "/draws/254/", "/api/v1/draws/254"


def lasting_link(client, url=PAGE):
    """What the copy button of the page gives."""
    return client.get(url).context["full_url"].removeprefix("http://testserver")


def test_link_made_before_a_correction_says_what_changed_and_shows_what_was(client, clock):
    link = lasting_link(client)
    clock(hours=1)
    draw = Draw.objects.get(number="254")
    draw.cutoff, draw._change_reason, draw._change_cause = 488, "Misread", "ours"
    draw.save()
    remove(Listing.objects.get(edition=draw.edition, occupation__code="21220"))
    Discrepancy.objects.create(
        draw=draw, field="cutoff", value_elsewhere="490", note_en="Another", status="published", **SOURCED
    )
    clock(days=1)

    opened, today = client.get(link), client.get(PAGE)

    page = markup(opened)
    assert link == f"{PAGE}?known={link.rpartition('=')[2]}"
    assert (opened.context["draw"].cutoff, today.context["draw"].cutoff) == (486, 488)
    assert [len(one.context["listings"]) for one in (opened, today)] == [24, 23]
    assert "CRS score of lowest-ranked candidate invited 486 → 488" in page
    assert "This record was wrong: Misread" in page
    assert "21220 Cybersecurity specialists (STEM, 2023 edition): removed" in page
    assert 'id="discrepancies"' not in page
    assert f'<a href="http://testserver{PAGE}">See it as it is today</a>' in page
    assert f"http://testserver{link}" in section(page, "cite")


def test_link_says_so_where_nothing_changed(client, clock):
    link = lasting_link(client)
    clock(days=1)
    Draw.objects.get(number="447").delete()

    opened = client.get(link)

    assert "Nothing of it has changed since." in markup(opened)
    assert lasting_link(client) != link
    assert section(markup(opened), "week") == section(markup(client.get(PAGE)), "week")


def test_api_gives_what_it_gave(client, clock):
    before = client.get(API).json()
    clock(days=1)
    draw = Draw.objects.get(number="254")
    told = {"field": "cutoff", "old_value": "486", "new_value": "488", "first_seen_new": draw.date}
    Correction.objects.create(draw=draw, only_wording=False, status="published", **told, **SOURCED)
    draw.cutoff, draw.name_en, draw.edition.minimum_experience_months = 488, "Other", 12
    draw.save()
    draw.programs.set(draw.programs.all()[:1])
    draw.edition.save()
    remove(draw.edition.listings.first())
    Draw.objects.get(number="255").delete()

    then, now = client.get(API, {"known": before["known"]}).json(), client.get(API).json()

    assert then == before
    assert {name for name in now if now[name] != before[name]} == {
        "cutoff", "name", "programs", "occupations", "next", "corrections", "known",
    }  # fmt: skip


@pytest.mark.parametrize("number", ["91a", "208", "445"])
def test_every_kind_of_draw_answers_as_today(client, number):
    today = client.get(f"/api/v1/draws/{number}").json()

    assert client.get(f"/api/v1/draws/{number}", {"known": today["known"]}).json() == today
    assert client.get(f"/draws/{number}/", {"known": today["known"]}).status_code == 200


@pytest.mark.parametrize("gone", ["deleted", "withdrawn"])
def test_withdrawn_and_deleted_draw_answers_as_it_was(client, clock, gone):
    link, draw = lasting_link(client), Draw.objects.get(number="254")
    clock(days=1)
    draw.status = "draft"
    draw.delete() if gone == "deleted" else draw.save()
    clock(days=1)

    opened = client.get(link)

    assert client.get(PAGE).status_code == 404
    assert (opened.context["draw"].cutoff, len(opened.context["listings"])) == (486, 24)
    assert "It was withdrawn: there is no such page today." in markup(opened)
    assert client.get(f"/fr{link}").status_code == 200


def test_draw_of_later_is_missing_with_its_first_moment(client, clock, make_draw):
    clock(seconds=5)
    make_draw("998")
    at = written(read.last_change())
    clock(days=1)
    make_draw("999")
    first = written(read.last_change())
    clock(days=1)

    page, answer = client.get("/draws/999/", {"known": at}), client.get("/api/v1/draws/999", {"known": at})

    assert (page.status_code, answer.status_code) == (404, 404)
    assert f"did not show it yet at {at}. It first did at {first}." in markup(page)
    assert f'<a href="?known={first}">' in markup(page)
    assert first in str(answer.json())
    assert client.get("/api/v1/draws/997", {"known": at}).status_code == 404


def test_moment_between_two_changes_leads_to_the_one_before(client, clock):
    changed = written(read.last_change())
    between = written(clock(days=1))
    clock(days=1)

    response = client.get(f"{PAGE}?known={between}&crs=480")

    assert (response.status_code, response.url) == (302, f"{PAGE}?known={changed}&crs=480")


@pytest.mark.parametrize(
    ("moment", "fault", "status"),
    [
        ("yesterday", "is not a valid date and time", 422),
        ("0001-01-01T00:00:00+14:00", "is not a valid date and time", 422),
        ("9999-12-31T23:59:59-12:00", "is not a valid date and time", 422),
        ("2999-01-01T00:00:00Z", "in the future", 404),
        ("2001-01-01T00:00:00Z", "can’t say what it showed then: it has kept track since ", 404),
    ],
)
def test_bad_moment_is_named_and_the_draw_of_now_is_shown(client, moment, fault, status):
    page, answer = client.get(PAGE, {"known": moment}), client.get(API, {"known": moment})

    assert (page.status_code, fault in markup(page), page.context["known"]) == (200, True, None)
    assert answer.status_code == status


def test_moment_costs_at_most_four_queries_more(client, django_assert_max_num_queries):
    at = written(read.last_change())
    client.get(PAGE)
    with django_assert_max_num_queries(8) as today:
        client.get(PAGE)

    with django_assert_max_num_queries(len(today) + 4):
        client.get(PAGE, {"known": at})


def test_address_too_long_for_a_code_has_none(client):
    response = client.get(PAGE, {"crs": "9" * 3000})

    assert (response.status_code, '<figure class="qr' in response.content.decode()) == (200, False)
