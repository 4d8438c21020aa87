from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from draws.models import Draw

pytestmark = pytest.mark.both_databases

NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
MAY = date(2024, 5, 1)

DRAW_FAULTS = [
    ("draw_number_form", {"number": "0"}),
    ("draw_number_form", {"number": "007"}),
    ("draw_edition_only_for_category", {"kind": "category", "edition": None}),
    ("draw_drawn_at_known_or_missing", {"drawn_at": None, "drawn_at_missing": ""}),
    ("draw_drawn_at_known_or_missing", {"drawn_at_missing": "not-held"}),
    ("draw_tie_break_known_or_missing", {"tie_break": None, "tie_break_missing": ""}),
    ("draw_tie_break_known_or_missing", {"tie_break_missing": "not-published"}),
    ("draw_pool_known_or_missing", {"pool_missing": ""}),
    ("draw_pool_known_or_missing", {"pool_missing": "lost"}),
]


@pytest.mark.parametrize(("rule", "fields"), DRAW_FAULTS)
def test_draw_is_refused(make_draw, refused, rule, fields):
    with refused(rule):
        make_draw(**fields)


def test_draw_of_another_kind_with_edition_is_refused(make_draw, make_edition, refused):
    edition = make_edition()

    with refused("draw_edition_only_for_category"):
        make_draw(kind="general", edition=edition)


def test_draw_with_pool_said_to_be_missing_is_refused(make_draw, make_pool, refused):
    pool = make_pool()

    with refused("draw_pool_known_or_missing"):
        make_draw(pool=pool, pool_missing="not-held")


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "91a"},
        {"number": "9999"},
        {"cutoff": 0},
        {"cutoff": 1200},
        {"cutoff": None},
        {"invitations": 1},
        {"invitations": None},
        {"drawn_at": NOON, "date": MAY, "tie_break": NOON},
        {"drawn_at": None, "drawn_at_missing": "not-held"},
        {"tie_break": None, "tie_break_missing": "not-published"},
        {"pool": None, "pool_missing": "not-held"},
    ],
)
def test_draw_at_the_edge_is_accepted(make_draw, fields):
    draw = make_draw(**fields)

    draw.full_clean()

    assert [getattr(draw, name) for name in fields] == list(fields.values())


def test_draw_number_is_unique(make_draw):
    make_draw("92")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_draw("92")


def test_draws_sort_by_number_and_letter(make_draw):
    for number in ["100", "91b", "9", "92", "91a", "90"]:
        make_draw(number)

    numbers = Draw.objects.order_by("sequence").values_list("number", flat=True)

    assert list(numbers) == ["9", "90", "91a", "91b", "92", "100"]


def test_draws_are_listed_newest_first(make_draw):
    older, newer = make_draw("91"), make_draw("92")

    assert list(Draw.objects.all()) == [newer, older]


def test_edition_out_of_force_is_named_in_the_form(make_draw, make_edition):
    edition = make_edition(effective_from=date(2024, 1, 1), effective_to=date(2024, 12, 31))
    draw = make_draw(edition=edition)
    draw.date = date(2025, 1, 1)

    with pytest.raises(ValidationError) as fault:
        draw.full_clean()

    assert fault.value.message_dict["edition"] == [
        "STEM 2023 was not in force on 2025-01-01. Choose the edition of that day, "
        "or correct the dates of the edition first."
    ]


def test_cutoff_out_of_range_is_explained_in_the_form(make_draw):
    draw = make_draw()
    draw.cutoff = 1201

    with pytest.raises(ValidationError) as fault:
        draw.full_clean()

    assert fault.value.messages == ["A CRS cut-off lies between 0 and 1200."]


def test_alike_keeps_to_the_category(make_draw, make_edition):
    stem, trade = make_edition("stem"), make_edition("trade")
    first, _, second = make_draw(edition=stem), make_draw(edition=trade), make_draw(edition=stem)

    assert list(Draw.objects.same_stream(first)) == [second, first]


def test_alike_keeps_to_the_program(make_draw):
    first, _, second = (make_draw(kind="program", programs=code) for code in ["PNP", "CEC", "PNP"])

    assert list(Draw.objects.same_stream(first)) == [second, first]


def test_alike_keeps_general_draws_together(make_draw):
    first, _, second = make_draw(), make_draw(kind="program"), make_draw()

    assert list(Draw.objects.same_stream(first)) == [second, first]


def test_draw_names_its_category(make_draw, make_edition):
    edition = make_edition("trade")

    assert make_draw(edition=edition).category == edition.category
    assert make_draw().category is None


def test_pool_counts_candidates_outside_its_ranges(make_pool):
    pool = make_pool(unallocated_451_500=180)

    pool.full_clean()

    assert pool.total == 330


def test_correction_seen_on_one_day_is_accepted(make_correction):
    correction = make_correction(last_seen_old=date(2024, 5, 2))

    correction.full_clean()

    assert correction.get_absolute_url() == "/draws/1/#corrections"


def test_discrepancy_links_to_its_place(make_discrepancy):
    assert make_discrepancy().get_absolute_url() == "/draws/1/#discrepancies"


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("edition", "draw", "waits"),
    [
        ({}, {}, False),
        ({"status": "draft"}, {}, True),
        ({"status": "review"}, {"publish_at": NOON + HOUR}, True),
        ({"publish_at": NOON + HOUR}, {}, True),
        ({"publish_at": NOON + HOUR}, {"publish_at": NOON - HOUR}, True),
        ({"publish_at": NOON + 2 * HOUR}, {"publish_at": NOON + HOUR}, True),
        ({"publish_at": NOON + HOUR}, {"publish_at": NOON + HOUR}, False),
        ({"publish_at": NOON}, {"publish_at": NOON - HOUR}, False),
    ],
)
def test_draw_is_not_public_before_its_edition(make_edition, make_draw, edition, draw, waits):
    edition = make_edition(**edition)
    row = make_draw(edition=edition, status="draft", **draw)

    faults = row.publishing_faults(NOON)

    assert faults == ([f"{edition} is not published yet. Publish the edition first."] if waits else [])


def test_draw_without_an_edition_waits_for_none(make_draw):
    assert make_draw(status="draft").publishing_faults() == []
