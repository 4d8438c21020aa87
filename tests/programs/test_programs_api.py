import pytest

from programs.calculators.links import crs_query, fsw_query
from programs.calculators.worked_cases import crs_cases, fsw_cases
from tests.programs.profiles import ALL_AT_9, MASTERS, MASTERS_ABROAD, SKILLED

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def get(path, status=200, **query):
        """The JSON answer, which must have that status and be open to every origin."""
        response = client.get(f"/api/v1/{path}", query)
        assert response.status_code == status
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        return response.json()

    return get


def without_notes(answer):
    return {name: value for name, value in answer.items() if name != "notes"}


def codes(notes):
    assert all(note["text"] for note in notes)
    return [note["code"] for note in notes]


def test_crs_answers_464_with_the_agreed_keys_in_order(ask):
    answer = ask("crs", **MASTERS_ABROAD)

    assert list(answer) == ["grid", "total", "A", "B", "C", "D", "notes"]
    assert (answer["grid"], answer["total"]) == ("2025-03-25", 464)
    assert list(answer["A"].items()) == [
        ("age", 105), ("education", 135), ("first_language", 124), ("second_language", 0), ("canadian_work", 0),
        ("section", 364),
    ]  # fmt: skip
    assert list(answer["B"]) == ["education", "language", "canadian_work", "section"]
    assert list(answer["C"].items()) == [
        ("education_language", 50), ("education_canadian_work", 0), ("education_group", 50), ("foreign_language", 50),
        ("foreign_canadian_work", 0), ("foreign_group", 50), ("certificate_group", 0), ("section", 100),
    ]  # fmt: skip
    assert list(answer["D"]) == ["nomination", "french", "study_in_canada", "sibling", "section"]
    assert codes(answer["notes"]) == ["grid_superseded_reported"]


def test_crs_gives_a_bachelors_degree_25(ask):
    assert ask("crs", **MASTERS | {"education": "bachelors"})["C"]["education_group"] == 25


def test_crs_keeps_a_nomination_at_600(ask):
    answer = ask("crs", **MASTERS, nomination="true", sibling="1", canadian_study="one_or_two_year")

    assert answer["D"] == {"nomination": 600, "french": 0, "study_in_canada": 15, "sibling": 15, "section": 600}
    assert "capped D.section" in codes(answer["notes"])


@pytest.mark.parametrize("case", crs_cases(), ids=lambda case: case.key)
def test_crs_case_agrees_with_the_hand(ask, case):
    answer = ask("crs", **crs_query(case.profile))

    assert {name: answer[name] for name in ("A", "B", "C", "D", "total")} == case.points
    assert tuple(code.removeprefix("capped ") for code in codes(answer["notes"]) if " " in code) == case.caps


@pytest.mark.parametrize("case", fsw_cases(), ids=lambda case: case.key)
def test_fsw_case_agrees_with_the_hand(ask, case):
    answer = ask("fsw", **fsw_query(case.profile))

    assert without_notes(answer) | {"reasons": codes(answer["reasons"])} == case.points


def test_fsw_answers_with_the_agreed_keys_in_order(ask):
    answer = ask("fsw", **SKILLED)

    assert list(answer)[:4] == ["points", "total", "meets_minimum_requirements", "passes_67"]
    assert list(answer["points"]) == [
        "language_first", "language_second", "education", "experience", "age", "arranged_employment", "adaptability",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "query", "fields"),
    [
        ("crs", {}, ["age", "education", "first_test", *ALL_AT_9]),
        ("crs", MASTERS | {"age": "x", "grid": "1"}, ["age", "grid"]),
        ("crs", MASTERS | {"first_reading": "9.5", "sibling": "perhaps"}, ["first_reading", "sibling"]),
        ("fsw", SKILLED | {"adaptability": "luck"}, ["adaptability"]),
        ("language", {}, ["test"]),
        ("language", {"test": "toefl", "level": "0"}, ["test", "level"]),
    ],
)
def test_bad_values_are_named_with_their_fault(ask, path, query, fields):
    errors = ask(path, status=422, **query)["errors"]

    assert sorted(error["field"] for error in errors) == sorted(fields)
    assert all(error["fault"] for error in errors)


def test_language_answers_levels_and_scores(ask):
    answer = ask("language", test="pte_core", speaking="76", listening="27", reading="90", writing="78", level="7")

    assert answer["levels"] == {"speaking": 8, "listening": 0, "reading": 10, "writing": 7}
    assert (answer["language"], answer["lowest"], answer["level"]) == ("english", 0, 7)
    assert answer["scores"]["ielts_general"]["listening"] == {"min": 6.0, "max": 7.0}


def test_language_unknown_is_null(ask):
    answer = ask("language", test="tef_canada", reading="207")

    assert answer["levels"] == {"speaking": None, "listening": None, "reading": 7, "writing": None}
    assert (answer["lowest"], answer["level"], answer["scores"]) == (None, None, None)


def test_programs_are_the_four(ask):
    assert [(row["code"], row["url"].removeprefix("http://testserver")) for row in ask("programs")] == [
        ("FSW", "/programs/federal-skilled-worker/"),
        ("FST", "/programs/federal-skilled-trades/"),
        ("CEC", "/programs/canadian-experience-class/"),
        ("PNP", "/programs/provincial-nominee-program/"),
    ]


def test_program_in_full_has_dated_requirements_and_fees(ask):
    answer = ask("programs/federal-skilled-trades")

    assert {"language", "experience", "funds"} <= {rule["topic"] for rule in answer["requirements"]}
    assert {rule["state"] for rule in answer["requirements"]} >= {"in-force", "proposed"}
    assert all(rule["checked_on"] and rule["known_true_on"] for rule in answer["requirements"])
    assert answer["fees"]


def test_missing_program_answers_404_in_json(ask):
    assert ask("programs/nothing", status=404)["error"]


@pytest.mark.parametrize("path", ["crs", "fsw", "language", "programs", "programs/federal-skilled-worker"])
def test_answers_ask_few_queries(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(f"/api/v1/{path}", MASTERS_ABROAD)
