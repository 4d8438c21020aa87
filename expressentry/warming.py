"""What a server does once after its start, so that no visitor waits for it."""

from django.db import connections

from occupations.search.index import search_index


def in_thread():
    """Build the search index beside the first requests; a thread closes the connections that it opened."""
    try:
        search_index()
    finally:
        connections.close_all()
