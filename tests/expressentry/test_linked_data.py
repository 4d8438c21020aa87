import json
import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def graph(html):
    def get(url):
        """The JSON-LD of a page, by type."""
        [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html(url), re.DOTALL)
        return {part["@type"]: part for part in json.loads(text)["@graph"]}

    return get


def test_every_page_is_a_web_page(graph):
    page = graph("/fr/draws/254/")["WebPage"]

    assert (page["url"], page["inLanguage"]) == ("http://testserver/fr/draws/254/", "fr")
    assert page["dateModified"] == "2026-10-10"


def test_breadcrumbs_end_with_the_page(graph):
    items = graph("/categories/stem/2023/")["BreadcrumbList"]["itemListElement"]

    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert items[-1]["item"] == "http://testserver/categories/stem/2023/"


def test_list_of_draws_is_a_dataset(graph, client):
    dataset = graph("/draws/")["Dataset"]

    for download in dataset["distribution"]:
        assert client.get(download["contentUrl"]).status_code == 200
    assert dataset["license"].startswith("https://open.canada.ca/")


def test_text_cannot_close_the_script(make_draw, html, graph):
    make_draw(1, name_en="</script><b>")

    assert "</script><b>" not in html("/draws/1/")
    assert graph("/draws/1/")["WebPage"]
