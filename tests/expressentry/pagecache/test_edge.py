import threading
import time
from io import BytesIO

import httpx
import pytest
from django.conf import settings

from expressentry.pagecache.edge import PageCache
from tests.site_pages import PAGES

from .conftest import HOST, get, running

pytestmark = pytest.mark.both_databases
EDIT = """
from draws.models import Draw
draw = Draw.objects.get(number="254")
draw.invitations = {}
draw.save()
"""


def test_save_of_another_process_shows_at_the_next_request_of_every_worker(site, run):
    before = {get(f"{site}/draws/254/").headers["ETag"] for _ in range(10)}

    run(EDIT.format(54321))
    after = [get(f"{site}/draws/254/") for _ in range(10)]

    assert len(before) == 1
    assert all("54,321" in answer.text for answer in after)
    assert {answer.headers["ETag"] for answer in after}.isdisjoint(before)


def test_two_saves_at_once_both_show(site, run):
    """The times of files are coarse: the second save may not move them."""
    get(f"{site}/draws/254/")

    run(EDIT.format(11111) + EDIT.format(22222))

    assert "22,222" in get(f"{site}/draws/254/").text


def test_every_page_that_is_unchanged_answers_304(site):
    pages = [url for url in PAGES if url != "/check/"]  # which keeps nothing
    answers = {url: get(site + url) for url in pages}

    again = {url: get(site + url, if_none_match=answer.headers["ETag"]) for url, answer in answers.items()}

    assert {url: (answer.status_code, answer.content) for url, answer in again.items()} == dict.fromkeys(
        pages, (304, b"")
    )
    assert len(pages) > 20


@pytest.mark.parametrize("sent", ["W/{}", '"other", W/{}', "{}", '"a", {}'])
def test_unchanged_page_answers_304_to_weak_tags_and_lists(site, sent):
    etag = get(f"{site}/about/").headers["ETag"]

    assert get(f"{site}/about/", if_none_match=sent.format(etag)).status_code == 304
    assert get(f"{site}/about/", if_none_match='"other"').status_code == 200


@pytest.mark.parametrize("path", ["/about/", "/fr/draws/254/", "/api/v1/draws", "/glossary/"])
def test_kept_answer_is_the_one_first_drawn_under_another_id(site, path):
    first, second = (get(site + path, accept_encoding="br") for _ in range(2))

    assert first.content == second.content
    assert parted(first) == parted(second)
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert {"referrer-policy", "x-content-type-options", "cross-origin-resource-policy"} <= parted(second).keys()


def parted(answer):
    return {name: value for name, value in answer.headers.items() if name not in ("date", "x-request-id")}


def test_unchanged_answer_has_the_security_headers_whoever_drew_the_page(environment):
    with running(environment) as first, running(environment) as second:
        etag = get(f"{first}/about/", **HOST).headers["ETag"]

        known, unknown = (get(f"{site}/about/", if_none_match=etag, **HOST) for site in (first, second))

    assert (known.status_code, unknown.status_code) == (304, 304)
    assert parted(unknown).items() <= parted(known).items()
    assert "referrer-policy" in unknown.headers
    assert len(unknown.headers.get_list("X-Request-ID")) == 1


def test_servers_of_one_release_give_each_others_visitors_304(environment):
    with running(environment) as first, running(environment | {"RELEASE": "other"}) as other:
        etag = get(f"{first}/draws/254/", **HOST).headers["ETag"]
        elsewhere = get(f"{other}/draws/254/", if_none_match=etag, **HOST)
    with running(environment) as restarted:
        again = get(f"{restarted}/draws/254/", if_none_match=etag, **HOST)

    assert (again.status_code, elsewhere.status_code) == (304, 200)


def test_server_on_a_socket_and_one_on_the_network_give_the_same_tags(environment):
    """Behind the same nginx: gunicorn takes its word of the scheme from a neighbour alone, unless told otherwise."""
    behind = environment | {"DJANGO_HTTPS": "1", "DJANGO_TRUSTED_PROXIES": "127.0.0.1"}
    tags = []
    for neighbours in ("127.0.0.1", "192.0.2.1"):
        with running(behind | {"FORWARDED_ALLOW_IPS": neighbours}) as address:
            tags.append(get(f"{address}/about/", x_forwarded_proto="https", **HOST).headers["ETag"])

    assert tags[0] == tags[1]


@pytest.mark.parametrize(("port", "is_kept"), [(8443, True), (8444, False)])
def test_page_is_kept_for_the_ports_that_the_operator_names(environment, port, is_kept):
    with running(environment | {"DJANGO_CSRF_TRUSTED_ORIGINS": "http://127.0.0.1:8443,http://[::1]"}) as address:
        control = get(f"{address}/about/", host=f"127.0.0.1:{port}").headers["Cache-Control"]

    assert ("s-maxage=1" in control) == is_kept


@pytest.mark.parametrize("path", ["/tools/crs/?age=30", "/about/?made=up", "/pool/?crs=480"])
def test_what_is_not_kept_is_kept_by_no_proxy_either(site, path):
    first = get(site + path)
    again = get(site + path, if_none_match=first.headers["ETag"])

    assert [answer.status_code for answer in (first, again)] == [200, 304]
    assert {answer.headers["Cache-Control"] for answer in (first, again)} == {"no-cache, private"}


