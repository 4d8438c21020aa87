from datetime import date, datetime
from typing import Literal

from ninja import Query, Schema

from editing.api_forms import PageForm, ReadingRouter, checked, query_parameters

from .events import events
from .forms import ChangesForm
from .rows import RowNames
from .words import EventInWords

router = ReadingRouter(tags=["Changes"])
ChangesQuestion = query_parameters("ChangesQuestion", ChangesForm.base_fields | PageForm.base_fields)


class ChangedFactOut(Schema):
    field: str
    old: str
    new: str


class ChangedRowOut(Schema):
    kind: Literal["added", "removed", "changed"]
    title: str
    facts: list[ChangedFactOut]


class ChangeEventOut(Schema):
    """What changed of one page at a moment; ``about`` is the day that it is about."""

    known_from: datetime
    about: date | None
    kind: Literal["draw", "list", "correction", "other", "wording"]
    cause: str
    reason: str
    of: str
    title: str
    summary: str
    rows: list[ChangedRowOut]
    url: str
    page: str | None


class ChangesOut(Schema):
    count: int
    items: list[ChangeEventOut]


@router.get("/changes", response=ChangesOut, summary="What this record changed for the public, the newest first")
def changes(request, asked: Query[ChangesQuestion]):
    form, page = ChangesForm(request.GET), PageForm(request.GET)
    checked(form, page)
    names, found = RowNames(), form.chosen(events(form.row))
    return {"count": len(found), "items": [item(request, EventInWords(one, names)) for one in page.part(found)]}


def item(request, one):
    return {
        "known_from": one.event.known,
        "about": one.event.about,
        "kind": one.event.kind,
        "cause": one.event.cause,
        "reason": one.event.reason,
        "of": one.event.subject,
        "title": one.title,
        "summary": one.summary,
        "rows": one.rows,
        "url": request.build_absolute_uri(one.event.get_absolute_url()),
        "page": request.build_absolute_uri(one.url) if one.url else None,
    }
