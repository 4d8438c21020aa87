import pytest

from occupations.categories.conditions import rules
from occupations.models import Edition

NOTHING = "not part of this category's rule"


@pytest.mark.parametrize(
    ("fields", "texts"),
    [
        (
            {"minimum_experience_months": 6, "experience_window_years": 3, "experience_continuous": True},
            [
                "at least 6 months in one listed occupation",
                "the last 3 years",
                "yes, it must be continuous",
                "not required",
                "what your program asks, nothing more",
            ],
        ),
        (
            {
                "minimum_experience_months": 12,
                "experience_window_years": 1,
                "experience_continuous": False,
                "canadian_experience_required": True,
            },
            [
                "at least 12 months in one listed occupation",
                "the last 1 year",
                "no, periods of work add up",
                "yes, only experience in Canada counts",
                "what your program asks, nothing more",
            ],
        ),
        (
            {"minimum_experience_months": 120, "experience_continuous": True},
            [
                "at least 10 years in one listed occupation",
                "no period stated",
                "yes, it must be continuous",
                "not required",
                "what your program asks, nothing more",
            ],
        ),
        ({"minimum_nclc": 7}, [NOTHING] * 4 + ["NCLC 7 or higher in French, in all four abilities"]),
        ({"language_rule": "Fluent"}, [NOTHING] * 4 + ["Fluent"]),
    ],
)
def test_rules_are_worded(fields, texts):
    edition = Edition(**fields)

    assert [rule.text for rule in rules(edition)] == texts


def test_rule_kept_in_english_says_so():
    *_, language = rules(Edition(language_rule="Fluent"))

    assert language.language == "en"
