import pytest

from expressentry.api import EXAMPLES

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def ask(client):
    def get(path, status=200, **query):
        """The JSON answer, which must have that status and be open to every origin."""
        response = client.get(f"{API}/{path}", query)
        assert response.status_code == status
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Content-Type"].startswith("application/json")
        return response.json()

    return get


def test_draws_answer_the_filtered_rows(ask):
    answer = ask("draws", category="stem")

    assert answer["count"] == 3
    assert [draw["number"] for draw in answer["items"]] == ["293", "274", "254"]


def test_draws_item_has_the_agreed_facts(ask):
    assert ask("draws", year="2023", category="stem")["items"][-1] == {
        "number": "254",
        "date": "2023-07-05",
        "drawn_at": "2023-07-05T13:38:22Z",
        "name": "STEM occupations (Version 1)",
        "kind": "category",
        "programs": ["FSW", "FST", "CEC"],
        "category": "stem",
        "edition": "2023",
        "invitations": 500,
        "cutoff": 486,
        "tie_break": "2022-11-23T00:01:29Z",
        "instruction_url": "https://www.canada.ca/en/immigration-refugees-citizenship/corporate/mandate/"
        "policies-operational-instructions-agreements/ministerial-instructions/express-entry-rounds/"
        "invitations.html?q=254",
        "evidence": "official",
        "url": "http://testserver/draws/254/",
    }


def test_draws_unknown_is_null(ask):
    oldest = ask("draws", limit=1, sort="number")["items"][0]

    assert (oldest["number"], oldest["tie_break"], oldest["category"]) == ("1", None, None)


@pytest.mark.parametrize(
    ("sort", "number"), [("", "447"), ("-cutoff", "91b"), ("cutoff", "176"), ("-invitations", "176")]
)
def test_draws_come_in_the_order_asked_for(ask, sort, number):
    assert ask("draws", limit=1, sort=sort)["items"][0]["number"] == number


def test_draws_declare_their_order(ask):
    declared = {one["name"] for one in ask("openapi.json")["paths"]["/api/v1/draws"]["get"]["parameters"]}

    assert {"kind", "from", "sort", "limit", "offset"} <= declared
    assert "per_page" not in declared


def test_draws_come_in_parts(ask):
    whole = ask("draws", limit=1000)
    part = ask("draws", limit=2, offset=446)

    assert (whole["count"], len(whole["items"])) == (448, 448)
    assert part["items"] == whole["items"][446:]


@pytest.mark.parametrize("page", ["/draws/?category=stem", "/draws/?year=2020"])
def test_draws_answer_as_a_page_was_read_before(client, ask, page):
    client.get(page)

    assert ask("draws", category="stem")["count"] == 3


@pytest.mark.parametrize(
    ("path", "query", "fields"),
    [
        ("draws", {"year": "abc", "crs_min": "-5", "limit": "0"}, ["year", "crs_min", "limit"]),
        ("draws", {"limit": "1001"}, ["limit"]),
        ("draws", {"kind": "lottery", "from": "today"}, ["kind", "from"]),
        ("invited", {}, ["crs"]),
        ("invited", {"crs": "486", "noc": "99999", "submitted": "soon"}, ["submitted", "noc"]),
        ("pool/2023-07-04", {"crs": "1201"}, ["crs"]),
    ],
)
def test_bad_values_are_named_with_their_fault(ask, path, query, fields):
    errors = ask(path, status=422, **query)["errors"]

    assert sorted(error["field"] for error in errors) == sorted(fields)
    assert all(error["fault"] for error in errors)


@pytest.mark.parametrize("path", ["draws/abc", "draws/0254", "pool/2020-01-01", "pool/soon", "nothing", "draws/254/x"])
def test_missing_things_answer_404_in_json(ask, path):
    assert ask(path, status=404)["error"]


def test_draw_in_full_has_the_list_of_its_day(ask):
    draw = ask("draws/254")

    assert len(draw["occupations"]) == 24
    assert (draw["previous"], draw["next"]) == ("253", "255")
    assert draw["occupations"][0] == {
        "code": "20010",
        "title": "Engineering managers",
        "title_as_published": "Engineering managers",
        "teer": 0,
    }


def test_draw_in_full_tells_discrepancies_and_corrections(ask):
    disagreed = [
        (row["field"], row["value_here"], row["value_elsewhere"]) for row in ask("draws/208")["discrepancies"]
    ]
    changed = [row["field"] for row in ask("draws/262")["corrections"] if not row["only_wording"]]

    assert ("invitations", "681", "888") in disagreed
    assert changed == ["tie_break"]


def test_unpublished_draw_is_missing(make_draw, ask):
    make_draw(1, status="draft")

    assert ask("draws")["count"] == 0
    assert ask("draws/1", status=404)


def test_invited_answers_like_the_page(ask):
    answer = ask("invited", crs="486", noc=["21231", "22300"], submitted="2022-11-22", program="fsw", category="stem")

    assert (answer["invited"], answer["not_invited"], answer["unknown"]) == (1, 0, 2)
    assert [(row["number"], row["reason"]) for row in answer["items"]] == [
        ("293", "profile_expired"),
        ("274", "profile_expired"),
        ("254", "tie_break_before"),
    ]


def test_pool_answers_the_interval_above_a_score(ask):
    standing = {"crs": 486, "at_least": 1910, "at_most": 6629, "estimate": 3800}
    assert ask("pool/2023-07-04", crs="486")["above"] == standing
    assert ask("pool/2023-07-04", crs="700")["above"]["estimate"] is None


def test_pool_days_are_all_snapshots(ask):
    assert len(ask("pool")) == 126


def test_docs_name_every_address(client, ask):
    text = client.get(f"{API}/docs").content.decode()

    for path in ask("openapi.json")["paths"]:
        assert f"{path}</code></h2>" in text


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_examples_of_the_docs_answer(client, db, example):
    assert client.get(f"{API}/{example}").status_code == 200


def test_docs_name_the_fields_of_answers(client, db):
    text = client.get(f"{API}/docs").content.decode()

    names = ["items[].unchecked[]", "above.at_least", "corrections[].origin"]
    assert [f"<code>{name}</code>" in text for name in names] == [True] * 3


@pytest.mark.parametrize("count", [1, 20])
def test_draws_query_count(client, make_draw, count, django_assert_num_queries):
    for number in range(count):
        make_draw(number + 1)

    with django_assert_num_queries(5):
        client.get(f"{API}/draws")
