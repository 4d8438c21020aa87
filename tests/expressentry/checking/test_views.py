"""The page and the API that check links, on the real record."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from draws.models import Draw
from editing.ledger.read import first_moment
from occupations.models import Edition, Listing, Occupation
from occupations.search.index import search_index
from tests.conftest import SOURCED
from tests.draws.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(client):
    """The answer to pasted lines."""
    return lambda *lines, path="/check/", **more: client.post(path, {"links": "\n".join(lines)} | more)


@pytest.fixture
def states(checked):
    return lambda *lines: [one.state for one in checked(*lines).context["answers"]]


def known(path):
    """The lasting link of a page, made when the record was loaded."""
    return f"{path}{'&' if '?' in path else '?'}known={first_moment():%Y-%m-%dT%H:%M:%SZ}"


def add_to_stem(version, code, reason="Overlooked in the official table"):
    edition, occupation = (
        Edition.objects.get(category__slug="stem", version=version),
        Occupation.objects.get(code=code),
    )
    row = Listing(edition=edition, occupation=occupation, title_as_published_en="A title", **SOURCED)
    row._change_reason = reason
    row.save()


def correct_draw(number, cutoff):
    row = Draw.objects.get(number=number)
    row.cutoff, row._change_reason = cutoff, "A digit was read wrongly"
    row.save()


def test_changed_links_come_first_and_say_what_changed_and_why(checked, clock):
    links = [known("/draws/252/"), known("/draws/254/"), f"Anna: {known('/categories/stem/2026/')}", "nonsense"]
    clock(seconds=5)
    add_to_stem("2026", "21231")
    correct_draw("254", 480)

    answer = checked(*links)

    text = words(answer.content.decode())
    assert "2 of 3 links have changed" in text
    assert "1 line could not be checked." in text
    assert [one.title for one in answer.context["answers"]] == [
        "Draw 254",
        "STEM, 2026 edition",
        "nonsense",
        "Draw 252",
    ]
    assert "CRS score of lowest-ranked candidate invited: 486 480" in text
    assert "A digit was read wrongly" in text
    assert "21231 Software engineers and designers was missing and is there now." in text
    assert text.index("Anna") < text.index("nonsense")


def test_superseded_list_names_its_successor_and_who_joined_and_left(checked):
    text = words(checked("/categories/stem/2023/").content.decode())

    assert "1 of 1 links has changed" in text
    assert "February 27, 2025 STEM, 2026 edition" in text
    assert "21331 Geological engineers" in text
    assert "21231 Software engineers and designers" in text


def test_french_page_answers_in_french(checked):
    text = words(checked("/categories/stem/2023/", "21231", path="/fr/check/").content.decode())

    assert "27 février 2025" in text
    assert "1 lien sur 1 a changé" in text
    assert "Ajoutez la date" in text


def test_answer_knows_nobody_and_keeps_nothing(checked):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/check/", {"links": "/draws/254/"}, headers={"Cookie": "sessionid=x; csrftoken=y"})

    assert (answer.status_code, answer.headers["Cache-Control"], dict(answer.cookies)) == (200, "no-store", {})
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste at least one link"),
        ("  \n\n ", "Paste at least one link"),
        ("/draws/254/\n" * 201, "That is 201 lines."),
        ("x" * 200_001, "too long to be a list of links"),
    ],
)
def test_text_that_is_not_taken_stays_in_the_form(checked, text, sentence):
    answer = checked(text)

    assert answer.status_code == 200
    assert sentence in words(answer.content.decode())
    assert answer.context["form"]["links"].value() == text
    assert answer.context["answers"] == []


def test_200_lines_with_blank_ones_between_are_taken(states):
    assert len(states("/draws/254/\n\n" * 200)) == 200


def test_binary_text_is_answered_line_by_line(states):
    assert states("\x00\x01PK\x03\n\x00/draws/254/\x00") == ["unreadable", "unchanged"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"links=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"\x00\xff" * 50, "multipart/form-data; boundary=damaged"),
        (b"no boundary", "multipart/form-data"),
    ],
)
def test_body_that_no_form_sends_is_answered_in_a_sentence(client, body, content_type):
    answer = client.post("/check/", body, content_type=content_type)

    assert answer.status_code == 200
    assert answer.context["form"].errors["links"]


def test_answers_can_be_taken_away_as_csv(checked):
    answer = checked("=Anna: /categories/stem/2023/", "nonsense", export="csv")

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="links-checked-')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = [*csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]
    assert [(row["line"], row["name"], row["answer"], row["page"]) for row in rows] == [
        ("1", "Anna", "Superseded", "STEM, 2023 edition"),
        ("2", "", "Not read", "nonsense"),
    ]
    assert "February 27, 2025: STEM, 2026 edition" in rows[0]["what_changed"]


PAGES = [
    "/categories/stem/2023/",
    "/categories/?on=2024-01-15",
    "/categories/trade/",
    "/draws/cec/",
    "/pool/",
    "/programs/",
]
PAGES += [
    "/categories/stem/compare/2023/2025/",
    "/occupations/21231/?on=2024-01-15",
    "/programs/federal-skilled-worker/",
]


def two_hundred():
    """As many different links as are taken, of every kind, some with a moment."""
    draws = [f"/draws/{number}/" for number in range(300, 360)]
    pools = [f"/pool/{pool}/" for pool in ("2026-08-16", "2023-07-04")]
    lists = [f"/shortlist/?noc={code}&noc=22300&on=2024-0{1 + number % 9}-15"
             for number, code in enumerate(Occupation.objects.values_list("code", flat=True)[:120])]  # fmt: skip
    found = [*PAGES, *draws, *pools, *lists]
    return [known(link) if number % 2 else link for number, link in enumerate([*found, *found][:200])]


@pytest.mark.parametrize("links", [1, 200])
def test_200_links_take_at_most_20_queries(client, links, clock):
    search_index()
    asked = two_hundred()[:links]
    clock(seconds=5)
    correct_draw("300", 600)

    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/check/", {"links": "\n".join(asked)})

    assert len(answer.context["answers"]) == links
    assert len(queries) <= 12


def test_api_gives_an_answer_to_each_link(client, clock):
    links = [known("/draws/254/"), "Anna 21231 2024-01-15", "https://canada.ca/", "/categories/stem/2023/"]
    clock(seconds=5)
    correct_draw("254", 480)

    answer = client.post("/api/v1/check", {"links": links}, content_type="application/json")

    said = answer.json()
    assert (said["count"], said["changed"]) == (4, 3)
    assert [item["state"] for item in said["items"]] == ["corrected", "superseded", "not_ours", "superseded"]
    [correction] = said["items"][0]["corrections"]
    assert correction["reason"] == "A digit was read wrongly"
    assert correction["rows"][0]["facts"] == [{"field": "cutoff", "old": "486", "new": "480"}]
    assert said["items"][1]["label"] == "Anna"
    assert said["items"][1]["superseded_by"][0] | {"edition": ""} == {
        "category": "stem", "old_edition": "2023", "edition": "",
        "since": "2025-02-27", "joined": [], "left": ["21231"],
    }  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        "",
        {},
        {"links": []},
        {"links": "/draws/254/"},
        {"links": [""]},
        {"links": ["/draws/1/"] * 201},
        [],
        {"link": []},
    ],
)
def test_api_names_what_is_wrong_with_the_links(client, body):
    english = client.post("/api/v1/check", body, content_type="application/json")
    french = client.post("/api/v1/check", body, content_type="application/json", headers={"Accept-Language": "fr"})

    assert (english.status_code, french.status_code) == (422, 422)
    [fault] = english.json()["errors"]
    assert (fault["field"], fault["fault"].startswith("Send ")) == ("links", True)
    assert french.json()["errors"][0]["fault"].startswith("Envoyez ")


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"links=/draws/254/"])
def test_api_refuses_a_body_that_is_no_json(client, body):
    answer = client.post("/api/v1/check", body, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"error": "The body is not JSON."})


def test_examples_are_in_the_language_of_the_page(client):
    english, french = (client.get(url).context["examples"] for url in ("/check/", "/fr/check/"))

    assert english == ["http://testserver/categories/stem/2023/", "http://testserver/draws/254/"]
    assert french == [link.replace("testserver/", "testserver/fr/") for link in english]
