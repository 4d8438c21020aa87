"""Makes changes approved for a time when it comes, beside the requests: reading a page never writes."""

import logging
import time

from django.db import DatabaseError, close_old_connections

PAUSE = 10  # seconds
log = logging.getLogger(__name__)


def keep_applying():
    """In a thread of each worker, as long as it lives."""
    while True:
        time.sleep(PAUSE)
        apply_once()


def apply_once():
    from editing.admin.scheduled import apply_due

    close_old_connections()
    try:
        apply_due()
    except DatabaseError as fault:  # away, busy or full: the next turn tries again
        log.warning("Changes approved for a time are not made yet: %s", str(fault).strip())
    except Exception:  # the thread must live, or no later change is made
        log.exception("A change approved for a time can't be made")
