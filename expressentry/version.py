"""What a page depends on beside its address: the data, the day, and the code."""

import time

from django.db import connection
from django.utils import timezone

from .days import canadian_day
from .models import DataVersion

# Workers of one release must agree; a restart may only make a page fresher.
CODE_VERSION = str(int(time.time()))
# Every answer waits for this query: written out, it takes a sixth of the time.
HELD = f"SELECT number, next_due <= %s FROM {DataVersion._meta.db_table} WHERE id = 1"  # noqa: S608


def data_version(now):
    """The number of the data at ``now``, by one query on one row; a row that came due moves it on."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [connection.ops.adapt_datetimefield_value(now)])
        number, is_due = cursor.fetchone() or (0, False)
    if is_due:
        DataVersion.move_on(now)
        return number + 1
    return number


def page_version(now=None):
    """Data, day and code in one text: equal texts promise equal pages."""
    now = now or timezone.now()
    return f"{data_version(now)}-{canadian_day(now):%Y%m%d}-{CODE_VERSION}"
