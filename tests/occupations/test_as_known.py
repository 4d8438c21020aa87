"""An occupation as this record showed it: a link made then keeps its word, and says what changed since."""

import pytest

from draws.models import Draw
from editing.ledger import read
from editing.ledger.forms import written
from occupations.models import Listing
from programs.models import OccupationRule
from tests.editing.ledger import remove
from tests.markup import markup

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE, API = "/occupations/21220/", "/api/v1/occupations/21220"
DAY = {"on": "2023-07-10"}


def change_all():
    """The list, the draw and a program rule that the page speaks of."""
    remove(Listing.objects.get(edition__version="2023", edition__category__slug="stem", occupation__code="21220"))
    draw = Draw.objects.get(number="254")
    draw.cutoff, draw._change_reason = 488, "Misread"
    draw.save()
    OccupationRule.objects.filter(program__code="FSW").first().delete()


def listed(page):
    return [one.category.slug for one in page.context["current"]]


def test_link_made_before_a_correction_says_what_changed_and_shows_what_was(client, clock):
    link = client.get(PAGE, DAY).context["full_url"].removeprefix("http://testserver")
    clock(hours=1)
    change_all()
    clock(days=1)

    opened, today = client.get(link), client.get(PAGE, DAY)

    page = markup(opened)
    assert "on=2023-07-10&known=" in link
    assert [listed(one) for one in (opened, today)] == [["stem"], []]
    assert [[draw.cutoff for draw in one.context["draws"]] for one in (opened, today)] == [[486], []]
    assert "Draw 254: CRS score of lowest-ranked candidate invited 486 → 488" in page
    assert "21220 Cybersecurity specialists (STEM, 2023 edition): removed" in page
    assert f'<a href="http://testserver{PAGE}?on=2023-07-10">See it as it is today</a>' in page
    assert client.get(f"/fr{link}").status_code == 200


@pytest.mark.parametrize("asked", [DAY, {"on": "2026-10-01"}])
def test_api_gives_what_it_gave(client, clock, asked):
    before = client.get(API, asked).json()
    clock(days=1)
    change_all()

    then = client.get(API, asked | {"known": before["known"]}).json()

    assert then == before
    assert client.get(API, asked).json() != before


def test_link_says_so_where_nothing_changed(client, clock):
    link = client.get(PAGE, DAY).context["full_url"]
    clock(days=1)
    Draw.objects.get(number="447").delete()

    assert "Nothing of it has changed since." in markup(client.get(link))


def test_bad_moment_is_named_beside_its_field(client):
    page = client.get(PAGE, {"known": "yesterday"})

    assert (page.status_code, page.context["known"]) == (200, None)
    assert "“yesterday” is not a valid date and time." in markup(page)
    assert client.get(API, {"known": "yesterday"}).status_code == 422


def test_moment_costs_at_most_four_queries_more(client, django_assert_max_num_queries):
    at = written(read.last_change())
    client.get(PAGE)
    with django_assert_max_num_queries(8) as today:
        client.get(PAGE)

    with django_assert_max_num_queries(len(today) + 4):
        client.get(PAGE, {"known": at})
