"""What a page depends on beside its address: the data, the day, and the code."""

import time

from django.db import connection
from django.utils import timezone

# Workers of one release must agree; a restart may only make a page fresher.
CODE_VERSION = str(int(time.time()))

# The rows of these tables become public by the clock alone, when their time comes.
QUERY = """
SELECT (SELECT number FROM expressentry_dataversion WHERE id = 1),
       (SELECT MAX(publish_at) FROM draws_draw WHERE publish_at <= %s)
"""


def page_version(now=None):
    """Data, scheduled rows, day and code in one text: equal texts promise equal pages."""
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [now])
        number, newest = cursor.fetchone()
    return f"{number}-{newest}-{now:%Y%m%d}-{CODE_VERSION}"
