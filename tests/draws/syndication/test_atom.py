from datetime import date, datetime, timezone

import feedparser
import pytest
from icalendar import Calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(client):
    def get(name):
        """The feed, which must be well formed."""
        parsed = feedparser.parse(client.get(f"/feeds/{name}").content)
        assert not parsed.bozo
        assert parsed.feed.id
        return parsed

    return get


def test_draw_feed_starts_with_the_latest_draw(feed):
    latest = feed("draws.atom").entries[0]

    assert latest.title == "Draw 447: Trades Occupations, 2026-Version 3"
    assert latest.link == "http://testserver/draws/447/"
    assert latest.summary.startswith(
        "October 1, 2026: 3,500 invitations, lowest-ranked candidate invited at 476 points."
    )


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("draws.atom?category=stem", ["293", "274", "254"]),
        ("draws.atom?kind=program&program=fsw", ["240"]),
        ("draws.atom?kind=general", ["294", "292", "290"]),
        ("draws.atom?category=stem&crs_max=490", ["274", "254"]),
    ],
)
def test_draw_feed_of_a_stream(feed, name, numbers):
    links = [entry.link.split("/")[-2] for entry in feed(name).entries]

    assert links[:3] == numbers


def test_draw_feed_says_its_own_address(feed):
    links = {link.rel: link.href for link in feed("draws.atom?category=stem").feed.links}

    assert links == {
        "alternate": "http://testserver/draws/?category=stem",
        "self": "http://testserver/feeds/draws.atom?category=stem",
    }


def test_category_without_a_published_edition_has_no_feed(make_edition, client):
    make_edition("trade", status="draft")

    assert client.get("/feeds/draws.atom?category=trade").status_code == 400


def test_correction_updates_the_entry_of_its_draw(make_correction, make_draw, feed):
    drawn_at = datetime(2024, 4, 11, 15, tzinfo=timezone.utc)
    draw = make_draw(293, date=date(2024, 4, 11), drawn_at=drawn_at, cutoff=491)
    before = feed("draws.atom").entries[0]

    make_correction(draw, old_value="490", new_value="491", first_seen_new=date(2024, 5, 2))
    after = feed("draws.atom").entries[0]

    assert (before.id, before.updated) == (after.id, "2024-04-11T15:00:00+00:00")
    assert after.updated == "2024-05-02T00:00:00+00:00"
    assert "“490” became “491”" in after.summary


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("kinds/general", "kind=general"),
        ("programs/federal-skilled-worker", "kind=program&program=fsw"),
        ("categories/stem", "category=stem"),
    ],
)
def test_feed_moved_for_good_to_its_filter(client, before, now):
    response = client.get(f"/fr/feeds/{before}.atom")

    assert (response.status_code, response.url) == (301, f"/fr/feeds/draws.atom?{now}")


def test_feed_of_a_filter_says_which_draws_it_has(feed):
    title = feed("draws.atom?category=stem&crs_max=485&year=2023").feed.title

    assert title == "Express Entry draws: STEM, 2023, CRS score at most 485"


def test_feed_of_a_bad_filter_names_the_value(client):
    response = client.get("/feeds/draws.atom?crs_max=many")

    assert (response.status_code, response.content) == (400, b"crs_max: Enter a whole number.")


def test_calendar_of_a_filter_holds_its_draws(client):
    calendar = Calendar.from_ical(client.get("/feeds/draws.ics?category=stem").content)

    names = [str(event["uid"]).split("@")[0] for event in calendar.walk("VEVENT")]
    assert names == ["draw-293", "draw-274", "draw-254"]
    assert calendar["X-WR-CALNAME"] == "Express Entry draws: STEM"


@pytest.mark.parametrize("name", ["kinds/lottery.atom", "categories/nothing.atom", "programs/x.atom", "x.atom"])
def test_feed_of_nothing_is_missing(client, name):
    assert client.get(f"/feeds/{name}").status_code == 404


def test_drafts_are_in_no_feed(make_draw, client, feed):
    make_draw(1, status="draft")

    assert feed("draws.atom").entries == []
    assert b"VEVENT" not in client.get("/feeds/draws.ics").content


def test_calendar_holds_every_draw(client):
    calendar = Calendar.from_ical(client.get("/feeds/draws.ics").content)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}

    assert len(events) == 448
    assert events["draw-254@testserver"]["dtstart"].dt == datetime(2023, 7, 5, 13, 38, 22, tzinfo=timezone.utc)
    assert events["draw-447@testserver"]["dtstart"].dt == date(2026, 10, 1)
    assert events["draw-262@testserver"]["sequence"] == 1


def test_french_feed_has_official_french_names(client):
    parsed = feedparser.parse(client.get("/fr/feeds/draws.atom?category=stem").content)

    assert parsed.entries[0].title.endswith("Professions des STIM (Version 1)")
    assert parsed.feed.language == "fr"


@pytest.mark.parametrize("name", ["draws.atom", "draws.ics", ""])
def test_feed_query_count(client, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(f"/feeds/{name}")
