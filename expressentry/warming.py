"""What a server does once after its start, so that no visitor waits for it."""

from django.conf import settings
from django.test import Client

from occupations import index

# The pages with charts: a drawing is kept on disk, so only the first start of a record takes long.
DRAWN = ["/", "/pool/", "/statistics/", "/fr/", "/fr/pool/", "/fr/statistics/"]


def warm(is_first):
    """Build the search index; the first worker also visits the pages with charts."""
    index.warm()
    if is_first:
        host = settings.ALLOWED_HOSTS[0].replace("*", "localhost").lstrip(".")
        client = Client(headers={"host": host})
        for address in DRAWN:
            client.get(address, secure=settings.HTTPS)
