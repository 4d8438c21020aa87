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
    ],
)
def test_address_names_its_methods_and_refuses_others(path, allowed):
    client = Client(raise_request_exception=False)

    options, refused = client.options(path), [client.trace(path), client.delete(path), client.put(path)]

    assert (options.status_code, options.headers["Allow"], options.content) == (204, allowed, b"")
    assert {(one.status_code, one.headers["Allow"]) for one in refused} == {(405, allowed)}


def test_public_page_takes_no_post(client):
    assert client.post("/about/").status_code == 405
