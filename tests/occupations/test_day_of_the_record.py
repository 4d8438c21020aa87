import pytest

from editing.days import canadian_day


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
