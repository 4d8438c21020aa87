from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from .forms import MOST_LINES
from .views import answer

router = Router(tags=["Links"])
LONGEST_LINE = 4000

Line = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]


class LinksIn(Schema):
    """Links to this site, or occupation codes and a day, each with words of your own beside it."""

    model_config = ConfigDict(extra="forbid")
    links: Annotated[list[Line], Field(min_length=1, max_length=MOST_LINES)]


class FactOut(Schema):
    field: str
    old: str
    new: str


class CorrectedRowOut(Schema):
    """A row that the link showed: one that is there now and was not, one that was and is not, or other facts of it."""

    kind: Literal["added", "removed", "changed"]
    table: str
    key: str
    title: str
    facts: list[FactOut]


class CorrectedSinceOut(Schema):
    known_from: datetime
    cause: str
    reason: str
    rows: list[CorrectedRowOut]


class SuccessorOut(Schema):
    """The list in force today in place of one that the link shows; no edition where none has followed."""

    category: str
    old_edition: str | None
    edition: str | None
    since: date | None
    joined: list[str]
    left: list[str]


class CheckedOut(Schema):
    link: str
    label: str
    state: Literal["unchanged", "corrected", "superseded", "not_ours", "unreadable"]
    fault: str | None
    title: str
    url: str | None
    on: date | None
    compared_with: datetime | None
    corrections: list[CorrectedSinceOut]
    superseded_by: list[SuccessorOut]
    newer: int


class ChecksOut(Schema):
    count: int
    changed: int
    items: list[CheckedOut]


@router.post("/check", response=ChecksOut, summary="Whether links to this site are still right")
def check(request, asked: LinksIn, response: HttpResponse):
    response["Cache-Control"] = "no-store"
    found = answer(request, asked.links)
    changed = sum(one.answer.has_changed for one in found)
    return {"count": len(found), "changed": changed, "items": [checked(request, one) for one in found]}


def checked(request, one):
    """An answer by its keys; what is said in words stands beside them in the language of the address."""
    return {
        "link": one.asked.text,
        "label": one.asked.label,
        "state": one.state,
        "fault": one.fault or None,
        "title": one.title,
        "url": request.build_absolute_uri(one.url) if one.is_read else None,
        "on": one.asked.on,
        "compared_with": one.answer.since,
        "corrections": one.corrections,
        "superseded_by": [successor(each) for each in one.answer.successors],
        "newer": one.answer.newer,
    }


def successor(one):
    old, new = (key.partition("/")[2] if key else None for key in (one.old, one.new))
    return {"category": one.category, "old_edition": old, "edition": new, "since": one.since,
            "joined": one.joined, "left": one.left}  # fmt: skip
