from datetime import date

import pytest
from django.http import QueryDict

from draws.filters import DrawFilter
from draws.forms import ListForm
from draws.models import Draw

pytestmark = pytest.mark.both_databases


def chosen(query):
    return DrawFilter(QueryDict(query), Draw.objects.published())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=general", 178),
        ("kind=program", 192),
        ("kind=category", 78),
        ("category=stem", 3),
        ("category=researchers", 0),
        ("program=fst", 178 + 7 + 78),
        ("program=fst&kind=program", 7),
        ("year=2015", 23),
        ("from=2023-12-04&to=2023-12-10", 3),
        ("crs_min=902", 1),
        ("crs_max=75", 1),
        ("category=stem&year=2023", 2),
        ("category=&kind=&crs_min=", 448),
    ],
)
def test_filter_counts_the_real_draws(query, count):
    draws = chosen(query)

    assert draws.is_valid()
    assert draws.qs.count() == count


@pytest.mark.django_db
def test_filter_takes_both_ends_of_a_span():
    draws = chosen("from=2015-01-31&to=2015-02-07&crs_min=818&crs_max=886")

    assert [(draw.number, draw.date, draw.cutoff) for draw in draws.qs] == [
        ("2", date(2015, 2, 7), 818),
        ("1", date(2015, 1, 31), 886),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("kind", "festive", "festive"),
        ("category", "nurses", "nurses"),
        ("program", "xyz", "xyz"),
        ("year", "abc", "abc"),
        ("year", "1999", "1999"),
        ("from", "yesterday", "valid date"),
        ("to", "2023-02-30", "valid date"),
        ("crs_min", "-5", "greater than or equal to 0"),
        ("crs_max", "1201", "less than or equal to 1200"),
        ("crs_min", "high", "whole number"),
    ],
)
def test_bad_value_is_named_and_left_out(field, value, fault):
    draws = chosen(f"{field}={value}&to=2015-01-31" if field != "to" else f"{field}={value}&from=2026-10-01")

    assert list(draws.errors) == [field]
    assert fault in str(draws.errors[field])
    assert draws.qs.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field", "fault"),
    [
        ("from=2023-01-02&to=2023-01-01", "to", "before the start date"),
        ("crs_min=500&crs_max=499", "crs_max", "below the minimum"),
    ],
)
def test_span_that_ends_before_it_starts_is_named(query, field, fault):
    draws = chosen(query)

    assert list(draws.errors) == [field]
    assert fault in str(draws.errors[field])


@pytest.mark.django_db
def test_every_choice_of_a_category_and_a_program_is_public():
    fields = chosen("kind=general").form.fields

    categories = [value for value, label in fields["category"].choices]
    programs = [value for value, label in fields["program"].choices]
    assert categories[:3] == ["", "agriculture", "education"]
    assert len(categories) == 12
    assert programs == ["", "fsw", "fst", "cec", "pnp"]


@pytest.mark.parametrize(("field", "value"), [("sort", "nonsense"), ("per_page", "7")])
def test_bad_order_or_page_size_is_named(field, value):
    shown = ListForm(QueryDict(f"{field}={value}"))

    assert list(shown.errors) == [field]
    assert value in str(shown.errors[field])


def test_order_falls_back_where_a_value_is_bad_or_missing():
    assert ListForm(QueryDict("sort=cutoff&per_page=7")).chosen("sort", "-date") == "cutoff"
    assert ListForm(QueryDict("sort=nonsense")).chosen("sort", "-date") == "-date"
    assert ListForm(QueryDict("")).chosen("sort", "-date") == "-date"
