"""What the page, the feed and the API say of changes."""

from datetime import date

import feedparser
import pytest
from django.db import transaction

from draws.models import Correction, Draw
from editing.days import canadian_day
from editing.ledger.models import LedgerEntry
from editing.models import DataVersion
from expressentry.changes.events import Kind
from occupations.models import Category, Edition, Listing, Occupation
from programs.models import Program
from tests.conftest import PUBLISHED, SOURCED
from tests.draws.pages import words

pytestmark = pytest.mark.django_db


def correct_draw(number, reason="A digit was read wrongly", **facts):
    row = Draw.objects.get(number=number)
    for name, value in facts.items():
        setattr(row, name, value)
    row._change_reason = reason
    row.save()


def listing(edition, code):
    return Listing(
        edition=edition, occupation=Occupation.objects.get(code=code), title_as_published_en="A title", **SOURCED
    )


@pytest.fixture
def shown(client):
    """The events of the page, each as kind and name."""
    return lambda query="": [(one.event.kind, one.title) for one in client.get(f"/changes/{query}").context["events"]]


def test_first_loading_is_one_line_between_what_came_before_and_after(html, clock):
    clock(seconds=5)
    correct_draw("254", cutoff=480)

    text = words(html("/changes/"))

    began = text.index("This record began to keep track, with 448 draws and 22 lists.")
    assert text.index("Draw 254") < began < text.index("Draw 335")
    assert "34 changes of wording only" in text


def test_correction_shows_both_values_both_times_and_why(client, clock):
    clock(seconds=5)
    correct_draw("254", cutoff=480)

    one, _reworded = client.get("/changes/?of=draw/254").context["events"]

    text = words(client.get("/changes/?of=draw/254").content.decode())
    assert (one.event.kind, one.event.about, one.summary) == (
        Kind.CORRECTION,
        date(2023, 7, 5),
        "CRS score of lowest-ranked candidate invited: 486 → 480.",
    )
    assert "A digit was read wrongly" in text
    assert f'id="{one.event.name}"' in client.get("/changes/").content.decode()


def test_new_draw_and_new_list_are_one_event_each(client, clock):
    stem = Category.objects.get(slug="stem")
    clock(seconds=5)
    with transaction.atomic():
        facts = {"name_en": "STEM", "effective_from": date(2022, 1, 1), "effective_to": date(2022, 12, 31)}
        edition = Edition.objects.create(category=stem, version="2022", **facts, **SOURCED, **PUBLISHED)
        listing(edition, "21231").save()
        listing(edition, "21220").save()
    clock(seconds=5)
    with transaction.atomic():
        sizes = {"cutoff": 481, "invitations": 1500, "kind": "general", "name_en": "General"}
        missing = dict.fromkeys(["drawn_at_missing", "tie_break_missing", "pool_missing"], "not-published")
        draw = Draw.objects.create(number="448", date=date(2026, 10, 8), **sizes, **missing, **SOURCED, **PUBLISHED)
        draw.programs.set(Program.objects.all())

    found = client.get("/changes/").context["events"][:2]

    assert [(one.event.kind, one.title, one.summary) for one in found] == [
        (Kind.DRAW, "Draw 448", "1,500 invitations, lowest-ranked candidate invited at 481 points."),
        (Kind.LIST, "STEM, 2022 edition", "2 occupations."),
    ]


def test_reload_is_told_in_the_readers_language(client, clock):
    Draw.objects.filter(number="254").update(cutoff=487, name_en="STEM, in other words")
    Draw.objects.filter(number="255").update(name_en="Healthcare, in other words")
    clock(seconds=5)
    DataVersion.bump(reason="Loaded with the record", tables={Draw})

    pages = [
        words(client.get(url).content.decode()) for url in ("/changes/", "/fr/changes/", "/changes/?kind=wording")
    ]

    assert ["Loaded with the record" in page for page in pages] == [True, False, True]
    assert "Chargement avec le registre" in pages[1]
    assert ["Draw 255" in page for page in pages] == [False, False, True]  # folded away


def test_list_that_gains_and_loses_occupations_is_one_correction(client, clock):
    edition = Edition.objects.get(category__slug="stem", version="2026")
    clock(seconds=5)
    listing(edition, "21231").save()
    gone = edition.listings.get(occupation__code="63100")
    gone._change_reason = "It was never on that list"
    gone.delete()

    [one] = client.get("/changes/?of=edition/stem/2026").context["events"]

    assert one.event.kind == Kind.CORRECTION
    assert [(row["kind"], row["title"][:5]) for row in one.rows] == [("added", "21231"), ("removed", "63100")]


