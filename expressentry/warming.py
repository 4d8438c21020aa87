"""What a server does once after its start, so that no visitor waits for it."""

from django.conf import settings
from django.db import connections
from django.test import Client

from occupations.index import search_index

# The pages with charts: a drawing is kept on disk, so only the first start of a record takes long.
DRAWN = ["/", "/pool/", "/statistics/", "/fr/", "/fr/pool/", "/fr/statistics/"]


def in_thread(is_first):
    """Warm beside the first requests; a thread closes the connections that it opened."""
    warm(is_first)
    connections.close_all()


def warm(is_first):
    """Build the search index; the first worker also visits the pages with charts."""
    search_index()
    if is_first:
        host = settings.ALLOWED_HOSTS[0].replace("*", "localhost").lstrip(".")
        client = Client(headers={"host": host})
        for address in DRAWN:
            client.get(address, secure=settings.HTTPS)
