"""What a page depends on beside its address: the data, the day, and the code."""

import time

from django.utils import timezone

from .models import DataVersion

# Workers of one release must agree; a restart may only make a page fresher.
CODE_VERSION = str(int(time.time()))


def data_version(now):
    """The number of the data at ``now``, by one query on one row; a row that came due moves it on."""
    held = DataVersion.objects.values_list("number", "next_due").first()
    if held is None:
        return 0
    number, next_due = held
    if next_due is not None and next_due <= now:
        DataVersion.move_on(now)
        return number + 1
    return number


def page_version(now=None):
    """Data, day and code in one text: equal texts promise equal pages."""
    now = now or timezone.now()
    return f"{data_version(now)}-{now:%Y%m%d}-{CODE_VERSION}"
