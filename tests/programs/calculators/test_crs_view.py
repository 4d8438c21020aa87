import re
from copy import deepcopy
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from editing.days import canadian_day
from programs.calculators.crs_forms import CrsForm
from programs.calculators.forms import scores_of
from programs.calculators.links import crs_query
from programs.calculators.worked_cases import crs_cases
from programs.models import PointGrid
from tests.draws.pages import words
from tests.programs.calculators.pages import CRS, NO_CHOICE, faults
from tests.programs.profiles import IELTS, MASTERS, MASTERS_ABROAD

pytestmark = pytest.mark.django_db


NO_LANGUAGE = "Levels alone do not show the language: choose English or French."
YEARS = "Give completed years as a whole number, like 3, or leave it blank."


def links(text, path):
    """The queries of the links to a path, each with the text of the link."""
    found = re.findall(rf'<a href="{path}\?([^"]*)">([^<]*)</a>', text)
    return [(parse_qs(unescape(query)), unescape(label)) for query, label in found]


def test_crs_page_shows_464_cell_by_cell(html):
    text = words(html(CRS, **MASTERS_ABROAD))

    assert "464 points Age 30; Master’s degree" in text
    assert "CRS score 464 A. Core" in text
    assert "Age 105 110 Education 135 150 First official language 124 136" in text
    assert "Education, both together 50 50 Work abroad with language 50 50" in text
    assert "Section C 100 100" in text
    assert "Total 464 1200" in text


def test_crs_page_sets_sums_apart(html):
    assert html(CRS, **MASTERS_ABROAD).count('<tr class="subtotal">') == 2 + 4


def test_crs_page_gives_a_bachelors_degree_25(html):
    text = words(html(CRS, **MASTERS | {"education": "bachelors"}))

    assert "Education, both together 25 50" in text


def test_crs_page_keeps_a_nomination_at_600(html):
    text = words(html(CRS, **MASTERS, nomination="yes", sibling="on", canadian_study="three_year_plus"))

    assert "Section D 600 600" in text
    assert "Section D: the parts add up to 645; the maximum is 600." in text


def test_crs_page_dates_its_grid_and_names_the_reported_change(html):
    for text in (words(html(CRS)), words(html(CRS, **MASTERS))):
        assert "valid from March 25, 2025, last confirmed on September 30, 2026" in text
        assert "A change is reported for November 3, 2026. It is unconfirmed" in text


def test_crs_page_links_the_total_on(html):
    text = html(CRS, **MASTERS_ABROAD)

    assert f'href="{reverse("tools:invited")}?crs=464&amp;canadian_experience=no&amp;age=' in text
    assert f'href="{reverse("pool:current")}?crs=464"' in text


def test_crs_page_keeps_french_and_work_in_canada_for_where_do_i_stand(html):
    french = {f"second_{ability}": "8" for ability in ("speaking", "listening", "reading", "writing")}
    text = html(CRS, **MASTERS | french | {"second_test": "clb", "second_reading": "7", "canadian_work_years": "2"})

    assert "&amp;french=7&amp;canadian_experience=yes" in text


def test_what_would_add_most_stands_before_the_breakdown(html):
    text = html(CRS, **MASTERS)

    assert (
        text.index('id="answer"') < text.index('id="changes"') < text.index('id="points"') < text.index('id="profile"')
    )


def test_crs_page_shows_the_levels_of_the_scores(html):
    text = words(html(CRS, **MASTERS | IELTS | {"first_test": "ielts_general", "first_listening": "7.5"}))

    assert "IELTS General Training 7.5 → CLB 10 7.5 → CLB 8 7 → CLB 9 6.5 → CLB 8 8" in text
    french = words(html(f"/fr{CRS}", **MASTERS | IELTS | {"first_test": "ielts_general", "first_listening": "7.5"}))
    assert "7,5 → CLB 10 7,5 → CLB 8 7 → CLB 9 6,5 → CLB 8" in french


def test_crs_blank_form_answers_nothing(html):
    text = html(CRS)

    assert "<table" not in text
    assert "Not complete yet" not in text
    assert 'aria-invalid="true"' not in text


