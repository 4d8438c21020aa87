import pytest

from occupations.models import Occupation

pytestmark = pytest.mark.django_db
API = "/api/v1"
STEM_ADDED = ["21301", "21331", "22300", "22301", "22310", "63100"]
STEM_KEPT = ["20011", "21220", "21300", "21310", "21321"]


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


def codes(items):
    return [item["code"] for item in items]


def test_occupations_are_all_unit_groups_in_parts(ask):
    whole, part = ask("occupations", limit=1000), ask("occupations", limit=2, offset=514)

    assert (whole["count"], len(whole["items"]), whole["did_you_mean"]) == (516, 516, None)
    assert part["items"] == whole["items"][514:]


def test_occupations_are_found_with_the_reason(ask):
    answer = ask("occupations", q="devops engineer", on="2024-01-15")

    assert answer["items"][0] == {
        "code": "21231",
        "title": "Software engineers and designers",
        "title_fr": "Ingénieurs/ingénieures et concepteurs/conceptrices en logiciel",
        "teer": 1,
        "categories": [
            {"category": "stem", "edition": "2023", "url": "http://testserver/categories/stem/2023/"},
        ],
        "match": {"text": "Development and operations (DevOps) engineer", "language": "en", "reason": "job_title"},
        "url": "http://testserver/occupations/21231/",
    }


def test_occupations_answer_like_the_page(client, ask):
    query = {"category": "trade", "on": "2026-06-01", "teer": ["2", "3"]}

    page = client.get("/occupations/", query)

    on_page = [row.record.code for row in page.context["table"].rows]
    assert codes(ask("occupations", **query)["items"]) == on_page
    assert len(on_page) == 23


def test_occupations_offer_a_correction(ask):
    assert ask("occupations", q="plummer")["did_you_mean"] == "plumber"


@pytest.mark.parametrize(
    ("typed", "first"), [("electri", "72200"), ("web des", "21233"), ("2174", "21230"), ("", None)]
)
def test_suggestions_complete_what_is_typed(ask, typed, first):
    items = ask("occupations/suggest", q=typed)

    assert (codes(items) or [None])[0] == first
    assert len(items) <= 8


def test_suggestion_says_what_matched(ask):
    assert ask("occupations/suggest", q="soudeu")[0] == {
        "code": "72106",
        "title": "Welders and related machine operators",
        "title_fr": "Soudeurs/soudeuses et opérateurs/opératrices de machines à souder et à braser",
        "text": "Soudeurs/soudeuses et opérateurs/opératrices de machines à souder et à braser",
        "language": "fr",
        "reason": "title",
    }


def test_occupation_in_full_has_the_facts_of_its_page(client, ask):
    answer = ask("occupations/63200", on="2025-06-01")
    page = client.get("/occupations/63200/", {"on": "2025-06-01"})

    assert (answer["code"], answer["teer"], answer["on"]) == ("63200", 3, "2025-06-01")
    assert answer["categories"][0]["edition"] == "2025"
    assert [group["code"] for group in answer["groups"]] == ["6", "63", "632", "6320"]
    assert [(fit["program"], fit["answer"], fit["reason"]) for fit in answer["programs"]] == [
        ("FSW", "counts", "teer_counts"),
        ("CEC", "counts", "teer_counts_language"),
        ("FST", "counts", "trade_group"),
        ("PNP", "depends", "province_decides"),
    ]
    assert answer["memberships"][0] == {
        "category": "trade",
        "edition": "2026",
        "listed": False,
        "start": "2026-02-18",
        "end": None,
    }
    assert [draw["number"] for draw in answer["draws"]] == [draw.number for draw in page.context["draws"]]
    assert answer["former_codes"][0] == {"code": "6322", "title": "Cooks", "successors": ["63200"]}
    assert {"title": "Cuisinier/cuisinière", "language": "fr", "kind": "index"} in answer["titles"]