def test_wording_and_the_end_of_a_list_are_no_corrections(shown, clock):
    edition = Edition.objects.get(category__slug="stem", version="2026")
    clock(seconds=5)
    correct_draw("254", name_en="STEM, in other words")
    edition.effective_to = date(2026, 12, 31)
    edition.save()

    assert shown("?of=edition/stem/2026") == [(Kind.OTHER, "STEM, 2026 edition")]
    assert shown("?kind=wording")[0] == (Kind.WORDING, "Draw 254")
    assert (Kind.WORDING, "Draw 254") not in shown()


def test_correction_of_an_editor_tells_the_change_of_that_day_once(client, clock):
    now = clock(seconds=5)
    correct_draw("254", reason="", cutoff=480)
    told = {"field": "cutoff", "origin": "ours", "old_value": "486", "new_value": "480", "note_en": "Mistyped"}
    draw = Draw.objects.get(number="254")
    row = Correction.objects.create(
        draw=draw, first_seen_new=canadian_day(now), only_wording=False, **told, **SOURCED, **PUBLISHED
    )

    one, _reworded = client.get("/changes/?of=draw/254").context["events"]

    assert (one.event.cause, one.event.reason, one.event.also) == ("ours", "Mistyped", [row.anchor])
    page = client.get("/draws/254/").content.decode()
    assert f'href="/changes/?of=draw/254#{row.anchor}"' in page
    assert f'id="{row.anchor}"' in client.get("/changes/?of=draw/254").content.decode()


def test_changes_are_chosen_by_side(shown, clock):
    clock(seconds=5)
    correct_draw("254", cutoff=480)
    LedgerEntry.objects.create(
        table="poolsnapshot", key="2026-08-16", known_from=clock(seconds=5), cause="ours", facts=None, digest=""
    )

    assert shown("?by=ours") == [(Kind.CORRECTION, "Pool of August 16, 2026")]
    assert len(shown("?by=official")) == 2


def test_correction_of_a_draft_is_not_told(shown, make_correction, make_draw):
    make_correction(make_draw("901", status="draft"))
    make_correction(make_draw("902"))

    told = [title for kind, title in shown("?kind=correction") if kind == Kind.CORRECTION]

    assert ("Draw 901" in told, "Draw 902" in told) == (False, True)


@pytest.mark.parametrize("query", ["?kind=quokka", "?by=nobody", "?of=" + "x" * 200, "?page=quokka", "?of=draw/999"])
def test_bad_value_is_named_and_the_page_stands(client, query):
    assert client.get(f"/changes/{query}").status_code == 200


@pytest.mark.parametrize(("old", "new"), [
    ("/about/corrections/", "/changes/"),
    ("/fr/about/corrections/", "/fr/changes/"),
    ("/feeds/corrections.atom", "/changes.atom?kind=correction"),
    ("/fr/feeds/editions.atom", "/fr/changes.atom?kind=list"),
])  # fmt: skip
def test_what_corrections_had_leads_here_for_good(client, old, new):
    answer = client.get(old)

    assert (answer.status_code, answer.url) == (301, new)


def test_feed_tells_each_change_once(client, clock):
    clock(seconds=5)
    correct_draw("254", cutoff=480)

    feed = feedparser.parse(client.get("/changes.atom?kind=correction").content)

    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [
        "Correction: Draw 254",
        "Correction: Draw 335",
        "Correction: Draw 262",
    ]
    assert "486 → 480. A digit was read wrongly" in feed.entries[0].summary
    assert len({entry.id for entry in feed.entries}) == 3


def test_api_gives_changes_by_their_keys(client, clock):
    clock(seconds=5)
    correct_draw("254", cutoff=480)

    said = client.get("/api/v1/changes?limit=1").json()

    assert said["count"] == 3
    [item] = said["items"]
    assert (item["of"], item["kind"], item["about"], item["reason"]) == (
        "draw/254", "correction", "2023-07-05", "A digit was read wrongly",
    )  # fmt: skip
    assert item["rows"][0]["facts"] == [
        {"field": "cutoff", "old": "486", "new": "480"},
    ]
    assert client.get("/api/v1/changes?kind=quokka").status_code == 422


@pytest.mark.parametrize("count", [1, 30])
def test_changes_query_count(client, clock, count, django_assert_max_num_queries):
    for number in range(300, 300 + count):
        clock(seconds=5)
        correct_draw(str(number), cutoff=400)

    with django_assert_max_num_queries(8):
        client.get("/changes/")
