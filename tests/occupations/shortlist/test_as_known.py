"""A shortlist as this record showed it: a link made then keeps its word, and says what changed since."""

import pytest

from draws.models import Draw
from editing.ledger import read
from editing.ledger.forms import written
from occupations.models import Listing
from programs.models import OccupationRule
from tests.markup import markup

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
API = "/api/v1/shortlist?noc=21220&noc=72106&noc=31301&on=2023-07-10"
PAGE = "/shortlist/?noc=21220&noc=31301&noc=72106&on=2023-07-10"


def test_api_gives_what_it_gave(client, clock):
    before = client.get(API).json()
    clock(hours=1)
    listing = Listing.objects.filter(occupation__code="21220").first()
    listing._change_reason = "It was never on that list"
    listing.delete()
    Draw.objects.filter(number="254").update(cutoff=487)
    draw = Draw.objects.get(number="254")
    draw.invitations = 501
    draw.save()
    OccupationRule.objects.filter(program__code="CEC").first().delete()

    then = client.get(API, {"known": before["known"], "noc": ["21220", "72106", "31301"], "on": "2023-07-10"}).json()

    assert then == before


def test_pinned_link_says_what_changed_since(client, clock):
    link = client.get(PAGE).context["full_url"].removeprefix("http://testserver")
    clock(hours=1)
    listing = Listing.objects.get(edition__category__slug="stem", edition__version="2023", occupation__code="21220")
    listing._change_reason = "It was never on that list"
    listing.delete()
    clock(hours=1)
    draw = Draw.objects.get(number="254")
    draw.cutoff, draw._change_reason = 487, "Misread"
    draw.save()
    rule = OccupationRule.objects.get(program__code="FST", prefix="72", state="in-force", valid_to=None)
    rule.counts = False
    rule.save()
    Draw.objects.get(number="447").delete()

    opened, today = client.get(link), client.get(PAGE)

    changed = {(one.table, one.kind): one.entry.reason for one in opened.context["differences"]}
    assert changed == {
        ("draw", "changed"): "Misread",
        ("listing", "removed"): "It was never on that list",
        ("occupationrule", "changed"): "",
    }
    page = markup(opened)
    assert "21220 Cybersecurity specialists (STEM, 2023 edition): removed" in page
    assert "Draw 254: CRS score of lowest-ranked candidate invited 486 → 487" in page
    assert "codes that begin with 72: Counts yes → no" in page
    assert [categories(page) for page in (opened, today)] == [["healthcare", "stem"], ["healthcare"]]
    assert "It was never on that list" in opened.content.decode()
    assert written(read.last_change()) in today.context["full_url"]


def categories(response):
    rows = response.context["shortlist"].rows
    return sorted({one.edition.category.slug for row in rows for one in row.listings} & {"healthcare", "stem"})


def test_link_says_so_where_nothing_changed(client, clock, django_assert_max_num_queries):
    link = client.get(PAGE).context["full_url"].removeprefix("http://testserver")
    clock(hours=1)
    Draw.objects.get(number="447").delete()
    client.get(PAGE)
    with django_assert_max_num_queries(10) as today:
        client.get(PAGE)

    with django_assert_max_num_queries(len(today) + 4):
        page = client.get(link)

    assert "Nothing of it has changed since." in page.content.decode()


def test_bad_moment_is_named(client):
    page = client.get(f"{PAGE}&known=2001-01-01T00:00:00Z")

    assert (page.status_code, "can’t say what it showed then" in page.content.decode()) == (200, True)
