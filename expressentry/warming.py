"""What a server does once after its start, so that no visitor waits for it."""

import time

from django.db import connections

from occupations.search.index import search_index

PAUSE = 1  # second: the first page after a start goes first


def in_thread():
    """Build the search index beside the first requests; a thread closes the connections that it opened."""
    time.sleep(PAUSE)
    try:
        search_index()
    finally:
        connections.close_all()
