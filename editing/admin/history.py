"""The history of a row in the admin: its versions with their differences, going back, and undoing a deletion."""

from contextlib import nullcontext

from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editing import constraint_messages, plausibility
from editing.facts import PUBLICATION, differences, digest, facts
from editing.history import deleted, deleted_with, records, restore, revert
from editing.ledger.write import is_public
from editing.proposals import propose
from editing.records import Reviewed, Status
from editing.review import may_change, may_publish, needs_publisher

from .cause import CAUSE, CauseForm, changes_fact
from .row_form import OPENED_ON

PER_PAGE = 50
VERSION = "version"  # asks for the page of a history that shows the record


def versions(found, model):
    """Records, newest first, each with what it changed."""
    found = list(found)
    before = [*found[1:], found[-1].prev_record if found else None]
    return [
        {"record": record, "differences": differences(model, facts(old), facts(record)) if old else []}
        for record, old in zip(found, before, strict=True)
    ] if found else []  # fmt: skip


class HistoryPages:
    """Adds the pages of the history to a ModelAdmin."""

    def page_name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def address(self, page, *args):
        return reverse(f"{self.admin_site.name}:{self.page_name(page)}", args=args)

    def get_urls(self):
        def own(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=self.page_name(name))

        return [
            own("deleted/", self.deleted_view, "deleted"),
            own("deleted/<int:record_id>/restore/", self.restore_view, "restore"),
            own("<int:pk>/history/<int:record_id>/revert/", self.revert_view, "revert"),
            *super().get_urls(),
        ]

    def page(self, request, template, title, **context):
        app, model = self.opts.app_label, self.opts.model_name
        shared = {"opts": self.opts, "title": title, "guide": self.guide}
        context = {**self.admin_site.each_context(request), **shared, **context}
        return TemplateResponse(request, [f"admin/{app}/{model}/{template}", f"admin/{template}"], context)

    def row_or_404(self, request, pk):
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404(_("There is no such row. Look among the deleted ones."))
        return row

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        row = self.row_or_404(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        page = Paginator(records(row), PER_PAGE).get_page(request.GET.get("p") or page_with(row, request))
        return self.page(
            request,
            "row_history.html",
            _("History: %(row)s") % {"row": row},
            original=row,
            page_of_versions=page,
            versions=self.described(row, versions(page.object_list, self.model)),
            parts=list(self.records_of_parts(row)),
            can_revert=self.has_change_permission(request, row),
            **(extra_context or {}),
        )

    def consequences(self, row, values):
        """A place to show what would no longer be true if the row said these values."""
        return {}

    def settling(self, request, row, values):
        """A place to see to it: a context in which the row is given the values."""
        return nullcontext()

    def described(self, row, found):
        """A place to say more of each version."""
        return found

    def records_of_parts(self, row):
        """What happened lately to the rows edited on the same page."""
        for inline in self.inlines:
            key = next(f for f in inline.model._meta.fields if f.related_model is self.model)
            found = inline.model.history.filter(**{key.attname: row.pk}).select_related("history_user")
            yield (
                inline.model._meta.verbose_name_plural,
                [
                    {"record": record, "name": name_of(record), "differences": changes_of(record)}
                    for record in found[:30]
                ],
            )

    @csrf_protect_m
    def revert_view(self, request, pk, record_id):
        with transaction.atomic():
            row = self.row_or_404(request, pk)
            record = get_object_or_404(self.model.history.select_related("history_user"), id=pk, history_id=record_id)
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            form = self.cause_of_going_back(request, row, said_in(record))
            if request.method == "POST" and request.POST.get(OPENED_ON) == digest(row) and form.is_valid():
                return self.go_back(request, row, record, form)
            for sentence in form.sentences:
                self.message_user(request, sentence, messages.ERROR)
            if request.method == "POST" and request.POST.get(OPENED_ON) != digest(row):
                self.message_user(request, _("The row was saved meanwhile. Compare again."), messages.WARNING)
            return self.show_revert(request, row, record, form)

    def cause_of_going_back(self, request, row, then):
        names = [one.field for one in differences(self.model, facts(row), then)]
        is_asked = is_public(row) and changes_fact(self.model, names)
        return CauseForm(request.POST or None, is_asked=is_asked)

    def show_revert(self, request, row, record, form):
        then = said_in(record)
        return self.page(
            request,
            "row_revert.html",
            _("Go back: %(row)s") % {"row": row},
            original=row,
            record=record,
            differences=differences(self.model, facts(row), then),
            opened_on=digest(row),
            cause=form,
            proposes=not may_change(request.user, row),
            settles=may_change(request.user, row),
            **self.consequences(row, then),
        )

    def go_back(self, request, row, record, form):
        back = redirect(self.address("history", row.pk))
        reason = request.POST.get("change_reason") or _("Back to the version of %(when)s UTC") % {
            "when": f"{record.history_date:%Y-%m-%d %H:%M:%S}"
        }
        try:
            if may_change(request.user, row):
                row._change_reason, row._change_cause = reason, form.cleaned_data[CAUSE]
                known = plausibility.doubts_in_public(row)
                with self.settling(request, row, said_in(record)):
                    revert(row, record)
                plausibility.check(row, known)
                if not may_change(request.user, row):  # it would go back into what is published by now
                    raise PermissionDenied
                said = _("The row is as it was in that version.")
            else:
                request.proposed = propose(row, said_in(record), request.user, reason, form.cleaned_data[CAUSE])
                said = _("The row is published: going back was handed to the publishers as a proposed change.")
        except (ValidationError, IntegrityError) as fault:
            transaction.set_rollback(True)
            return self.refuse(request, fault, redirect(request.path))
        self.log_change(request, row, str(said))
        self.message_user(request, said, messages.SUCCESS)
        return back

    def refuse(self, request, fault, back):
        sentences = fault.messages if isinstance(fault, ValidationError) else [constraint_messages.message_of(fault)]
        for sentence in sentences:
            self.message_user(request, sentence, messages.ERROR)
        return back

    def deleted_view(self, request):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        page = Paginator(deleted(self.model), PER_PAGE).get_page(request.GET.get("p"))
        rows = [{"record": one, "name": name_of(one), "parts": list(deleted_with(one))} for one in page.object_list]
        title = _("Deleted: %(rows)s") % {"rows": self.opts.verbose_name_plural}
        return self.page(request, "deleted.html", title, page_of_versions=page, deleted=rows,
                         can_restore=self.has_add_permission(request))  # fmt: skip

    @csrf_protect_m
    def restore_view(self, request, record_id):
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        record = get_object_or_404(deleted(self.model), history_id=record_id)
        back = redirect(self.address("deleted"))
        try:
            with transaction.atomic():
                row = restore(record, **self.restored_as(request.user))
                if needs_publisher(row) and not may_change(request.user, row):
                    raise PermissionDenied
                plausibility.check(row)
        except (ValidationError, IntegrityError) as fault:
            return self.refuse(request, fault, back)
        self.log_addition(request, row, str(_("Restored after a deletion")))
        said = _("Restored: <a href='{}'>{}</a>.")
        self.message_user(request, format_html(said, self.address("change", row.pk), row), messages.SUCCESS)
        return back

    def restored_as(self, user):
        """A publisher's row comes back as public as it was, anybody else's as a draft."""
        may = may_publish(user, self.model)
        return {} if may or not issubclass(self.model, Reviewed) else {"status": Status.DRAFT}

    def response_delete(self, request, obj_display, obj_id):
        said = _("Gone by mistake? <a href='{}'>Deleted rows</a> can be restored.")
        self.message_user(request, format_html(said, self.address("deleted")), messages.INFO)
        return super().response_delete(request, obj_display, obj_id)


def page_with(row, request):
    """The number of the page of its history that shows the version asked for."""
    wanted = request.GET.get(VERSION, "")
    record = row.history.filter(history_id=wanted).first() if wanted.isdecimal() and len(wanted) < 19 else None
    if record is None:
        return 1
    newer = Q(history_date__gt=record.history_date) | Q(history_date=record.history_date, history_id__gt=record.pk)
    return row.history.filter(newer).count() // PER_PAGE + 1


def said_in(record):
    """What a version says, but for how far its publication had come."""
    return {name: value for name, value in facts(record).items() if name not in PUBLICATION}


def name_of(record, row=None):
    """What a row was called, also where the rows that its name tells of are gone."""
    try:
        return str(row or record.history_object)
    except ObjectDoesNotExist:
        return f"{record.instance_type._meta.verbose_name} {record.id}"


def changes_of(record):
    old = record.prev_record
    return differences(record.instance_type, facts(old), facts(record)) if old else []
