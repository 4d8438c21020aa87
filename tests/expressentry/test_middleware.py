from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from draws.models import Draw
from editing.models import DataVersion
from expressentry.pagecache import data_version, page_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_unchanged_page_answers_304(client):
    etag = client.get("/").headers["ETag"]

    response = client.get("/", headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_second_request_asks_only_for_the_version(client, django_assert_num_queries):
    first = client.get("/draws/254/")

    with django_assert_num_queries(1):
        second = client.get("/draws/254/")

    assert second.content == first.content


def test_save_shows_at_the_next_request(client):
    client.get("/draws/254/")
    draw = Draw.objects.get(number="254")
    draw.invitations = 54321
    draw.save()

    assert "54,321" in client.get("/draws/254/").content.decode()


def test_changed_programs_move_the_version_on():
    before = page_version()

    Draw.objects.get(number="254").programs.clear()

    assert page_version() != before


def test_each_scheduled_moment_is_a_version_without_a_write(make_draw, django_assert_num_queries):
    due = timezone.now() + timedelta(hours=1)
    make_draw(1, publish_at=due)
    make_draw(2, publish_at=due + timedelta(hours=1))
    stored = DataVersion.objects.get().number

    with django_assert_num_queries(5):
        versions = [data_version(due + timedelta(minutes=passed)) for passed in (-1, 0, 59, 60, 61)]

    assert [version - stored for version in versions] == [0, 1, 1, 2, 2]
    assert DataVersion.objects.get().number == stored


@pytest.mark.parametrize("change", [{"status": "draft"}, {"publish_at": None}])
def test_change_of_a_row_that_came_due_is_a_newer_version(make_draw, change):
    due = timezone.now() + timedelta(hours=1)
    draw = make_draw(1, publish_at=due)
    before = data_version(due)

    for name, value in change.items():
        setattr(draw, name, value)
    draw.save()

    assert data_version(timezone.now()) > before


def test_version_is_of_the_canadian_day():
    evening, midnight = datetime(2026, 11, 25, 2, 30, tzinfo=UTC), datetime(2026, 11, 25, 5, tzinfo=UTC)

    versions = [page_version(evening), page_version(midnight - timedelta(seconds=1)), page_version(midnight)]

    assert versions[0] == versions[1]
    assert versions[1] != versions[2]


def test_scheduled_draw_is_public_from_its_moment_on(make_draw):
    due = timezone.now() + timedelta(hours=1)
    draw = make_draw(1, publish_at=due)

    assert not Draw.objects.published(due - timedelta(seconds=1)).exists()
    assert Draw.objects.published(due).get() == draw


def test_admin_is_not_kept(client):
    assert "ETag" not in client.get("/admin/login/").headers


def test_missing_page_is_not_kept(client):
    assert "ETag" not in client.get("/draws/abc/").headers


@pytest.mark.parametrize(("path", "language"), [("/draws/", "en"), ("/fr/draws/", "fr"), ("/french/", "en")])
def test_address_decides_the_language(client, path, language):
    response = client.get(path, headers={"Accept-Language": "fr"})

    assert response.headers["Content-Language"] == language
    assert "Cookie" not in response.headers.get("Vary", "")


def test_head_answers_like_get_without_a_body(client):
    assert client.head("/about/").content == b""


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("zstd, br, gzip", "zstd"),
        ("br;q=0, gzip", "gzip"),
        ("zstd;q=0, br;q=0", None),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("", None),
    ],
)
def test_page_is_kept_apart_for_what_each_reader_can_unpack(client, accepted, encoding):
    for others in ("zstd;q=0, br;q=0", "br", "gzip", "zstd"):
        client.get("/about/", headers={"Accept-Encoding": others})

    response = client.get("/about/", headers={"Accept-Encoding": accepted})

    assert response.headers.get("Content-Encoding") == encoding


@pytest.mark.parametrize("sent", ["W/{etag}", '"other", W/{etag}', "{etag}"])
def test_unchanged_page_answers_304_to_weak_tags_and_lists(client, sent):
    etag = client.get("/about/").headers["ETag"].removeprefix("W/")

    assert client.get("/about/", headers={"If-None-Match": sent.format(etag=etag)}).status_code == 304


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/fr/draws/254/", "GET, HEAD, OPTIONS"),
        ("/api/v1/draws", "GET, HEAD, OPTIONS"),
        ("/sitemap.xml", "GET, HEAD, OPTIONS"),
        ("/admin/login/", "GET, HEAD, OPTIONS, POST"),
    ],
)
def test_address_names_its_methods_and_refuses_others(path, allowed):
    client = Client(raise_request_exception=False)

    options, refused = client.options(path), [client.trace(path), client.delete(path), client.put(path)]

    assert (options.status_code, options.headers["Allow"], options.content) == (204, allowed, b"")
    assert {(one.status_code, one.headers["Allow"]) for one in refused} == {(405, allowed)}


def test_public_page_takes_no_post(client):
    assert client.post("/about/").status_code == 405
