"""How long an application takes, with the day of the figure, apart from what a program asks."""

import pytest

pytestmark = pytest.mark.django_db


def words(html, url):
    return " ".join(html(url).split())


@pytest.mark.parametrize("url", ["/programs/canadian-experience-class/", "/how-it-works/", "/programs/"])
def test_processing_times_carry_their_date(html, url):
    text = words(html, url)

    assert "About 6 months, as of September 3, 2026" in text


def test_program_tells_its_processing_time_apart_from_its_rules(client, html):
    url = "/programs/canadian-experience-class/"

    found, text, french = client.get(url).context, words(html, url), words(html, f"/fr{url}")

    assert [rule.key for rule in found["times"]] == ["processing-time"]
    assert "processing-time" not in [rule.key for rule in found["rules"]["in_force"]]
    assert "58,900 were waiting for a decision" in text
    assert 'href="https://www.canada.ca/content/dam/ircc/documents/json/flpt-en.json"' in text
    assert "Environ 6 mois, au 3 septembre 2026" in french
