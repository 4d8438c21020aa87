"""Where a copy of the feed was read, as the record says it of every row."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from editing.records import Evidence

OFFICIAL_HOST = "www.canada.ca"
KINDS = [
    (r"IRCC feed, from the file (?=.)", "Flux d’IRCC, tiré du fichier "),
    (r"IRCC feed (?=\S+$)", "Flux d’IRCC "),
    (r"Copy of the IRCC feed at (\S+): ", "Copie du flux d’IRCC à \\1\N{NO-BREAK SPACE}: "),
    (r"Copy of the IRCC feed, file (?=.)", "Copie du flux d’IRCC, fichier "),
]


def of_address(url):
    """The department's own site is official; a copy elsewhere is a third party's."""
    host, name = host_of(url), url.partition("?")[0].rpartition("/")[2]
    if host == OFFICIAL_HOST:
        return source_text(f"IRCC feed {name}", url, Evidence.OFFICIAL)
    return source_text(f"Copy of the IRCC feed at {host}: {name}", url, Evidence.THIRD_PARTY)


def host_of(url):
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # no address at all
        return ""


def of_file(name, is_official):
    """The operator says whether a file was taken from the official address; otherwise nobody confirmed it."""
    if is_official:
        return source_text(f"IRCC feed, from the file {name}", settings.FEED_URL, Evidence.OFFICIAL)
    return source_text(f"Copy of the IRCC feed, file {name}", "", Evidence.REPORTED)


def source_text(source, url, evidence):
    return {"source": printable(source)[:500], "source_url": printable(url)[:500], "evidence": evidence}


def in_french(source):
    """The same said in French; a source in anybody's own words has no French."""
    for english, french in KINDS:
        if re.match(english, source):
            return re.sub(english, french, source, count=1)
    return ""


def printable(text):
    """The text as any database can hold it: file names may have what is no text."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