def test_crs_form_with_a_part_names_what_is_missing_and_keeps_the_rest(html):
    text = html(CRS, age="30", first_test="ielts_general", first_speaking="7.5", foreign_work_years="three")

    assert "Nothing is lost" in text
    assert "First official language: Listening. Give the score" in words(text)
    assert re.search(r'name="foreign_work_years" value="three"', text)
    assert re.search(r'name="first_speaking" value="7.5"', text)
    assert '<option value="ielts_general" selected>' in text


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"age": "thirty"}, {"age": "Give the age in whole years, like 30."}),
        ({"age": "-1"}, {"age": "Give the age in whole years, like 30."}),
        ({"education": "phd"}, {"education": "“phd” is not one of the education levels here."}),
        ({"education": ""}, {"education": "Choose the highest education."}),
        ({"canadian_work_years": "1.5"}, {"canadian_work_years": YEARS}),
        ({"first_speaking": "13"}, {"first_speaking": "“13” does not fit. A level is a whole number from 0 to 12."}),
        ({"first_language": ""}, {"first_language": NO_LANGUAGE}),
        ({"first_test": "tef_canada"} | dict.fromkeys(IELTS, "300"), {"first_test": "This is not a test of English."}),
        ({"second_test": "pte_core"} | dict.fromkeys(scores_of("second"), "80"),
         {"second_test": "This is a test of English, like the first."}),
        ({"second_language": "english"}, {"second_language": "The first official language is English already."}),
        ({"second_reading": "9"}, {"second_test": "Choose the test these are from, or leave them blank."}),
        ({"spouse_test": "clb"} | dict.fromkeys(scores_of("spouse"), "5") | {"spouse_listening": "x"},
         {"spouse_listening": "“x” does not fit. A level is a whole number from 0 to 12."}),
        ({"nomination": "maybe"}, {"nomination": "“maybe” is neither yes nor no."}),
        ({"grid": "2017-06-06"}, {"grid": "No such grid is recorded here. Recorded: 2025-03-25."}),
        ({"canadian_study": "four"}, {"canadian_study": NO_CHOICE % "four"}),
        ({"spouse": "yes"}, {"spouse": NO_CHOICE % "yes"}),
        ({"age": "9" * 5000}, {"age": "Give the age in whole years, like 30."}),
    ],
)  # fmt: skip
def test_crs_form_names_a_fault_at_its_field(html, changed, expected):
    asked = MASTERS | changed

    text = html(CRS, **asked)

    assert faults(CrsForm(asked)) == expected
    field = next(iter(expected))
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', text)
    assert f'href="#id_{field}"' in text


@pytest.mark.parametrize(
    ("score", "fault"),
    [
        ("7.2", "“7.2” does not fit. IELTS General Training listening goes in steps of 0.5 from 0 to 9."),
        ("9.5", "“9.5” does not fit. IELTS General Training listening goes in steps of 0.5 from 0 to 9."),
        ("NaN", "“NaN” does not fit. IELTS General Training listening goes in steps of 0.5 from 0 to 9."),
        ("", "Give the score, or the level."),
    ],
)
def test_crs_form_says_what_scores_a_test_has(score, fault):
    asked = MASTERS | IELTS | {"first_test": "ielts_general", "first_listening": score}

    assert faults(CrsForm(asked)) == {"first_listening": fault}


def test_crs_form_names_one_fault_of_a_field():
    form = CrsForm(MASTERS | {"first_speaking": "9" * 30, "first_reading": "\0"})

    assert {name: len(found) for name, found in form.errors.items()} == {"first_speaking": 1, "first_reading": 1}


def test_crs_form_takes_the_language_from_the_test():
    form = CrsForm({"age": "30", "education": "masters", "first_test": "ielts_general"} | IELTS)

    assert form.is_valid()
    assert form.profile.first_language == "english"


def test_crs_form_takes_a_decimal_comma():
    form = CrsForm(MASTERS | IELTS | {"first_test": "ielts_general", "first_listening": "7,5"})

    assert form.is_valid()
    assert form.profile.first.listening == 8


