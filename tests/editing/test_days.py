from datetime import UTC, date, datetime

import pytest

from editing.days import canadian_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 10, 2, 1, 30, tzinfo=UTC), date(2026, 10, 1)),  # 21:30 in summer
        (datetime(2026, 10, 2, 4, 0, tzinfo=UTC), date(2026, 10, 2)),
        (datetime(2026, 12, 2, 4, 59, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_day_is_that_of_ottawa(moment, day):
    assert canadian_day(moment) == day
