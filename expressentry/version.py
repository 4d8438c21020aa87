"""What a page depends on beside its address: the data, the day, and the code."""

import json
import time
from bisect import bisect_right
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from editing.days import canadian_day
from editing.models import DataVersion

# Workers of one release must agree; a restart may only make a page fresher.
CODE_VERSION = str(int(time.time()))
# Every answer waits for this query: written out, it takes a sixth of the time.
STORED = f"SELECT number, schedule FROM {DataVersion._meta.db_table} WHERE id = 1"  # noqa: S608
moments = lru_cache(json.loads)  # the same few texts at each request


def data_version(now):
    """The stored number and, of the rows that waited for their time, how many moments have passed by ``now``."""
    with connection.cursor() as cursor:
        cursor.execute(STORED)
        number, schedule = cursor.fetchone() or (0, "[]")
    return number + bisect_right(moments(schedule), now.timestamp())


def page_version(now=None):
    """Data, day and code in one text: equal texts promise equal pages."""
    now = now or timezone.now()
    return f"{data_version(now)}-{canadian_day(now):%Y%m%d}-{CODE_VERSION}"
