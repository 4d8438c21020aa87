import re
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.calculators.checked_cases import CRS_GRID
from programs.calculators.crs_forms import CrsForm
from programs.calculators.forms import scores_of
from programs.calculators.fsw_forms import FswForm
from programs.calculators.language_forms import LanguageForm
from programs.calculators.links import fsw_query
from programs.calculators.worked_cases import crs_cases, fsw_cases
from programs.models import PointGrid
from tests.draws.pages import words
from tests.programs.calculators.pages import CASES, CRS, FSW, LANGUAGE, NO_CHOICE, faults
from tests.programs.profiles import MASTERS, MASTERS_ABROAD, SKILLED

pytestmark = pytest.mark.django_db


def test_fsw_page_keeps_minimum_requirements_apart_from_the_pass_mark(html):
    text = words(html(FSW, **SKILLED, adaptability=["own_work_canada", "relative_canada"]))

    assert "Pass mark of 67 reached Minimum requirements met, as far as asked here" in text
    assert "The adaptability items add up to more, but 10 points is the maximum." in text


def test_fsw_page_says_which_minimum_requirement_is_missing(html):
    text = words(html(FSW, **SKILLED | {"first_writing": "5.5"}, arranged_employment="yes"))

    assert "Pass mark of 67 reached Minimum requirements not met" in text
    assert "below level 7 in at least one ability" in text


def test_fsw_page_says_that_it_is_not_the_crs(html):
    assert "These are not CRS points." in re.sub(r"<[^>]+>", "", html(FSW))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"age": "x"}, "age"),
        ({"education": "masters"}, "education"),
        ({"adaptability": ["luck"]}, "adaptability"),
        ({"experience_years": "-2"}, "experience_years"),
        ({"spouse": "accompanying"}, "spouse"),
        ({"first_reading": "7.25"}, "first_reading"),
        ({"second_test": "celpip_general", **dict.fromkeys(scores_of("second"), "5")}, "second_test"),
    ],
)
def test_fsw_form_names_a_fault_at_its_field(html, changed, field):
    assert list(faults(FswForm(SKILLED | changed))) == [field]
    assert "Nothing is lost" in html(FSW, **SKILLED | changed)


@pytest.mark.parametrize("case", fsw_cases(), ids=lambda case: case.key)
def test_fsw_link_gives_the_profile_again(case):
    form = FswForm(fsw_query(case.profile))

    assert form.is_valid()
    assert form.profile == case.profile
    assert form.score().total == case.points["total"]


def test_language_page_converts_both_ways(html):
    scores = {"speaking": "12", "listening": "460", "reading": "453", "writing": "9"}

    text = words(html(LANGUAGE, test="tcf_canada", level="7", **scores))

    assert "NCLC 6 in the lowest ability" in text
    assert "Score 12 460 453 9 NCLC 8 7 7 6" in text
    assert "TEF Canada (NCLC) 310–348 249–279 207–232 310–348" in text


def test_language_page_shows_all_five_tables(client):
    tables = {table.key: table for table in client.get(LANGUAGE).context["tables"]}

    assert set(tables) == {"ielts_general", "celpip_general", "pte_core", "tef_canada", "tcf_canada"}
    assert all([level for level, _ in table.rows] == [10, 9, 8, 7, 6, 5, 4] for table in tables.values())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"test": "ielts_general"}, {"speaking": "Give at least one score."}),
        ({"speaking": "7"}, {"test": "Choose a test and give its scores, or choose a level."}),
        ({"test": "clb"}, {"test": NO_CHOICE % "clb"}),
        ({"level": "11"}, {"level": NO_CHOICE % "11"}),
        (
            {"test": "tef_canada", "reading": "301"},
            {"reading": "“301” does not fit. TEF Canada reading goes in steps of 1 from 0 to 300."},
        ),
    ],
)
def test_language_form_names_a_fault_at_its_field(asked, expected):
    assert faults(LanguageForm(asked)) == expected


def test_worked_cases_all_agree(client):
    response = client.get(CASES)

    shown = [case for *_part, cases in response.context["parts"] for case in cases]
    assert [case.key for case in shown] == [case.key for case in [*crs_cases(), *fsw_cases()]]
    assert (response.context["differing"], response.context["figure_count"]) == (0, 1044)
    assert "All agree." in words(response.content.decode())


def test_figure_that_differs_is_shown_twice(html):
    grid = PointGrid.objects.get(system="crs", valid_from=CRS_GRID)
    grid.grid["D"]["sibling_in_canada"]["points"] = 16
    PointGrid.objects.filter(pk=grid.pk).update(grid=grid.grid)

    text = html(CASES)

    assert "<del>15</del> <ins>16</ins>" in text
    assert "All agree." not in text


def test_worked_cases_lead_to_the_calculators(html):
    text = html(CASES)
    linked = re.findall(r'href="(/tools/(?:crs|fsw)/\?[^"]*)"', text)

    assert len(linked) == 54
    assert "464 points" in html(unescape(linked[0]))


def test_tools_are_all_listed(html):
    text = html("/tools/")

    for name in ("invited", "crs", "fsw", "language"):
        assert f'href="{reverse(f"tools:{name}")}"' in text


def test_tools_without_any_grid_say_so(client):
    PointGrid.objects.all().delete()

    for url in (CRS, FSW, LANGUAGE, CASES):
        assert "recorded here" in client.get(url).content.decode()
    assert "grid" in client.get(CRS, MASTERS).context["form"].errors
    assert client.get(FSW, SKILLED).status_code == 200


@pytest.mark.parametrize("url", ["/tools/", CRS, FSW, LANGUAGE, CASES])
@pytest.mark.parametrize("query", [{}, MASTERS_ABROAD, SKILLED])
def test_tools_ask_few_queries(client, url, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(url, query)


NAMES = sorted({*CrsForm.base_fields, *FswForm.base_fields, *LanguageForm.base_fields, "per_page", "x"})


VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["clb", "ielts_general", "tef_canada", "masters", "accompanying", "yes", "30", "7", "7.5"]),
    st.integers().map(str),
    st.floats().map(str),
    st.decimals().map(str),
)


QUERIES = st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=2), max_size=12)


ADDRESSES = [CRS, FSW, LANGUAGE, "/tools/", CASES]


ADDRESSES += ["/api/v1/crs", "/api/v1/fsw", "/api/v1/language", "/api/v1/programs"]


ADDRESSES += ["/api/v1/programs/federal-skilled-worker"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(url=st.sampled_from(ADDRESSES[:3] * 3 + ADDRESSES), query=QUERIES, base=st.sampled_from([{}, MASTERS, SKILLED]))
def test_no_query_breaks_a_tool(client, url, query, base):
    response = client.get(url, {**base, **query})

    assert response.status_code in (200, 422)


@pytest.mark.parametrize("url", ["/tools/crs/", "/tools/fsw/", "/tools/language/"])
def test_every_form_that_takes_tef_scores_warns_of_its_two_scales(html, url):
    assert html(url).count("TEF Canada reports print two scales") == 1
