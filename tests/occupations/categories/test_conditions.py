import pytest

from occupations.categories.conditions import asked, rules
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
                *[NOTHING] * 3,
                "only what your program requires",
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
                *[NOTHING] * 3,
                "only what your program requires",
            ],
        ),
        (
            {"minimum_experience_months": 120, "experience_continuous": True},
            [
                "at least 10 years in one listed occupation",
                "no period stated",
                "yes, it must be continuous",
                "not required",
                *[NOTHING] * 3,
                "only what your program requires",
            ],
        ),
        (
            {
                "service_years": 10,
                "offer_from_en": "Recruiting Group",
                "offer_years": 3,
                "education_years": 1,
            },
            [
                *[NOTHING] * 4,
                "at least 10 years in a recognized foreign military, without a break",
                "full-time, for at least 3 years, from the Recruiting Group",
                "a post-secondary credential of at least 1 year; one from abroad needs an assessment",
                "only what your program requires",
            ],
        ),
        ({"minimum_nclc": 7}, [NOTHING] * 7 + ["NCLC 7 or higher in French, in all four abilities"]),
        ({"language_rule": "Fluent"}, [NOTHING] * 7 + ["Fluent"]),
    ],
)
def test_rules_are_worded(fields, texts):
    edition = Edition(**fields)

    assert [rule.text for rule in rules(edition)] == texts


def test_rule_kept_in_english_says_so():
    *_, language = rules(Edition(language_rule="Fluent"))

    assert language.language == "en"


def test_page_leaves_out_what_hardly_a_category_asks():
    plain, recruits = Edition(), Edition(service_years=10)

    shown = [{rule.key for rule in asked(edition)} & {"service", "offer"} for edition in (plain, recruits)]

    assert shown == [set(), {"service"}]
