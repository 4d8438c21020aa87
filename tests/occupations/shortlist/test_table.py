from datetime import date

import pytest

from occupations.shortlist.table import Shortlist
from programs.models import OccupationRule

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TODAY = date(2026, 10, 9)


def shortlist(codes, day=TODAY):
    return Shortlist(codes.split(), day, TODAY)


def lists(row):
    return [listing.edition.natural_key() for listing in row.listings]


def moves(row):
    return [(change.kind, change.category.slug, change.day.isoformat()) for change in row.changes]


def test_row_shows_the_lists_and_the_latest_draw_of_the_day():
    rows = shortlist("21231 22300 63200", date(2024, 1, 15)).rows

    assert [lists(row) for row in rows] == [[("stem", "2023")], [], []]
    assert [row.draw and (row.draw.number, row.draw.cutoff) for row in rows] == [("274", 481), None, None]


@pytest.mark.parametrize(
    ("code", "day", "changes"),
    [
        ("21231", date(2024, 1, 15), [("left", "stem", "2025-02-27")]),
        ("22300", date(2024, 1, 15), [("joined", "stem", "2025-02-27")]),
        ("22300", date(2025, 2, 27), [("kept", "stem", "2026-02-18")]),
        ("63200", date(2024, 1, 15), [("joined", "trade", "2025-02-27"), ("left", "trade", "2026-02-18")]),
        ("63200", date(2025, 2, 27), [("left", "trade", "2026-02-18")]),
        ("31102", date(2025, 6, 1), [("joined", "physicians", "2026-02-18"), ("kept", "healthcare", "2026-02-18")]),
        ("63200", date(2026, 2, 18), []),
        ("63200", TODAY, []),
        ("21109", date(2023, 6, 1), []),
    ],
)
def test_changes_since_the_day(code, day, changes):
    assert moves(shortlist(code, day).rows[0]) == changes


def test_category_that_ended_is_left_without_an_edition():
    change, *_ = shortlist("63201", date(2025, 6, 1)).rows[0].changes

    assert (change.kind, change.category.slug, change.edition, change.before.version) == (
        "left",
        "agriculture",
        None,
        "2025",
    )


def test_category_that_paused_is_left_and_joined():
    assert moves(shortlist("72600", date(2025, 1, 1)).rows[0]) == [
        ("left", "transport", "2025-02-27"),
        ("joined", "transport", "2026-02-18"),
    ]


def test_changes_end_today():
    earlier = Shortlist(["63200"], date(2024, 1, 15), date(2025, 6, 1))

    assert moves(earlier.rows[0]) == [("joined", "trade", "2025-02-27")]


def test_programs_answer_with_numbered_reasons():
    found = shortlist("21231 21232 63200")

    answers = [[(fit.program, fit.answer, number) for fit, number in fits] for _, fits in found.numbered]
    assert answers[0] == [("FSW", "counts", 1), ("FST", "no", 3), ("CEC", "counts", 5), ("PNP", "depends", 7)]
    assert answers[0] == answers[1]
    assert answers[2] == [("FSW", "counts", 2), ("FST", "counts", 4), ("CEC", "counts", 6), ("PNP", "depends", 7)]
    assert [*found.reasons.values()] == [1, 2, 3, 4, 5, 6, 7]


def test_evidence_names_every_edition_that_the_table_names():
    concerned = shortlist("63200", date(2024, 1, 15)).concerned

    assert [(edition.version, [one.evidence for one in listings]) for edition, listings in concerned] == [
        ("2026", []),
        ("2025", ["third-party"]),
        ("2023", []),
    ]


def test_unpublished_edition_and_draw_never_show(make_edition, make_draw):
    make_edition("stem", "2023", effective_to=date(2024, 12, 31))
    hidden = make_edition("stem", "2025", status="review")
    make_draw(1, edition=hidden, status="review")

    (row,) = shortlist("21231").rows

    assert (lists(row), row.draw, row.changes) == ([], None, [])


def test_day_before_noc_2021_is_known():
    assert [shortlist("21231", date(2022, 11, day)).before_noc_2021 for day in (15, 16)] == [True, False]


def test_programs_are_those_of_the_day():
    rule = OccupationRule.objects.get(program__code="FSW", prefix="x1")
    OccupationRule.objects.filter(pk=rule.pk).update(valid_to=date(2026, 6, 30))

    answers = [shortlist("21231", day).rows[0].fits[0].answer for day in (date(2024, 1, 15), date(2026, 7, 1))]

    assert answers == ["counts", "no"]


def test_days_before_noc_2021_have_its_first_rules():
    assert shortlist("21231", date(2016, 1, 1)).rows[0].fits[0].answer == "counts"
