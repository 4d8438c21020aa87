from datetime import date

import pytest

from occupations.models import Category, Edition, Occupation, OccupationGroup
from occupations.tree import grow

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 10, 9)


def codes(occupations):
    return [occupation.code for occupation in occupations]


def test_public_categories_have_a_published_edition(make_edition):
    make_edition("stem")
    make_edition("trade", status="draft")

    found = [category.slug for category in Category.objects.public()]

    assert found == ["stem"]


@pytest.mark.parametrize(
    ("day", "category", "found"),
    [
        (date(2023, 6, 1), "stem", ["21231"]),
        (date(2026, 6, 1), "stem", ["22300"]),
        (date(2023, 6, 1), None, ["21231", "72010"]),
        (date(2022, 6, 1), None, []),
    ],
)
def test_listed_asks_the_edition_of_the_day(make_edition, day, category, found):
    make_edition("stem", "2023", ["21231"], effective_to=date(2025, 12, 31))
    make_edition("stem", "2026", ["22300"])
    make_edition("trade", "2023", ["72010"])
    make_edition("transport", "2023", ["73300"], status="draft")

    assert codes(Occupation.objects.listed(day, category)) == found


def test_with_listings_takes_only_lists_of_the_day(make_edition):
    make_edition("trade", "2023", ["21231"], effective_to=date(2025, 12, 31))
    healthcare = make_edition("healthcare", "2026", ["21231"])
    stem = make_edition("stem", "2026", ["21231"])

    occupation = Occupation.objects.with_listings(TODAY).get(code="21231")

    assert [listing.edition for listing in occupation.current] == [healthcare, stem]


@pytest.mark.django_db
def test_with_groups_names_the_four_levels_above():
    occupation = Occupation.objects.with_groups().get(code="21231")

    assert occupation.groups == [
        ("2", "Natural and applied sciences and related occupations"),
        ("21", "Professional occupations in natural and applied sciences"),
        ("212", "Professional occupations in applied sciences (except engineering)"),
        ("2123", "Computer, software and Web designers and developers"),
    ]


def test_editions_with_sizes_keep_their_order(make_edition):
    make_edition("stem", "2023", ["21231", "21232"], effective_to=date(2024, 12, 31))
    make_edition("stem", "2025", ["21231"])

    found = [(edition.version, edition.size) for edition in Edition.objects.with_sizes()]

    assert found == [("2025", 1), ("2023", 2)]


def test_held_draws_are_published_ones_up_to_the_day(make_edition, make_draw):
    stem, trade = make_edition("stem", "2023"), make_edition("trade", "2023")
    first = make_draw(1, edition=stem, date=date(2023, 7, 5))
    second = make_draw(2, edition=stem, date=date(2023, 12, 8))
    make_draw(3, edition=stem, date=date(2024, 4, 11))
    make_draw(4, edition=stem, date=date(2023, 8, 1), status="draft")
    make_draw(5, edition=trade, date=date(2023, 8, 1))

    found = Edition.objects.filter(category=stem.category).held(date(2023, 12, 8))

    assert [*found] == [second, first]


def test_latest_draws_are_one_per_category(make_edition, make_draw):
    stem, trade = make_edition("stem", "2023"), make_edition("trade", "2023")
    make_draw(1, edition=stem, date=date(2023, 7, 5))
    of_stem = make_draw(2, edition=stem, date=date(2023, 12, 8))
    of_trade = make_draw(3, edition=trade, date=date(2023, 8, 1))
    make_draw(4, edition=trade, date=date(2024, 8, 1))

    found = Edition.objects.published().latest_draws(date(2023, 12, 31))

    assert [*found] == [of_trade, of_stem]


def test_editions_of_an_occupation_tell_which_list_it(make_edition):
    old = make_edition("trade", "2023", ["72010"], effective_to=date(2024, 12, 31))
    new = make_edition("trade", "2025", ["63200"])
    make_edition("stem", "2023", ["21231"])

    found = Edition.objects.published().of_occupation(Occupation.objects.get(code="63200"))

    assert [(edition, edition.lists_it) for edition in found] == [(new, True), (old, False)]


@pytest.mark.django_db
def test_tree_reaches_every_unit_group():
    tree = grow(OccupationGroup.objects.all(), Occupation.objects.all())

    found = [
        occupation.code
        for broad in tree
        for major in broad.groups
        for sub_major in major.groups
        for minor in sub_major.groups
        for occupation in minor.occupations
    ]
    assert found == codes(Occupation.objects.all())
    assert len(found) == 516
    assert [broad.size for broad in tree] == [6, 60, 66, 43, 52, 37, 61, 94, 29, 68]
