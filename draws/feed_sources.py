"""Where a copy of the feed was read, as the record says it of every row."""

from urllib.parse import urlsplit

from django.conf import settings

from expressentry.records import Evidence

OFFICIAL_HOST = "www.canada.ca"


def of_address(url):
    """The department's own site is official; a copy elsewhere is a third party's."""
    host, name = host_of(url), url.partition("?")[0].rpartition("/")[2]
    if host == OFFICIAL_HOST:
        return {"source": f"IRCC feed {name}"[:500], "source_url": url[:500], "evidence": Evidence.OFFICIAL}
    source = f"Copy of the IRCC feed at {host}: {name}"
    return {"source": source[:500], "source_url": url[:500], "evidence": Evidence.THIRD_PARTY}


def host_of(url):
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # no address at all
        return ""


def of_file(name):
    """Somebody took the file from the official address and says so by importing it."""
    source = f"IRCC feed, from the file {name}" if name else "IRCC feed, pasted as text"
    return {"source": source[:500], "source_url": settings.FEED_URL, "evidence": Evidence.OFFICIAL}
