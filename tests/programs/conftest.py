import json

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("untimed", deadline=None)  # a busy machine is no fault
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def point_grids():
    """The newest grid of each system, from the project's own fixture."""
    rows = json.loads((settings.BASE_DIR / "fixtures" / "point_grids.json").read_text(encoding="utf-8"))
    rows.sort(key=lambda row: row["fields"]["valid_from"])
    return {row["fields"]["system"]: row["fields"]["grid"] for row in rows}


@pytest.fixture(scope="session")
def crs_grid(point_grids):
    return point_grids["crs"]


@pytest.fixture(scope="session")
def fsw_grid(point_grids):
    return point_grids["fsw"]


@pytest.fixture(scope="session")
def language_tests(point_grids):
    return point_grids["language"]
