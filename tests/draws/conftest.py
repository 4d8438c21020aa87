from datetime import date

import pytest

from draws.models import Draw
from tests.draws.feed_rows import row
from tests.draws.importers import begin, save_all


@pytest.fixture
def stem(make_edition):
    label = {"round_label": "STEM occupations (Version 1)"}
    return make_edition("stem", "2023", effective_from=date(2023, 5, 31), effective_to=date(2025, 2, 26), **label)


@pytest.fixture
def held(stem):
    """Draw 254 as the feed row of ``feed_rows`` has it, published."""
    save_all(begin(row()))
    return Draw.objects.get(number="254")
