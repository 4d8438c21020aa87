"""What the check of a grid lets pass, every page and every calculator can show."""

import copy
from itertools import cycle

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from programs.calculators.links import crs_query, fsw_query
from programs.calculators.worked_cases import crs_cases, fsw_cases
from programs.grids.validation import validate_grid
from programs.models import PointGrid

PAGES = {
    "crs": ["/how-it-works/", "/how-it-works/crs/"],
    "fsw": ["/programs/federal-skilled-worker/"],
    "language": ["/tools/language/", "/tools/language/?level=7", "/tools/crs/", "/tools/fsw/"],
}
CASES = {"crs": [crs_query(case.profile) for case in crs_cases()], "fsw": [fsw_query(c.profile) for c in fsw_cases()]}
NEXT = {system: cycle(cases) for system, cases in CASES.items()}
SYSTEMS = ["crs", "fsw", "language"]
VALUES = st.one_of(
    st.integers(-1, 30),
    st.integers(0, 1300),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["10+", "below 4", "5-7", "2026-01-01", None, True, [], {}, [{}]]),
)


def accepted(system, grid):
    try:
        validate_grid(system, grid)
    except ValueError:
        return False
    return True


def language_questions(grid):
    """A question for each test: the scores that its seventh level begins with."""
    for key, test in grid["tests"].items():
        row = next(row for row in test["levels"] if row["level"] == 7)
        scores = {ability: row[ability]["min"] for ability in ("speaking", "listening", "reading", "writing")}
        yield {"test": key} | scores


def rendered(client, system, grid, cases=1):
    """Every page that shows the grid, in both languages, and some answers of its calculator."""
    PointGrid.objects.filter(system=system).update(grid=grid)
    cache.clear()
    pages = [client.get(f"{prefix}{page}") for page in PAGES[system] for prefix in ("", "/fr")]
    questions = [next(NEXT[system]) for _ in range(cases)] if system in CASES else language_questions(grid)
    for question in questions:
        pages += [
            client.get(f"{start}/{system}", question, follow=True) for start in ("/tools", "/fr/tools", "/api/v1")
        ]
    return pages


def places(part, path=()):
    """Every place of a grid, from the outside in."""
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, inner in items:
        yield (*path, name)
        yield from places(inner, (*path, name))


def parent_of(grid, path):
    for name in path[:-1]:
        grid = grid[name]
    return grid


def changed(grid, path, what, value):
    """The grid with another value, without one, or with an unknown part; as it was where the place is gone."""
    grid = copy.deepcopy(grid)
    try:
        parent = parent_of(grid, path)
        if what == "unknown":
            parent["unknown"] = value
        elif what == "gone":
            del parent[path[-1]]
        else:
            parent[path[-1]] = value
    except (KeyError, IndexError, TypeError):
        pass
    return grid


@pytest.mark.parametrize("system", SYSTEMS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_grid_that_passes_is_shown_and_counted(db, client, point_grids, system, data):
    grid = point_grids[system]
    for _change in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(grid))))
        what = data.draw(st.sampled_from(["other", "other", "other", "gone", "unknown"]))
        grid = changed(grid, path, what, data.draw(VALUES))

    passes = accepted(system, grid)

    event(f"passes: {passes}")
    assert not passes or {page.status_code for page in rendered(client, system, grid)} == {200}


@pytest.mark.parametrize("system", SYSTEMS)
def test_grid_without_its_notes_is_shown_and_counted(db, client, point_grids, system):
    """Whatever may be left out is left out, all at once."""
    grid = point_grids[system]
    for path in sorted(places(grid), key=len, reverse=True):
        shorter = changed(grid, path, "gone", None)
        grid = shorter if accepted(system, shorter) else grid

    pages = [*rendered(client, system, grid, cases=5), client.get("/about/worked-cases/")]

    assert "identities" not in grid
    assert {page.status_code for page in pages} == {200}


@pytest.mark.parametrize("system", SYSTEMS)
def test_grid_with_a_part_of_another_name_is_refused(point_grids, system):
    grid = point_grids[system]
    parts = {path[:-1] for path in places(grid) if isinstance(parent_of(grid, path), dict)}

    passing = [path for path in parts if accepted(system, changed(grid, (*path, ""), "unknown", 50))]

    notes = {"sources", "spouse_column_rule", "foreign_work_definition", "pass_mark_basis", "identities"}
    notes |= {"officer_substituted_evaluation", "offer_basics", "conversion_rule", "benchmarks", "validity"}
    notes |= {"program_minimums", "fsw_points_by_level", "possible_change", "scales", "max_per_ability"}
    assert [path for path in passing if not notes & set(path)] == []


@pytest.mark.parametrize("start", ["", "/fr"])
def test_grid_with_points_for_job_offers_is_shown(db, client, crs_grid, start):
    offers = changed(crs_grid, ("D", "job_offer"), "other", {"points": 55})
    validate_grid("crs", offers)

    rendered(client, "crs", offers)

    how, cells = (client.get(f"{start}/how-it-works/{page}").content.decode() for page in ("", "crs/"))
    points = "55\u00a0points\u00a0: offre d’emploi admissible" if start else "55 points: qualifying job offer"
    assert points in how
    assert '<td class="numeric">55</td>' in cells
    assert (
        client.get("/api/v1/crs", next(NEXT["crs"]) | {"job_offer": "other_qualifying"}).json()["D"]["job_offer"] == 55
    )