@pytest.mark.parametrize("said", ["yes", "true", "1", "on", "YES"])
def test_crs_form_reads_yes(said):
    form = CrsForm(MASTERS | {"certificate": said})

    assert form.is_valid()
    assert form.profile.certificate is True


@pytest.mark.parametrize("said", ["no", "false", "0", "off", ""])
def test_crs_form_reads_no(said):
    form = CrsForm(MASTERS | {"certificate": said})

    assert form.is_valid()
    assert form.profile.certificate is False


@pytest.fixture
def newer_grid(db):
    """A grid that starts today and gives 5 points more for age 30."""
    grid = PointGrid.objects.get(system="crs")
    day = str(canadian_day())
    cells = deepcopy(grid.grid) | {"id": day, "valid_from": day}
    cells["A"]["age"]["by_age"]["30"]["without_spouse"] += 5
    grid.pk, grid.valid_from, grid.grid = None, canadian_day(), cells
    grid.save()
    return grid


def test_crs_page_computes_with_the_grid_of_today(html, newer_grid):
    text = words(html(CRS, **MASTERS_ABROAD))

    assert "469 points" in text
    assert "Age 110" in text


def test_crs_form_takes_a_grid_by_its_first_day(newer_grid):
    form = CrsForm(MASTERS | {"grid": str(newer_grid.valid_from)})

    assert form.is_valid()
    assert form.cleaned_data["grid"] == newer_grid


def test_crs_page_computes_with_the_grid_that_is_named(html, newer_grid):
    text = words(html(CRS, **MASTERS_ABROAD, grid="2025-03-25"))

    assert "Total 464 1200" in text
    assert "Another grid is in force today." in text


def test_crs_form_does_not_know_a_draft_grid(newer_grid):
    PointGrid.objects.filter(pk=newer_grid.pk).update(status="draft")

    asked = MASTERS | {"grid": str(newer_grid.valid_from)}

    assert faults(CrsForm(asked)) == {"grid": "No such grid is recorded here. Recorded: 2025-03-25."}


@pytest.mark.parametrize("case", crs_cases(), ids=lambda case: case.key)
def test_crs_link_gives_the_profile_again(case):
    form = CrsForm(crs_query(case.profile))

    assert form.is_valid()
    assert form.profile == case.profile
    assert form.score().total == case.points["total"]


@pytest.mark.parametrize("case", crs_cases(), ids=lambda case: case.key)
def test_crs_steps_lead_to_their_totals(client, case):
    context = client.get(CRS, crs_query(case.profile)).context

    for change in context["changes"]:
        form = CrsForm({name: value[0] for name, value in parse_qs(urlsplit(change.url).query).items()})
        assert form.is_valid()
        assert form.score().total == change.step.total


def test_crs_steps_are_given_in_scores_of_the_same_test(html):
    asked = MASTERS | IELTS | {"first_test": "ielts_general", "first_listening": "7.5", "second_test": ""}

    changes = {label: query for query, label in links(html(CRS, **asked), CRS)}

    listening = changes["First language, listening: CLB 9"]
    assert (listening["first_test"], listening["first_listening"]) == (["ielts_general"], ["8"])
    french = changes["French: NCLC 7 in all four abilities"]
    assert (french["second_test"], french["second_reading"]) == (["clb"], ["7"])


def test_crs_link_carries_everything(client):
    asked = MASTERS_ABROAD | {"spouse": "accompanying", "spouse_education": "masters", "sibling": "yes", "age": "30"}

    first = client.get(CRS, asked | {"second_test": "", "second_reading": ""})
    again = client.get(first.context["full_url"].removeprefix("http://testserver"))

    assert again.context["found"] == first.context["found"]
    assert again.context["full_url"] == first.context["full_url"]
    assert "second" not in first.context["full_url"]
    assert "grid=2025-03-25" in first.context["full_url"]


def test_crs_form_resent_from_the_page_gives_the_same(client):
    first = client.get(CRS, MASTERS_ABROAD | {"nomination": "yes", "grid": "2025-03-25"})
    form = first.context["form"]

    again = client.get(CRS, {name: form[name].value() or "" for name in form.fields})

    assert again.context["found"] == first.context["found"]
    assert '<input type="hidden" name="grid" value="2025-03-25"' in first.content.decode()
