import json
from pathlib import Path

import pytest
from django.conf import settings

from occupations.program_fit import ANSWERS, REASONS, fits, is_trade

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
    answers = list(fits(code))

    assert [fit.program for fit in answers] == ["FSW", "CEC", "FST", "PNP"]
    assert [fit.reason for fit in answers] == reasons


@pytest.mark.parametrize(("code", "level"), [("00013", 7), ("21231", 7), ("22300", 5), ("73300", 5)])
def test_cec_language_level_follows_the_teer(code, level):
    _, cec, *_ = fits(code)

    assert cec.facts["level"] == level


def test_trades_are_96_unit_groups_of_teer_2_and_3():
    trades = [code for code in unit_groups() if is_trade(code)]

    assert len(trades) == 96
    assert [sum(code[1] == teer for code in trades) for teer in "0123"] == [0, 0, 67, 29]
    assert [code for code in trades if code[0] == "6"] == ["62200", "63200", "63201", "63202"]


@pytest.mark.skipif(not SHARED.exists(), reason="the collected data is not here")
def test_trades_are_those_of_the_collected_data():
    collected = json.loads(SHARED.read_text(encoding="utf-8"))["programs"]["fst"]["unit_groups"]["codes"]

    assert [code for code in unit_groups() if is_trade(code)] == sorted(collected)


def test_every_answer_has_its_words():
    answers = [fit for code in unit_groups() for fit in fits(code)]

    assert len(answers) == 4 * 516
    assert {fit.reason for fit in answers} == set(REASONS)
    assert {fit.answer for fit in answers} == set(ANSWERS)
    assert all(fit.text and "%" not in fit.text for fit in answers)
