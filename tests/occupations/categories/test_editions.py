from datetime import date

import pytest

from occupations.categories.editions import (
    compare_editions,
    in_force,
    last_change,
    matrix,
    memberships,
    periods,
    sources,
)
from occupations.models import Edition, Occupation

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

STEM_KEPT = ["20011", "21220", "21300", "21310", "21321"]
STEM_ADDED = ["21301", "21331", "22300", "22301", "22310", "63100"]


def edition(slug, version):
    return Edition.objects.with_lists().get(category__slug=slug, version=version)


def editions(slug):
    return [*Edition.objects.with_lists().filter(category__slug=slug)]


def codes(listings):
    return [listing.occupation.code for listing in listings]


def test_compare_stem_2023_with_2025():
    comparison = compare_editions(edition("stem", "2023"), edition("stem", "2025"))

    assert codes(comparison.added) == STEM_ADDED
    assert len(comparison.removed) == 19
    assert codes(comparison.removed)[:3] == ["20010", "20012", "21200"]
    assert codes(both.new for both in comparison.kept) == STEM_KEPT
    assert comparison.rules == []


def test_compare_backwards_swaps_added_and_removed():
    forwards = compare_editions(edition("stem", "2023"), edition("stem", "2025"))
    backwards = compare_editions(edition("stem", "2025"), edition("stem", "2023"))

    assert backwards.added == forwards.removed
    assert backwards.removed == forwards.added
    assert codes(both.old for both in backwards.kept) == codes(both.new for both in forwards.kept)


def test_compare_trade_2025_with_2026():
    comparison = compare_editions(edition("trade", "2025"), edition("trade", "2026"))

    assert codes(comparison.added) == ["63201"]
    assert codes(comparison.removed) == ["63200"]
    assert len(comparison.kept) == 24


def test_compare_equal_lists_with_other_rules():
    comparison = compare_editions(edition("healthcare", "2025"), edition("healthcare", "2026"))

    assert comparison.same_list
    assert len(comparison.kept) == 37
    assert [(change.label, change.old.text, change.new.text) for change in comparison.rules] == [
        (
            "Work experience",
            "at least 6 months in one listed occupation",
            "at least 12 months in one listed occupation",
        ),
        ("Without a break", "yes, it must be continuous", "no, periods of work add up"),
    ]


def test_compare_names_titles_written_differently():
    comparison = compare_editions(edition("healthcare", "2025"), edition("healthcare", "2026"))

    assert [
        (both.old.title_as_published_en, both.new.title_as_published_en)
        for both in comparison.retitled
        if both.new.occupation.code == "31121"
    ] == [("Dieticians and nutritionists", "Dietitians and nutritionists")]


def test_compare_shows_a_new_official_name():
    comparison = compare_editions(edition("healthcare", "2023"), edition("healthcare", "2025"))

    assert [(change.label, change.old.text, change.new.text) for change in comparison.rules] == [
        ("Official name", "Healthcare occupations", "Healthcare and social services occupations")
    ]


def test_periods_show_the_gap_of_transport():
    found = [
        (period.edition and period.edition.version, period.start, period.end)
        for period in periods(editions("transport"))
    ]

    assert found == [
        ("2026", date(2026, 2, 18), None),
        (None, date(2025, 2, 27), date(2026, 2, 17)),
        ("2023", date(2023, 5, 31), date(2025, 2, 26)),
    ]


def test_periods_know_no_gap_after_an_edition_without_an_end():
    """The database refuses two such editions, but not for a moment of a form that has both."""
    first, second = (Edition(version=year, effective_from=date(int(year), 1, 1)) for year in ["2023", "2025"])

    assert [period.edition for period in periods([first, second])] == [second, first]


def test_periods_end_with_a_gap_where_nothing_followed():
    newest, *_ = periods(editions("agriculture"))

    assert (newest.edition, newest.start, newest.end) == (None, date(2026, 2, 18), None)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2023, 5, 30), None),
        (date(2023, 5, 31), "2023"),
        (date(2025, 2, 26), "2023"),
        (date(2025, 2, 27), "2025"),
        (date(2026, 2, 17), "2025"),
        (date(2026, 2, 18), "2026"),
    ],
)
def test_in_force_changes_on_the_day(day, version):
    found = in_force(editions("stem"), day)

    assert (found and found.version) == version


def test_matrix_has_every_occupation_of_any_edition():
    rows = {row.occupation.code: row.listed for row in matrix(editions("trade"))}

    assert len(rows) == 30
    assert rows["63200"] == [False, True, False]
    assert rows["63201"] == [True, False, False]
    assert rows["72106"] == [True, True, True]


def test_memberships_follow_an_occupation_through_its_categories():
    found = memberships(editions_of("63200"), date(2026, 10, 9))

    assert [(one.category.slug, one.period.edition.version, one.listed, one.state) for one in found] == [
        ("trade", "2026", False, "past"),
        ("trade", "2025", True, "past"),
        ("trade", "2023", False, "past"),
    ]


def test_memberships_in_two_categories_at_once():
    found = memberships(editions_of("31102"), date(2026, 10, 9))

    assert [(one.category.slug, one.period.edition.version, one.state) for one in found] == [
        ("healthcare", "2026", "in-force"),
        ("physicians", "2026", "in-force"),
        ("healthcare", "2025", "past"),
        ("healthcare", "2023", "past"),
    ]


def editions_of(code):
    return Edition.objects.published().of_occupation(Occupation.objects.get(code=code))


def test_sources_are_counted_once_each():
    found = sources(edition("healthcare", "2026").listings.all())

    assert [(listing.evidence, listing.confirmed_by != "", count) for listing, count in found] == [
        ("third-party", False, 23),
        ("third-party", True, 14),
    ]


def test_last_change_passes_over_an_edition_that_changed_nothing():
    editions = [edition("stem", version) for version in ("2025", "2025", "2023")]

    old, new, change = last_change(editions, date(2026, 10, 1))

    assert (old.version, new.version, len(change.added), len(change.removed)) == ("2023", "2025", 6, 19)
    assert last_change(editions, date(2024, 1, 15)) is None
