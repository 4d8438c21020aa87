import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from occupations.program_fit import ANSWERS, REASONS, Rules
from programs.models import OccupationRule

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 25)
SHARED = Path(settings.BASE_DIR).parent / "shared" / "data" / "programs" / "programs.json"


def unit_groups():
    rows = json.loads((settings.BASE_DIR / "fixtures" / "occupations.json").read_text(encoding="utf-8"))
    return [row["fields"]["code"] for row in rows]


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("00013", ["teer_counts", "teer_counts_language", "not_a_trade_group", "province_decides"]),
        ("21231", ["teer_counts", "teer_counts_language", "not_a_trade_group", "province_decides"]),
        ("63200", ["teer_counts", "teer_counts_language", "trade_group", "province_decides"]),
        ("63210", ["teer_counts", "teer_counts_language", "not_a_trade_group", "province_decides"]),
        ("72600", ["teer_counts", "teer_counts_language", "trade_group_excluded", "province_decides"]),
        ("93200", ["teer_counts", "teer_counts_language", "trade_group_excluded", "province_decides"]),
        ("44101", ["teer_too_high", "teer_too_high", "not_a_trade_group", "province_decides_other_experience"]),
        ("75110", ["teer_too_high", "teer_too_high", "not_a_trade_group", "province_decides_other_experience"]),
    ],
)
def test_fits_give_the_reason_per_program(code, reasons):
    answers = Rules(DAY).fits(code)

    assert [fit.program for fit in answers] == ["FSW", "CEC", "FST", "PNP"]
    assert [fit.reason for fit in answers] == reasons


@pytest.mark.parametrize(("code", "level"), [("00013", 7), ("21231", 7), ("22300", 5), ("73300", 5)])
def test_cec_language_level_follows_the_teer(code, level):
    _, cec, *_ = Rules(DAY).fits(code)

    assert cec.facts["level"] == level


def test_trades_are_96_unit_groups_of_teer_2_and_3():
    rules = Rules(DAY)

    trades = [code for code in unit_groups() if rules.trade_group(code)]

    assert len(trades) == 96
    assert [sum(code[1] == teer for code in trades) for teer in "0123"] == [0, 0, 67, 29]
    assert [code for code in trades if code[0] == "6"] == ["62200", "63200", "63201", "63202"]


@pytest.mark.skipif(not SHARED.exists(), reason="the collected data is not here")
def test_trades_are_those_of_the_collected_data():
    collected = json.loads(SHARED.read_text(encoding="utf-8"))["programs"]["fst"]["unit_groups"]["codes"]

    rules = Rules(DAY)

    assert [code for code in unit_groups() if rules.trade_group(code)] == sorted(collected)


def test_every_answer_has_its_words():
    rules = Rules(DAY)

    answers = [fit for code in unit_groups() for fit in rules.fits(code)]

    assert len(answers) == 4 * 516
    assert {fit.reason for fit in answers} == set(REASONS)
    assert {fit.answer for fit in answers} == set(ANSWERS)
    assert all(fit.text and "%" not in fit.text for fit in answers)


def test_a_rule_that_ended_says_nothing_of_the_day_after():
    OccupationRule.objects.filter(program__code="FSW", prefix="x1").update(valid_to=date(2026, 12, 31))

    before, after = (Rules(day).fits("21231")[0].answer for day in [date(2026, 12, 31), date(2027, 1, 1)])

    assert (before, after) == ("counts", "no")


def test_a_proposed_rule_counts_for_nothing():
    OccupationRule.objects.filter(program__code="FSW").update(state="proposed")

    assert Rules(DAY).fits("21231")[0].answer == "no"


def test_rules_of_any_number_of_occupations_are_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        rules = Rules(DAY)
        answers = [rules.fits(code) for code in unit_groups()]

    assert len(answers) == 516
