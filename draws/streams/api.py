from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema

from draws.models import Kind
from editing.api_forms import ReadingRouter

from .queries import LATELY, latest_draws, newest_of_each, stream_called, streams

router = ReadingRouter(tags=["Streams"])


class LatestOut(Schema):
    number: str
    date: date
    invitations: int | None
    cutoff: int | None


class UsualGapOut(Schema):
    median: float
    low: float
    high: float


class StreamOut(Schema):
    slug: str
    name: str
    kind: Kind
    last: LatestOut | None
    change: int | None
    gaps: list[int]
    usual_gap: UsualGapOut | None
    url: str


def stream_values(request, stream, draws):
    """A stream as the API gives it: its last draw, the change of the cut-off, the days between its last draw days."""
    latest = latest_draws(draws)
    return {
        "slug": stream.slug,
        "name": stream.name,
        "kind": stream.kind,
        "last": latest and latest.last,
        "change": latest and latest.change,
        "gaps": latest.gaps if latest else [],
        "usual_gap": latest and latest.usual,
        "url": request.build_absolute_uri(stream.get_absolute_url()),
    }


@router.get("/streams", response=list[StreamOut], summary=gettext_lazy("Every stream of draws, with its last draw"))
def every_stream(request):
    found = list(streams())
    newest = newest_of_each(found)
    return [stream_values(request, stream, newest[stream.slug]) for stream in found]


@router.get(
    "/streams/{slug:slug}", response=StreamOut, summary=gettext_lazy("One stream of draws, with its last draw")
)
def one_stream(request, slug: str):
    found = stream_called(slug)
    if found is None:
        raise Http404(_("There is no stream %(slug)s.") % {"slug": slug})
    return stream_values(request, found, found.draws()[: LATELY + 1])
