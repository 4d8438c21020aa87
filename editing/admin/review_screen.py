"""The review screen of a row: what differs from the live page, the page beside it, and what to do with it."""

from django import forms
from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from editing import plausibility
from editing.facts import PUBLICATION, differences, digest, fact_fields, facts
from editing.history import records
from editing.notices import submitter
from editing.records import Status
from editing.review import TRANSITIONS
from editing.roles import may_publish

from .doubts import SAY_WHY, answer_of, doubts_context
from .frames import shows_frames
from .row_form import OPENED_ON


class ReviewForm(forms.Form):
    """When the row becomes public, and what its writer is told."""

    publish_at = forms.DateTimeField(
        label=_("At a time (UTC)"), required=False, widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=255,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
    )

    def clean(self):
        cleaned = super().clean()
        at = cleaned.get("publish_at")
        if "_schedule" in self.data and (not at or at <= timezone.now()):
            self.add_error("publish_at", _("Give a time that is yet to come."))
        if "_return" in self.data and not cleaned.get("comment", "").strip():
            self.add_error("comment", SAY_WHY)
        return cleaned


class ReviewScreen:
    """Adds the page to the admin of a table whose rows go through review."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.review_view)
        return [path("<int:pk>/review/", view, name=self.page_name("review")), *super().get_urls()]

    @csrf_protect_m
    @method_decorator(shows_frames)
    def review_view(self, request, pk):
        with transaction.atomic():
            row = self.row_or_404(request, pk)
            if not self.has_view_or_change_permission(request, row):
                raise PermissionDenied
            if row.status != Status.REVIEW:
                self.message_user(request, _("%(row)s is not in review.") % {"row": row}, messages.INFO)
                return redirect(self.address("change", row.pk))
            form = ReviewForm(request.POST or None)
            if request.method == "POST" and (response := self.decided(request, row, form)):
                return response
            return self.show_review(request, row, form)

    def decided(self, request, row, form):
        """Do what the button says; None where the page has to be shown once more."""
        if not may_publish(request.user, self.model):
            raise PermissionDenied
        if request.POST.get(OPENED_ON) != digest(row):
            self.message_user(request, _("The row was saved meanwhile. Compare again."), messages.WARNING)
            return redirect(request.path)
        if not form.is_valid():
            return None
        step = TRANSITIONS["return" if "_return" in request.POST else "publish"]
        if step.name == "publish":
            row.publish_at = form.cleaned_data["publish_at"] if "_schedule" in request.POST else None
        why = self.transition(request, row, step, form.cleaned_data["comment"].strip(), answer_of(request))
        if why:
            self.message_user(request, why, messages.ERROR)
            return redirect(request.path)
        self.message_user(request, self.said_of(row, step), messages.SUCCESS)
        return redirect("admin:index")

    def said_of(self, row, step):
        if step.name == "return":
            return _("%(row)s was returned with your comment.") % {"row": row}
        if row.publish_at:
            return _("%(row)s becomes public at %(when)s UTC.") % {
                "row": row,
                "when": f"{row.publish_at:%Y-%m-%d %H:%M}",
            }
        return _("%(row)s is public now.") % {"row": row}

    def show_review(self, request, row, form):
        return self.page(
            request,
            "review.html",
            _("Review: %(row)s") % {"row": row},
            original=row,
            form=form,
            submitted_by=submitter(row),
            differences=differences(self.model, last_public(row), said_now(row)),
            opened_on=digest(row),
            preview_url=self.address("preview", row.pk),
            faults=self.publishing_faults(row),
            may_decide=may_publish(request.user, self.model),
            **doubts_context(plausibility.doubts(row)),
        )


def said_now(row):
    return {name: value for name, value in facts(row).items() if name not in PUBLICATION}


def last_public(row):
    """What the row said when the public last saw it: nothing, where it never did."""
    last = next((record for record in records(row) if record.status == Status.PUBLISHED), None)
    return facts(last) if last else {field.name: None for field in fact_fields(type(row))}
