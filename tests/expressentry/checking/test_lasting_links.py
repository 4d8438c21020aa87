"""Lasting links of every kind of page are read by “Are my links still right?”."""

import pytest

from draws.models import Draw
from editing.ledger.forms import written
from editing.ledger.read import last_change
from occupations.models import Listing
from tests.editing.ledger import remove

pytestmark = pytest.mark.django_db
PAGES = {
    "draw": "/draws/254/",
    "category": "/categories/stem/?on=2023-07-10",
    "edition": "/categories/stem/2023/",
    "occupation": "/occupations/21220/?on=2023-07-10",
    "shortlist": "/shortlist/?noc=21220&on=2023-07-10",
}


@pytest.fixture
def check(client):
    """The answers to links, in the order in which they were pasted."""
    return lambda links: client.post("/api/v1/check", {"links": links}, "application/json").json()["items"]


def test_lasting_link_of_every_page_is_read_and_says_what_was_corrected(client, check, clock):
    links = [client.get(page).context["full_url"] for page in PAGES.values()]
    moment = written(last_change())
    before = check(links)
    clock(hours=1)
    draw = Draw.objects.get(number="254")
    remove(Listing.objects.get(edition=draw.edition, occupation__code="21220"))

    after = check(links)

    assert all(link.endswith(f"known={moment}") for link in links)
    assert [one["state"] for one in before] == ["unchanged", "superseded", "superseded", "unchanged", "unchanged"]
    assert [one["compared_with"] for one in before] == [moment] * 5
    assert [one["state"] for one in after] == ["corrected"] * 5
    assert {row["key"] for one in after for each in one["corrections"] for row in each["rows"]} == {"stem/2023/21220"}


def test_answer_leads_to_what_the_link_showed(client, clock):
    links = [client.get(page).context["full_url"] for page in PAGES.values()]
    clock(hours=1)
    remove(Listing.objects.get(edition__version="2023", edition__category__slug="stem", occupation__code="21220"))

    answers = client.post("/check/", {"links": "\n".join(links)}).context["answers"]

    assert {f"http://testserver{one.then_url}" for one in answers} == {link.replace(":", "%3A").replace(
        "http%3A", "http:") for link in links}  # fmt: skip
    assert {client.get(one.then_url, follow=True).status_code for one in answers} == {200}


def test_page_without_moments_leads_to_none(client, clock):
    clock(hours=1)
    Draw.objects.get(number="447").delete()
    remove(Listing.objects.get(edition__version="2026", edition__category__slug="stem", occupation__code="21220"))

    page = client.post("/check/", {"links": "/categories/?on=2026-10-01"})

    assert [(one.state, one.then_url) for one in page.context["answers"]] == [("corrected", "")]
    assert "What the link showed" not in page.content.decode()
