"""What tests of import share."""

from draws.models import Draw
from tests.draws.feed_rows import row

GENERAL = {"drawName": "No Program Specified", "drawText2": "Canadian Experience Class"}


READ = {"evidence": "third-party", "source": "Mail of a reader", "source_url": "https://example.com/feed.json"}


OFFICIAL = {"source": "IRCC feed of a test", "source_url": "https://www.canada.ca/feed.json", "evidence": "official"}


def general(number, **changes):
    return row(drawNumber=str(number), **GENERAL | changes)


OLDER = [general(254), general(255)]


NEWER = [general(254), general(255, drawSize="501"), general(256), general(257)]


def state():
    return list(Draw.objects.order_by("sequence").values_list("number", "invitations", "status"))
