"""The end of a link's way: something is corrected in the admin, and whoever holds a link to it can find that out."""

import feedparser
import pytest
from django.test import Client

from draws.models import Draw
from editing.ledger.read import first_moment
from occupations.models import Edition
from tests.draws.pages import words
from tests.editing.admin.forms import SAID, address, save
from tests.editing.admin.imports import READ

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
REASON = "A digit was read wrongly"


@pytest.fixture
def known(db):
    return f"known={first_moment():%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture
def told(client):
    """What becomes of a pasted link, and what the page of changes and its feed say."""

    def answers(link):
        [answer] = Client().post("/check/", {"links": link}).context["answers"]
        feed = feedparser.parse(client.get("/changes.atom").content).entries[0]
        return answer, words(client.get("/changes/").content.decode()), f"{feed.title} {feed.summary}"

    return answers


def test_corrected_list_is_found_by_every_way(publisher, clock, known, told):
    edition = Edition.objects.get(category__slug="stem", version="2026")
    lines = [f"{row.occupation.code} {row.title_as_published_en}" for row in edition.listings.all()]
    clock(minutes=5)
    url = address(Edition, "list", edition.pk)
    opened = {"opened_on": publisher.get(url).context["opened_on"]}
    pasted = "\n".join([*lines, "21231 Software engineers and designers"])
    publisher.post(url, {"lines": pasted, "_save": "1"} | opened | READ | SAID)
    clock(minutes=5)

    answer, page, feed = told(f"Anna: /shortlist/?noc=21231&noc=63200&on=2026-10-01&{known}")

    [group] = answer.corrections
    assert (answer.state, answer.asked.label) == ("corrected", "Anna")
    assert [(row["kind"], row["title"]) for row in group["rows"]] == [
        ("added", "21231 Software engineers and designers")
    ]
    assert "STEM, 2026 edition" in page
    assert page.index("21231 Software engineers and designers") < page.index("This record began to keep track")
    assert (
        feed == "Correction: STEM, 2026 edition 21231 Software engineers and designers was added. "
        "This record was wrong. A test"
    )


def test_corrected_cutoff_is_found_by_every_way(publisher, clock, known, told):
    clock(minutes=5)
    save(publisher, Draw.objects.get(number="254"), cutoff="485", change_reason=REASON)
    clock(minutes=5)

    answer, page, feed = told(f"http://testserver/fr/draws/254/?{known}")

    [group] = answer.corrections
    assert (answer.state, group["reason"]) == ("corrected", REASON)
    assert "CRS score of lowest-ranked candidate invited: 486 485" in page
    told_of_draw = "Correction: Draw 254 CRS score of lowest-ranked candidate invited: 486 → 485."
    assert feed == f"{told_of_draw} This record was wrong. {REASON}"


def test_withdrawn_draw_is_found_by_every_way(publisher, clock, known, told):
    draw = Draw.objects.get(number="254")
    clock(minutes=5)
    chosen = {"action": "withdraw", "_selected_action": [draw.pk]}
    publisher.post(address(Draw, "changelist"), chosen | SAID, follow=True)
    clock(minutes=5)

    answer, page, feed = told(f"/draws/254/?{known}")

    assert (answer.state, answer.corrections[0]["rows"][0]["kind"]) == ("corrected", "removed")
    assert "Draw 254" in page
    assert feed.startswith("Correction: Draw 254 Withdrawn.")