@pytest.mark.parametrize("host", ["127.0.0.1:1", "LOCALHOST"])
def test_page_under_a_made_up_port_or_spelling_is_not_kept(site, host):
    assert get(f"{site}/about/", host=host).headers["Cache-Control"] == "no-cache, private"


RENAME = """
from editing.models import DataVersion
from occupations.models import Category
Category.objects.filter(slug="{}").update(slug="{}")
DataVersion.bump()
"""


def test_page_about_the_api_has_the_choices_of_now(environment, run):
    with running(environment) as site:
        before = get(f"{site}/api/v1/docs").text
        run(RENAME.format("agriculture", "farming"))
        after = get(f"{site}/api/v1/docs").text
    run(RENAME.format("farming", "agriculture"))

    assert ("farming" in before, "farming" in after) == (False, True)


def test_head_shares_what_get_drew(site):
    seen = get(f"{site}/timeline/")

    head = httpx.head(f"{site}/timeline/")

    assert (head.status_code, head.content) == (200, b"")
    assert parted(head) == parted(seen)


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
def test_page_is_kept_apart_for_what_each_reader_can_unpack(site, accepted, encoding):
    for others in ("zstd;q=0, br;q=0", "br", "gzip", "zstd"):
        get(f"{site}/about/", accept_encoding=others)

    assert get(f"{site}/about/", accept_encoding=accepted).headers.get("Content-Encoding") == encoding


@pytest.mark.parametrize("path", ["/admin/login/", "/draws/abc/", "/healthz/", "/api/v1/occupations/suggest?q=we"])
def test_what_is_not_for_everyone_has_no_tag(site, path):
    assert "ETag" not in get(site + path).headers


def test_page_is_served_with_its_age_while_the_database_is_away(breakable):
    environment, database = breakable
    with running(environment) as site:
        fresh = get(f"{site}/about/")
        database.cut()
        old, unseen = get(f"{site}/about/"), get(f"{site}/glossary/")
        database.mend()
        time.sleep(2.5)
        healed = get(f"{site}/about/")

    assert [answer.status_code for answer in (fresh, old, healed)] == [200, 200, 200]
    assert "Age" not in unseen.headers  # Django answers as well as it can
    assert (old.text, int(old.headers["Age"]) < 60) == (fresh.text, True)
    assert "Age" not in healed.headers


class FixedVersion:
    """A version that no database is asked for."""

    def current(self):
        return "1", None


def requested(path, **more):
    given = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "testserver"}
    return given | {"wsgi.url_scheme": "http", "wsgi.input": BytesIO()} | more


class Answer(list):
    def close(self):
        pass


def drawing(status, drawn, gate=None):
    """An application that counts how often it is asked, and waits at the gate."""
    header = ["Content-Type", "text/plain"]

    def application(environ, start_response):
        drawn.append(environ["PATH_INFO"])
        if gate:
            gate.wait(5)
        start_response(status, [tuple(header)])  # each time another, as Django's are
        return Answer([b"drawn"])

    return application


def ask_at_once(pages, path, count, gate):
    answers = []
    ask = lambda: answers.append(b"".join(pages(requested(path), lambda *said: None)))  # noqa: E731
    threads = [threading.Thread(target=ask) for _ in range(count)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    gate.set()
    for thread in threads:
        thread.join(10)
    return answers


def test_misses_of_a_page_at_once_are_drawn_once():
    drawn, gate = [], threading.Event()
    pages = PageCache(drawing("200 OK", drawn, gate), FixedVersion())

    answers = ask_at_once(pages, "/about/", 8, gate)

    assert (answers, drawn) == ([b"drawn"] * 8, ["/about/"])


def test_failed_drawing_holds_nobody_up():
    drawn, gate = [], threading.Event()
    pages = PageCache(drawing("500 Internal Server Error", drawn, gate), FixedVersion())

    answers = ask_at_once(pages, "/about/", 4, gate)

    assert (len(answers), len(drawn), pages.drawing, len(pages.pages)) == (4, 4, {}, 0)


def test_kept_pages_never_grow_over_their_bytes():
    pages = PageCache(drawing("200 OK", []), FixedVersion())

    for turn in range(20_000):
        pages(requested("/draws/", QUERY_STRING=f"crs_min={turn}"), lambda *said: None)

    assert pages.pages.currsize <= settings.PAGE_CACHE_BYTES
    assert 1000 < len(pages.pages) < 20_000


def test_kept_pages_hold_the_headers_that_they_share_once():
    pages = PageCache(drawing("200 OK", []), FixedVersion())

    for turn in range(3):
        pages(requested("/draws/", QUERY_STRING=f"crs_min={turn}"), lambda *said: None)

    types = [header for page in pages.pages.values() for header in page.headers if header[0] == "Content-Type"]
    assert (len(types), len(set(map(id, types)))) == (3, 1)


@pytest.mark.parametrize(
    "headers",
    [[("Set-Cookie", "a=b")], [("Cache-Control", "private")], [("Cache-Control", "no-store")], [("Vary", "Cookie")]],
)
def test_answer_that_is_for_one_reader_is_neither_kept_nor_tagged(headers):
    def application(environ, start_response):
        start_response("200 OK", headers)
        return Answer([b"yours"])

    said = []
    pages = PageCache(application, FixedVersion())
    pages(requested("/about/"), lambda *given: said.append(given))

    assert (said, len(pages.pages)) == ([("200 OK", headers)], 0)