def test_categories_tell_what_is_in_force(ask):
    answer = {row["slug"]: row for row in ask("categories", on="2026-10-09")}

    assert len(answer) == 11
    assert (answer["stem"]["edition"], answer["stem"]["occupations"]) == ("2026", 11)
    assert (answer["stem"]["latest_draw"]["number"], answer["stem"]["latest_draw"]["cutoff"]) == ("293", 491)
    assert (answer["agriculture"]["edition"], answer["agriculture"]["editions"]) == (None, ["2025", "2023"])
    assert (answer["french"]["edition"], answer["french"]["occupations"]) == ("2026", None)
    assert answer["researchers"]["latest_draw"] is None


def test_category_in_full_has_editions_and_draws_of_the_day(ask):
    answer = ask("categories/stem", on="2024-01-15")

    assert (answer["name"], answer["name_fr"], answer["edition"]) == ("STEM", "STIM", "2023")
    assert [edition["version"] for edition in answer["editions"]] == ["2026", "2025", "2023"]
    assert [draw["number"] for draw in answer["draws"]] == ["274", "254"]


def test_edition_has_the_agreed_facts(ask):
    answer = ask("categories/stem/2023")

    assert (answer["effective_from"], answer["effective_to"], answer["newest"]) == ("2023-05-31", "2025-02-26", "2026")
    assert answer["evidence"] == "government-copy"
    assert answer["rules"] == {
        "minimum_experience_months": 6,
        "experience_window_years": 3,
        "experience_continuous": True,
        "canadian_experience_required": False,
        "minimum_nclc": None,
        "language_rule": None,
        "service_years": None,
        "offer_from": None,
        "offer_from_fr": None,
        "offer_years": None,
        "education_years": None,
    }
    assert len(answer["occupations"]) == 24
    first = answer["occupations"][0]
    assert (first["code"], first["title"], first["title_as_published"], first["teer"]) == (
        "20010",
        "Engineering managers",
        "Engineering managers",
        0,
    )
    assert (first["evidence"], first["checked_on"]) == ("government-copy", "2026-11-21")


def test_edition_of_military_recruits_has_its_conditions_in_fields(ask):
    rules = ask("categories/military/2026")["rules"]

    assert (rules["service_years"], rules["offer_years"], rules["education_years"]) == (10, 3, 2)
    assert rules["offer_from"] == "Canadian Forces Recruiting Group"


def test_edition_with_a_language_rule_has_no_occupations(ask):
    answer = ask("categories/french/2026")

    assert (answer["occupations"], answer["rules"]["minimum_nclc"]) == ([], 7)
    assert answer["rules"]["minimum_experience_months"] is None


def test_comparison_tells_added_removed_and_kept(ask):
    answer = ask("categories/stem/compare/2023/2025")

    assert (codes(answer["added"]), len(answer["removed"]), codes(answer["kept"])) == (STEM_ADDED, 19, STEM_KEPT)
    assert answer["rules_changed"] == []


def test_comparison_tells_changed_titles_and_rules(ask):
    answer = ask("categories/healthcare/compare/2025/2026")

    assert (answer["added"], answer["removed"], len(answer["kept"])) == ([], [], 37)
    assert {row["code"]: row["new"] for row in answer["titles_changed"]}["31121"] == "Dietitians and nutritionists"
    assert answer["rules_changed"][0] == {
        "rule": "experience",
        "old": "at least 6 months in one listed occupation",
        "new": "at least 12 months in one listed occupation",
    }


def test_shortlist_answers_like_the_page(ask):
    answer = ask("shortlist", noc=["21231", "cook", "22300"], on="2024-01-15")

    assert codes(answer["items"]) == ["21231", "22300", "63200"]
    first = answer["items"][0]
    assert [(one["category"], one["edition"]) for one in first["categories"]] == [("stem", "2023")]
    assert (first["latest_draw"]["number"], first["latest_draw"]["cutoff"]) == ("274", 481)
    assert first["changes"] == [{"kind": "left", "category": "stem", "date": "2025-02-27", "edition": "2025"}]
    assert (answer["items"][1]["latest_draw"], answer["items"][1]["categories"]) == (None, [])
    assert answer["read_as"] == [{"text": "cook", "code": "63200", "reason": "title"}]
    address = "http://testserver/shortlist/?noc=21231&noc=22300&noc=63200&on=2024-01-15"
    assert answer["url"] == f"{address}&known={answer['known']}"


