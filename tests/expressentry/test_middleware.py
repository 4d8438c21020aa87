import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("path", "language"), [("/draws/", "en"), ("/fr/draws/", "fr"), ("/french/", "en")])
def test_address_decides_the_language(client, path, language):
    response = client.get(path, headers={"Accept-Language": "fr"})

    assert response.headers["Content-Language"] == language
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/fr/draws/254/", "GET, HEAD, OPTIONS"),
        ("/api/v1/draws", "GET, HEAD, OPTIONS"),
        ("/sitemap.xml", "GET, HEAD, OPTIONS"),
        ("/admin/login/", "GET, HEAD, OPTIONS, POST"),
        ("/check/", "GET, HEAD, OPTIONS, POST"),
        ("/fr/check/", "GET, HEAD, OPTIONS, POST"),
        ("/api/v1/check", "OPTIONS, POST"),
    ],
)
def test_address_names_its_methods_and_refuses_others(path, allowed):
    client = Client(raise_request_exception=False)

    options, refused = client.options(path), [client.trace(path), client.delete(path), client.put(path)]

    assert (options.status_code, options.headers["Allow"], options.content) == (204, allowed, b"")
    assert {(one.status_code, one.headers["Allow"]) for one in refused} == {(405, allowed)}
    assert {f" {allowed}." in one.content.decode() for one in refused} == {True}


@pytest.mark.parametrize("cookie", ["csrftoken=", "csrftoken=damaged", "sessionid=damaged; csrftoken=x"])
def test_public_page_answers_a_damaged_cookie_without_setting_one(client, cookie):
    answers = [client.get(path, headers={"Cookie": cookie}) for path in ("/about/", "/api/v1/occupations/suggest?q=a")]

    assert [(answer.status_code, dict(answer.cookies)) for answer in answers] == [(200, {})] * 2


@pytest.mark.parametrize("path", ["/about/", "/fr/checking/", "/check/more/", "/api/v1/changes"])
def test_public_page_takes_no_post(client, path):
    assert client.post(path).status_code == 405


def test_script_of_another_origin_may_post_a_question(client):
    answer = client.options("/api/v1/check", headers={"Origin": "https://firm.example"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "POST"
    assert answer.headers["Access-Control-Allow-Headers"] == "Content-Type"
