from datetime import date

import pytest

from programs.models import Amount
from programs.plausibility import doubts_about_amount

TODAY = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("dollars", "before", "year", "expected"),
    [
        (950, None, 2026, []),
        (2850, 950, 2026, []),
        (300, 900, 2026, []),
        (9500, 950, 2026, ["$9,500: the amount before it was $950."]),
        (299, 900, 2026, ["$299: the amount before it was $900."]),
        (950, 950, 2028, []),
        (950, 950, 2029, ["It is valid from 2029-01-01, which is years ahead."]),
    ],
)
def test_amount_that_is_hard_to_believe_is_doubted(dollars, before, year, expected):
    assert [*doubts_about_amount(dollars, before, date(year, 1, 1), TODAY)] == expected


@pytest.mark.both_databases
def test_amount_is_doubted_beside_the_one_before_it(db):
    last = Amount.objects.filter(table="fees").order_by("-valid_from").first()
    held = {field.name: getattr(last, field.name) for field in Amount._meta.concrete_fields if not field.primary_key}
    raised = held | {"dollars": last.dollars * 10, "valid_from": date(2026, 12, 1), "status": "draft"}

    draft = Amount.objects.create(**raised)

    assert set(Amount.doubtful(also=draft.pk)) == {draft.pk}
