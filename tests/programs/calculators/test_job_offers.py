"""Job offers in a CRS grid: absent, in force with points, or ended on a day."""

import copy

import pytest

from programs.calculators.crs import score
from programs.calculators.steps import single_steps
from programs.grids.crs_tables import additional
from programs.grids.validation import job_offer_points, validate_grid
from programs.models import PointGrid
from tests.draws.pages import words
from tests.programs.calculators.crs_profiles import profile
from tests.programs.calculators.pages import CRS
from tests.programs.profiles import MASTERS

OFFER, SENIOR = {"points": 50}, {"points": 50, "major_group_00": 200}


@pytest.fixture
def with_offers(crs_grid):
    def grid_with(part):
        """Today's grid with another part for job offers; None: without one."""
        grid = copy.deepcopy(crs_grid)
        del grid["D"]["job_offer"]
        if part:
            grid["D"]["job_offer"] = part
        validate_grid("crs", grid)
        return grid

    return grid_with


@pytest.fixture
def held(db, with_offers):
    def hold(part):
        PointGrid.objects.filter(system="crs").update(grid=with_offers(part))

    return hold


@pytest.mark.parametrize(
    ("part", "offer", "points"),
    [
        (OFFER, "none", 0),
        (OFFER, "other_qualifying", 50),
        (OFFER, "major_group_00", 50),
        (SENIOR, "other_qualifying", 50),
        (SENIOR, "major_group_00", 200),
    ],
)
def test_job_offer_in_force_brings_its_points(with_offers, part, offer, points):
    grid = with_offers(part)

    found = score(profile(job_offer=offer), grid)

    assert (found.D["job_offer"], found.total - score(profile(), grid).total) == (points, points)


def test_job_offer_brings_nothing_where_offers_are_absent_or_ended(crs_grid, with_offers):
    for grid in (crs_grid, with_offers(None)):
        found = score(profile(job_offer="major_group_00"), grid)

        assert job_offer_points(grid) == {}
        assert "job_offer" not in found.D
        assert "job_offer_not_counted" in found.notes
        assert found.total == score(profile(), grid).total


def test_table_names_job_offers_as_the_grid_has_them(crs_grid, with_offers):
    rows = [
        additional(grid).rows[7:] for grid in (crs_grid, with_offers(None), with_offers(OFFER), with_offers(SENIOR))
    ]

    assert rows == [
        [("Job offer", [0])],
        [],
        [("Qualifying job offer", [50])],
        [("Qualifying job offer", [50]), ("Qualifying job offer in senior management (NOC major group 00)", [200])],
    ]


def test_job_offer_is_a_step_where_it_brings_points(with_offers):
    steps = {(step.change, step.value): step.gain for step in single_steps(profile(), with_offers(SENIOR))}

    assert (steps["job_offer", "other_qualifying"], steps["job_offer", "major_group_00"]) == (50, 200)


def test_page_asks_for_a_job_offer_where_it_brings_points(html, held):
    assert 'name="job_offer"' not in html(CRS)

    held(SENIOR)

    text = words(html(CRS, **MASTERS, job_offer="major_group_00"))
    assert "Qualifying job offer in senior management (NOC major group 00)." in text
    assert "Job offer 200 200" in text
    assert html(CRS, **MASTERS).count('value="other_qualifying"') == 1


def test_page_tells_kinds_of_job_offers_apart_only_where_the_grid_does(html, held):
    held(OFFER)

    text = html(CRS, **MASTERS)

    assert ('value="other_qualifying"' in text, 'value="major_group_00"' in text) == (True, False)


def test_page_says_that_a_job_offer_of_an_address_brings_nothing(html, db):
    text = words(html(CRS, **MASTERS, job_offer="other_qualifying"))

    assert "A job offer adds no points in this grid." in text


def test_page_without_job_offers_in_the_grid_says_so(html, held):
    held(None)

    assert "A job offer adds no CRS points." in words(html("/how-it-works/"))
    assert "Job offer" not in html("/how-it-works/crs/").split("How it changed")[0]


def test_api_counts_job_offers_and_refuses_unknown_kinds(client, held):
    held(SENIOR)

    answer = client.get("/api/v1/crs", MASTERS | {"job_offer": "other_qualifying"}).json()
    refused = client.get("/api/v1/crs", MASTERS | {"job_offer": "wage_tier_1"})

    assert answer["D"] == {"nomination": 0, "french": 0, "study_in_canada": 0, "sibling": 0, "job_offer": 50} | {
        "section": 50
    }
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "job_offer")
