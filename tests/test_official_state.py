"""A later reading confirms only what it had alike, and never raises the evidence of a row."""

import sys

import pytest
from django.conf import settings

AMOUNT = {"table": "funds", "item": "family-of-1", "dollars": 15263, "valid_to": None, "checked_on": "2026-11-21"}
AMOUNT |= {"evidence": "third-party", "source": "A page", "source_fr": "Une page"}
STATE = {
    "proof_of_funds": {"by_size": [15263], "each_additional": 4112},
    "fees_json_2026-09-30": {"economic-main-rprf": 1590, "biometrics": 85},
    "pool_as_on_2026-09-27": {"order": ["601-1200"], "counts": [728], "total": 728},
}
FEES = [
    AMOUNT | {"table": "fees", "item": item, "dollars": dollars}
    for item, dollars in [
        ("processing-principal-applicant", 990),
        ("right-of-permanent-residence-adult", 600),
        ("dependent-child", 270),
    ]
]


@pytest.fixture
def official_state(monkeypatch):
    monkeypatch.syspath_prepend(settings.BASE_DIR / "fixtures")
    import official_state

    yield official_state
    for name in ("official_state", "french"):
        sys.modules.pop(name, None)


def test_amount_that_was_read_again_names_both_readings(official_state):
    found = next(iter(official_state.confirmed_amounts([AMOUNT, *FEES], STATE)))

    assert found["source"] == "A page; the official page as a third party transcribed it on September 30, 2026"
    assert found["source_fr"].startswith("Une page; la page officielle telle qu’un tiers")
    assert (found["evidence"], found["checked_on"]) == ("third-party", "2026-11-25")


def test_only_what_the_file_had_alike_is_confirmed(official_state):
    other = AMOUNT | {"dollars": 15264}
    past = AMOUNT | {"valid_to": "2025-07-06"}

    found = list(official_state.confirmed_amounts([other, past, *FEES], STATE))

    assert found[:2] == [other, past]
    assert [row["checked_on"] for row in found[2:]] == ["2026-11-25", "2026-11-25", "2026-11-21"]


@pytest.mark.parametrize(("count", "checked"), [(728, "2026-11-25"), (727, "2026-10-09")])
def test_pool_is_confirmed_where_every_count_is_the_same(official_state, count, checked):
    row = {"as_on": "2026-09-27", "crs_601_1200": count, "total": count, "source": "A", "source_fr": "B"}

    found = official_state.confirmed_pool(row | {"checked_on": "2026-10-09"}, STATE)

    assert found["checked_on"] == checked
