"""The way of a link: a shortlist is pinned, the record corrected in the admin, and who opens the link is told."""

import feedparser
import pytest
from django.test import Client

from draws.models import Draw
from occupations.models import Edition, Listing
from programs.models import OccupationRule
from tests.draws.pages import words
from tests.editing.admin.forms import address, opened, save
from tests.editing.admin.imports import READ

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ASKED = "noc=21220&noc=31301&noc=72106&on=2023-07-10"
WHY = {"change_cause": "ours", "change_reason": "The page was misread"}
TOLD = "This record was wrong. The page was misread"


def correct_the_list(publisher):
    edition = Edition.objects.get(category__slug="stem", version="2023")
    lines = [f"{row.occupation.code} {row.title_as_published_en}" for row in edition.listings.all()]
    where, pasted = address(Edition, "list", edition.pk), "\n".join([*lines, "72106 Welders"])
    version = {"opened_on": publisher.get(where).context["opened_on"], "_save": "1"}
    publisher.post(where, {"lines": pasted} | version | READ | WHY)


def remove_a_listing(publisher):
    listing = Listing.objects.get(edition__category__slug="stem", edition__version="2023", occupation__code="21220")
    publisher.post(address(Listing, "delete", listing.pk), {"post": "yes"} | WHY)


def correct_a_cutoff(publisher):
    save(publisher, Draw.objects.get(number="254"), cutoff="487", **WHY)


def change_a_rule(publisher):
    rule = OccupationRule.objects.get(program__code="FST", prefix="72", state="in-force", valid_to=None)
    values = opened(publisher, rule)
    values.pop("counts")
    save(publisher, rule, values, **WHY)


WALKS = [
    (
        correct_the_list,
        "72106 Welders and related machine operators (STEM, 2023 edition): added",
        "STEM, 2023 edition",
    ),
    (remove_a_listing, "21220 Cybersecurity specialists (STEM, 2023 edition): removed", "STEM, 2023 edition"),
    (correct_a_cutoff, "Draw 254: CRS score of lowest-ranked candidate invited 486 → 487", "Draw 254"),
    (change_a_rule, "Counts yes → no", "Federal Skilled Trades Program"),
]


@pytest.mark.parametrize(("correct", "said", "title"), WALKS, ids=[walk[0].__name__ for walk in WALKS])
def test_pinned_shortlist_keeps_its_word(client, publisher, clock, correct, said, title):
    link = client.get(f"/shortlist/?{ASKED}").context["full_url"].removeprefix("http://testserver")
    api = f"/api/v1{link}".replace("shortlist/?", "shortlist?")
    before = client.get(api).json()
    clock(minutes=5)
    correct(publisher)
    clock(minutes=5)

    page, changes = (words(client.get(url).content.decode()) for url in (link, "/changes/"))
    entry = feedparser.parse(client.get("/changes.atom").content).entries[0]
    [answer] = Client().post("/check/", {"links": link}).context["answers"]

    assert said in page
    assert "The page was misread" in page
    assert "This record was wrong" in page
    assert client.get(api).json() == before
    assert (title in changes, TOLD in changes) == (True, True)
    assert (title in entry.title, TOLD in entry.summary) == (True, True)
    assert (answer.state, answer.corrections[0]["reason"]) == ("corrected", "The page was misread")
