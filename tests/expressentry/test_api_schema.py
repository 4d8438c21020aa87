"""What the API says of itself in its OpenAPI description."""

from urllib.parse import urljoin

import pytest
from ninja import Schema

from expressentry.api import EXAMPLES

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def paths(client):
    return client.get(f"{API}openapi.json").json()["paths"]


def schemas(base=Schema):
    for schema in base.__subclasses__():
        yield from [schema, *schemas(schema)]


def values(schema):
    """Some values that a parameter takes: every one it names, the least and the greatest."""
    one = schema.get("items", schema)
    return [*one.get("enum", [])[:60], *(one[key] for key in ("minimum", "maximum") if key in one)]


def test_schema_names_are_unique():
    names = [schema.__name__ for schema in set(schemas()) if schema.__name__ != "NinjaResponseSchema"]

    assert len(names) > 40
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("path", ["draws", "invited", "crs", "fsw", "language"])
def test_each_value_of_the_description_is_accepted_in_the_example(client, paths, path):
    address = API + EXAMPLES[path]
    named = [(one["name"], value) for one in paths[API + path]["get"]["parameters"] for value in values(one["schema"])]

    # Another test or language asks for other scores beside it.
    tried = [pair for pair in named if not pair[0].endswith(("test", "first_language", "second_language"))]
    refused = [pair for pair in tried if client.get(f"{address}&{pair[0]}={pair[1]}").status_code != 200]

    assert refused == []
    assert len(tried) >= 8


def test_every_address_describes_its_refusals(paths):
    answers = {path: set(one["responses"]) for path, methods in paths.items() for one in methods.values()}

    assert {path for path, found in answers.items() if not found >= {"200", "405", "503"}} == set()
    named = {path for path in answers if "{" in path} | {f"{API}shortlist"}  # the moment of which may be missing
    assert {path for path, found in answers.items() if "404" in found} == named
    assert "422" in answers[f"{API}draws"]
    assert answers[f"{API}check"] >= {"400", "422"}


def test_description_names_what_must_be_given(paths):
    given = {one["name"] for one in paths[f"{API}crs"]["get"]["parameters"] if one["required"]}

    assert given == {"age", "education", "first_test"}


def test_api_answers_head_like_get(client):
    answer = client.head(f"{API}draws/254")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_api_refuses_other_methods_in_json(client, method):
    answer = getattr(client, method)(f"{API}draws")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json()["error"] == "This address takes GET, HEAD, OPTIONS."


@pytest.mark.parametrize("path", ["draws/a%0Ab/c", "a%0Ab", "draws/254/", "/api/v2/draws", "nothing"])
def test_api_names_what_is_missing_in_json(client, path):
    answer = client.get(urljoin(API, path))

    assert answer.status_code == 404
    assert answer.json()["error"]
