import pytest

from editing.days import canadian_day
from tests.markup import markup


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/occupations/?q=2173", "/occupations/10010/", "/occupations/21231/", "/categories/", "/categories/stem/"],
)
def test_no_sentence_reaches_past_the_day_of_the_record(html, address):
    page = html(address)

    assert f"{canadian_day():%B %-d, %Y}" not in page
    assert "October 10, 2026" in page


@pytest.mark.django_db
def test_shortlist_table_does_not_reach_past_the_day_of_the_record(html):
    assert "Programs, categories and draws on October 10, 2026" in html("/shortlist/", noc="21231")


LATER = f"{canadian_day():%Y-%m-%d}"  # past the last complete day


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/occupations/?q=2173&", "/occupations/21231/?", "/categories/?", "/categories/stem/?", "/shortlist/?noc=21231&"],
)
def test_later_day_is_not_known_yet_on_any_dated_page(client, address):
    response = client.get(f"{address}on={LATER}")

    page = markup(response)
    assert f"{canadian_day():%B %-d, %Y}: not known yet." in page
    assert "This record is complete to October 10, 2026" in page
    if "full_url" in response.context:
        assert "on=2026-10-10&known=" in response.context["full_url"]
        assert f"{response.context['full_url'].replace('&', '&amp;')}" in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["occupations/21231?", "categories/stem?", "shortlist?noc=21231&"])
def test_api_of_a_later_day_gives_the_last_complete_one(client, address):
    answers = [client.get(f"/api/v1/{address}on={day}").json() for day in (LATER, "2026-10-10")]

    assert answers[0] == answers[1]
    assert answers[0]["on"] == "2026-10-10"
