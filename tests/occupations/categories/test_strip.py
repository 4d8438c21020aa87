from datetime import date

import pytest
from django.test import Client

from occupations.categories.strip import place

pytestmark = pytest.mark.django_db
YEARS = range(2023, 2027)


def strip_of(code, **asked):
    return Client().get(f"/occupations/{code}/", asked).context["strip"]


@pytest.mark.parametrize(
    ("day", "hundredths"), [(date(2023, 1, 1), 0), (date(2025, 1, 1), 100 * 731 / 1461), (date(2027, 1, 1), 100)]
)
def test_day_has_its_place_in_whole_years(day, hundredths):
    assert place(day, YEARS) == pytest.approx(hundredths)


def test_strip_shows_when_a_category_listed_the_occupation_and_when_it_drew():
    found = strip_of("21231")
    [row] = found.rows

    assert found.years == YEARS
    assert row.category.slug == "stem"
    assert [span.listed for span in row.spans] == [True, False, False]
    starts = [date(2023, 5, 31), date(2025, 2, 27), date(2026, 2, 18)]
    assert [span.start for span in row.spans] == [f"{place(day, YEARS):.2f}" for day in starts]
    assert float(row.spans[-1].start) + float(row.spans[-1].width) == pytest.approx(
        place(date(2026, 10, 11), YEARS), abs=0.01
    )
    assert len(row.draws) == 3


def test_strip_has_a_row_for_each_category():
    assert [row.category.slug for row in strip_of("31102").rows] == ["healthcare", "physicians"]
    assert [len(row.draws) for row in strip_of("31102").rows] == [16, 3]


def test_strip_of_a_day_ends_there():
    found = strip_of("21231", on="2024-01-15")

    assert found.years == range(2023, 2025)
    assert [span.listed for span in found.rows[0].spans] == [True]
    assert len(found.rows[0].draws) == 2


def test_occupation_that_no_category_listed_has_no_strip(html):
    assert strip_of("10010") is None
    assert 'class="strip"' not in html("/occupations/10010/")


def test_strip_stands_after_the_verdict_before_the_rest(html):
    page = html("/occupations/21231/")

    assert page.index('class="lede"') < page.index('class="strip"') < page.index('class="figures"')


def test_long_french_title_may_break_where_its_forms_meet(html):
    assert "<h1>Omnipraticiens/<wbr>omnipraticiennes et médecins" in html("/fr/occupations/31102/")


def test_french_strip_writes_its_places_as_numbers(html):
    drawing = html("/fr/occupations/21231/").split('class="strip"')[1].split("</figure>")[0]

    assert 'viewBox="0 0 100 10"' in drawing
    assert "," not in drawing.split("<svg")[2]