@pytest.mark.parametrize(
    ("path", "query", "fields"),
    [
        (
            "occupations",
            {"teer": "9", "category": "zz", "on": "soon", "limit": "0"},
            ["category", "limit", "on", "teer"],
        ),
        ("occupations", {"offset": "-1"}, ["offset"]),
        ("occupations/suggest", {"q": "a" * 201}, ["q"]),
        ("occupations/21231", {"on": "2024-13-40"}, ["on"]),
        ("categories", {"on": "soon"}, ["on"]),
        ("categories/stem", {"on": "soon"}, ["on"]),
        ("shortlist", {}, ["noc"]),
        ("shortlist", {"noc": ["21231", "99999"]}, ["noc"]),
        ("shortlist", {"noc": ["2174", "quokka"], "on": "2999-01-01"}, ["noc", "noc", "on"]),
    ],
)
def test_bad_values_are_named_with_their_fault(ask, path, query, fields):
    errors = ask(path, status=422, **query)["errors"]

    assert sorted(error["field"] for error in errors) == fields
    assert all(error["fault"] for error in errors)


def test_shortlist_fault_names_the_entry(ask):
    errors = ask("shortlist", status=422, noc=["2174", "21231 quokka", "99999"])["errors"]

    assert [error["fault"] for error in errors] == [
        "“2174” means one of these unit groups: 21230, 21232, 21234.",
        "“quokka” next to 21231 is not one of its titles.",
        "“99999” is not a NOC 2021 code, a former code or a complete title.",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "occupations/99999",
        "occupations/2123",
        "occupations/abc",
        "categories/nothing",
        "categories/stem/2024",
        "categories/nothing/2023",
        "categories/stem/compare/2023/2024",
        "categories/stem/compare/2023",
        "categories/stem/compare/2023/a.b",
        "categories/stem/compare/a.b/2023",
        "categories/a.b/compare/2023/2025",
    ],
)
def test_missing_things_answer_404_in_json(ask, path):
    assert ask(path, status=404)["error"]


def test_unpublished_edition_is_missing(make_edition, ask):
    make_edition("stem", "2023", effective_to="2024-12-31")
    make_edition("stem", "2025", status="review")

    assert [edition["version"] for edition in ask("categories/stem")["editions"]] == ["2023"]
    assert ask("categories/stem/2025", status=404)


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("occupations?category=any&limit=5", 4),
        ("occupations?category=any&limit=1000", 4),
        ("occupations/31102", 8),
        ("occupations/21109", 8),
        ("categories", 3),
        ("categories/stem", 4),
        ("categories/healthcare/2026", 4),
        ("categories/healthcare/compare/2023/2026", 3),
        ("shortlist?noc=21231&on=2024-01-15", 7),
    ],
)
def test_query_count(client, path, count, django_assert_num_queries):
    client.get(f"{API}/occupations/suggest?q=cook")  # builds the search index

    with django_assert_num_queries(count):
        response = client.get(f"{API}/{path}")

    assert response.status_code == 200


def test_shortlist_of_50_asks_as_many_queries_as_one(client, django_assert_num_queries):
    client.get(f"{API}/occupations/suggest?q=cook")  # builds the search index
    listed = Occupation.objects.filter(listings__isnull=False).distinct()[:50]
    noc = [one.code for one in listed]

    with django_assert_num_queries(7):
        response = client.get(f"{API}/shortlist", {"noc": noc, "on": "2024-01-15"})

    assert codes(response.json()["items"]) == noc
