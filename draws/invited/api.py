from datetime import date, datetime

from django.utils.translation import gettext_lazy
from ninja import Query, Schema

from draws.forms import InvitedForm
from editing.api_forms import ReadingRouter, checked, query_parameters
from editing.days import canadian_day

from .verdicts import tally
from .views import Standing

router = ReadingRouter(tags=["Draws"])


class VerdictOut(Schema):
    number: str
    date: date
    name: str
    cutoff: int | None
    tie_break: datetime | None
    outcome: str
    reason: str
    unchecked: list[str]
    url: str


class StreamAnswerOut(Schema):
    """How a score stands to the last draws of a stream that may invite it; ``distance`` is negative below."""

    slug: str
    name: str
    last: date
    cutoff: int | None
    distance: int | None
    enough: int
    count: int
    nearest: int | None
    unchecked: list[str]
    url: str


class InvitedOut(Schema):
    """Outcomes are invited, not_invited or unknown; ``unchecked`` names what the question did not say.

    The counts have those invited with something unchecked apart, as the page does.
    """

    count: int
    invited: int
    unchecked: int
    not_invited: int
    unknown: int
    streams: list[StreamAnswerOut]
    items: list[VerdictOut]


InvitedQuestion = query_parameters("InvitedQuestion", InvitedForm.base_fields)


@router.get("/invited", response=InvitedOut, summary=gettext_lazy("Would a profile have been invited, and why"))
def invited(request, asked: Query[InvitedQuestion]):
    found = Standing(checked(InvitedForm(request.GET)), canadian_day())
    return {
        "count": len(found.decided),
        **tally(found.decided),
        "streams": [stream_facts(request, one) for one in found.streams],
        "items": [verdict_facts(request, *each) for each in found.decided],
    }


def stream_facts(request, one):
    return {
        "slug": one.stream.slug,
        "name": one.stream.name,
        "last": one.latest.last.date,
        "cutoff": one.latest.last.cutoff,
        "distance": one.distance,
        "enough": one.enough,
        "count": one.count,
        "nearest": one.nearest and one.nearest.cutoff,
        "unchecked": list(one.unchecked),
        "url": request.build_absolute_uri(one.stream.get_absolute_url()),
    }


def verdict_facts(request, draw, verdict):
    return {
        "number": draw.number,
        "date": draw.date,
        "name": draw.name_en,
        "cutoff": draw.cutoff,
        "tie_break": draw.tie_break,
        "url": request.build_absolute_uri(draw.get_absolute_url()),
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "unchecked": list(verdict.unchecked),
    }
