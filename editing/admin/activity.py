"""Who did what and when, in all tables that somebody may view: from their history, or from the log without one."""

from datetime import UTC, datetime, time, timedelta

from django import forms
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Case, CharField, F, Q, Value, When, prefetch_related_objects
from django.db.models.functions import Cast
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.history import CHANGED, CREATED, DELETED, has_history
from editing.models import ProposedChange
from editing.roles import OPERATOR

from .history import VERSION, name_of
from .search import address, related, row_address, rows_by_key, viewed_pages

PER_PAGE = 50
KINDS = {CREATED: _("Added"), CHANGED: _("Changed"), DELETED: _("Deleted")}
COLUMNS = ("at_table", "at_record", "at_row", "at", "by", "did", "named", "words")


class ActivityForm(forms.Form):
    """Whose doings, in which table, and in which week."""

    person = forms.ModelChoiceField(
        User.objects.filter(Q(is_staff=True) | Q(username=OPERATOR)).order_by("username"),
        label=_("Person"),
        required=False,
        empty_label=_("Everybody"),
        to_field_name="username",
    )
    table = forms.ChoiceField(label=_("Table"), required=False)
    week = forms.DateField(
        label=_("Week (any of its days)"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, pages, data):
        super().__init__(data)
        names = [(page.opts.label_lower, capfirst(page.opts.verbose_name_plural)) for page in pages]
        self.fields["table"].choices = [("", _("All tables")), *names]


@require_safe
def activity_page(request, site):
    pages = viewed_pages(request, site)
    form = ActivityForm(pages, request.GET)
    form.is_valid()
    found = Paginator(events(pages, form.cleaned_data), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": _("Activity"),
        "form": form,
        "page_of_versions": found,
        "events": described(pages, [dict(zip(COLUMNS, row, strict=True)) for row in found.object_list]),
    }
    return TemplateResponse(request, "admin/activity.html", context)


def events(pages, wanted):
    """What happened, newest first; a bad value among those wanted counts as none."""
    parts = [
        (of_history if has_history(page.model) else of_log)(place, page.model, wanted)
        for place, page in enumerate(pages)
        if wanted.get("table") in (None, "", page.opts.label_lower)
    ]
    together = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return together.order_by("-at", "-at_record")


def of_history(place, model, wanted):
    rows = chosen(model.history.all(), wanted, "history_user", "history_date")
    return columns(
        rows, place, "history_id", "id", "history_date", F("history_type"), Value(""), "history_change_reason"
    )


def of_log(place, model, wanted):
    opts = model._meta
    rows = LogEntry.objects.filter(content_type__app_label=opts.app_label, content_type__model=opts.model_name)
    did = Case(
        When(action_flag=ADDITION, then=Value(CREATED)),
        When(action_flag=DELETION, then=Value(DELETED)),
        default=Value(CHANGED),
    )
    rows = chosen(rows, wanted, "user", "action_time")
    return columns(rows, place, "id", "object_id", "action_time", did, F("object_repr"), "change_message")


def chosen(rows, wanted, person, when):
    if wanted.get("person"):
        rows = rows.filter(**{person: wanted["person"]})
    if day := wanted.get("week"):
        monday = datetime.combine(day - timedelta(days=day.weekday()), time(), UTC)
        rows = rows.filter(**{f"{when}__gte": monday, f"{when}__lt": monday + timedelta(days=7)})
    return rows


def columns(rows, place, record, row, when, did, named, words):
    """The same columns of every table, so that the database can sort them all."""
    person = "history_user" if record == "history_id" else "user"
    return (
        rows.order_by()
        .annotate(
            at_table=Value(place),
            at_record=F(record),
            at_row=Cast(row, CharField()),
            at=F(when),
            by=F(f"{person}__username"),
            did=Cast(did, CharField()),
            named=Cast(named, CharField()),
            words=Cast(words, CharField()),
        )
        .values_list(*COLUMNS)
    )


def described(pages, found):
    """Each with its table, its row and where its difference is; one query for the rows of a table."""
    for place in {event["at_table"] for event in found}:
        page, these = pages[place], [event for event in found if event["at_table"] == place]
        rows = rows_by_key(page, {event["at_row"] for event in these if event["at_row"]})
        held = {str(key): row for key, row in rows.items()}
        names = names_then(page, [event["at_record"] for event in these if event["at_row"] not in held])
        for event in these:
            describe(event, page, held.get(event["at_row"]), names)
    return found


def describe(event, page, row, names):
    event |= {"table": capfirst(page.opts.verbose_name), "did": KINDS[event["did"]]}
    event |= {"name": row or names.get(event["at_record"]) or event["named"], "url": "", "difference": ""}
    event["url"] = row_address(page, row.pk) if row else ""
    if not has_history(page.model):
        event["words"] = LogEntry(change_message=event["words"]).get_change_message()
        event["difference"] = event["url"] if page.model is ProposedChange else ""
    elif row:
        record = event["at_record"]
        event["difference"] = f"{address(page, 'history', args=[row.pk], query={VERSION: record})}#version-{record}"
    else:
        event["difference"] = address(page, "deleted")


def names_then(page, records):
    """What rows were called that are gone, by the record of the history."""
    if not records or not has_history(page.model):
        return {}
    gone = page.model.history.filter(history_id__in=records).in_bulk()
    rows = {key: record.history_object for key, record in gone.items()}
    prefetch_related_objects([*rows.values()], *related(page))
    return {key: name_of(gone[key], row) for key, row in rows.items()}
