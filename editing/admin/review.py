"""Review in the admin: the steps from draft to published as buttons and actions, and the preview."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from editing import notices, plausibility
from editing.models import ProposalState
from editing.pages.typography import colon
from editing.records import Status
from editing.review import (
    TRANSITIONS,
    can_transition,
    is_approved_for_later,
    later_publications,
    status_history,
    transitions_for,
)
from editing.roles import may_publish

from .cause import REASON, CauseActionForm, CauseForm
from .doubts import HARD_TO_BELIEVE, ON_ITS_OWN_PAGE, answer_of, doubts_context, sentences_of
from .frames import framed_here, preview_in
from .review_screen import ReviewScreen
from .rows import RowAdmin
from .scheduled import publish_later, publishes_later

TAKEN_BACK = {"state": ProposalState.REFUSED, "apply_at": None}
FORWARD = ("submit", "publish")  # the further of those that somebody may take is the next step


class ReviewedAdmin(ReviewScreen, RowAdmin):
    """An admin page for rows that go through review. The status is no field: only steps change it."""

    readonly_fields = ["status_history"]
    action_form = CauseActionForm

    def publishing_faults(self, row):
        """What the row itself says against it; an admin page can ask for more."""
        return row.publishing_faults()

    def companions(self, row):
        """Drafts that are submitted with this one."""
        return []

    def public_address(self, row):
        """Where the row is on the site, in the language of the moment."""
        return row.get_absolute_url()

    def view_on_site(self, row):
        return self.public_address(row) if row.is_public() else self.address("preview", row.pk)

    def titled(self, row):
        return _("%(row)s, %(status)s") % {"row": super().titled(row), "status": self.standing_of(row)}

    def standing_of(self, row):
        """How far a row has come, in words: a time to come is part of it."""
        if (row.status == Status.PUBLISHED and not row.is_public()) or is_approved_for_later(row):
            return _("public from %(when)s UTC") % {"when": f"{row.publish_at:%Y-%m-%d %H:%M}"}
        return row.get_status_display()

    @admin.display(description=_("status"), ordering="status")
    def standing(self, row):
        waits = (row.status == Status.PUBLISHED and not row.is_public()) or is_approved_for_later(row)
        name = "scheduled" if waits else row.status
        return format_html('<span class="standing standing-{}">{}</span>', name, self.standing_of(row))

    def get_list_display(self, request):
        """The status is always in sight: the second of the columns."""
        first, *others = super().get_list_display(request)
        return [first, "standing", *others]

    def saved_as(self, row):
        return _("Saved: %(row)s.") % {"row": self.titled(row)}

    def links_to_pages(self, row):
        if row.is_public():
            return [(self.public_address(row), _("See the public page"))]
        return [(self.address("preview", row.pk), _("See it as readers would"))]

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/preview/", view, name=self.page_name("preview")), *super().get_urls()]

    @method_decorator([require_safe, framed_here])
    def preview_view(self, request, pk):
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if not row.is_public():
            return preview_in(request, row, lambda: self.public_address(row))
        with translation.override("fr" if request.GET.get("language") == "fr" else "en"):
            return redirect(self.public_address(row))

    @admin.display(description=_("status"))
    def status_history(self, row):
        if row.pk is None:
            return row.get_status_display()
        names = dict(type(row)._meta.get_field("status").choices)
        lines = [
            (colon(names[one.status]), f"{one.history_date:%Y-%m-%d %H:%M} UTC",
             one.history_user or one.history_change_reason or "–")
            for one in status_history(row)
        ]  # fmt: skip
        now = format_html("<strong>{}</strong>", row.get_status_display())
        return now + format_html_join("", "<br>{} {}, {}", lines)

    # One row, by the buttons of its form

    def wanted_step(self, request):
        return next((step for name, step in TRANSITIONS.items() if f"_{name}" in request.POST), None)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        step = self.wanted_step(request)
        publishes = step.name == "publish" if step else obj is not None and obj.status == Status.PUBLISHED
        form.publishing_faults = self.publishing_faults if publishes else None
        withdraws = step is not None and step.name == "withdraw"
        form.withdrawing_faults = staticmethod(self.model.withdrawing_faults) if withdraws else None
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except plausibility.Implausible as fault:
            request.doubts, request.refused = fault.messages, HARD_TO_BELIEVE
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as fault:  # of what would be done at a later time
            request.refused = " ".join(fault.messages)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        row = obj or self.model()
        writes = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        steps = transitions_for(request.user, row) if writes else []
        context |= {"standing": self.standing(row), "forward": [step for step in steps if step.name in FORWARD][-1:]}
        context["steps"] = [step for step in steps if step not in context["forward"]]
        if writes and may_publish(request.user, self.model):
            context |= doubts_context(getattr(request, "doubts", None) or plausibility.doubts(row))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if step := self.wanted_step(request):
            if not can_transition(request.user, obj, step):
                raise PermissionDenied
            request.later = step.name == "publish" and publishes_later(obj)
            obj.status = Status.REVIEW if request.later else step.target
            obj._change_reason = form.cleaned_data.get(REASON) or step.stored_reason
            self.submit_along(request, obj, step)
            later_publications(obj).update(**TAKEN_BACK)
            self.make_room(request, obj, step)
        if not form.proposes:
            stored = self.model._base_manager.filter(pk=obj.pk).first()
            request.known_doubts = plausibility.doubts_in_public(stored) if stored else []
            obj._change_reason = answer_of(request).added_to(obj._change_reason)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not form.proposes:
            plausibility.check(form.instance, request.known_doubts, answer_of(request))
            if step := self.wanted_step(request):
                comment = form.cleaned_data.get(REASON) or ""
                publish_later(request, form.instance, comment) if request.later else self.tell(
                    request, form.instance, step, comment
                )

    # Several rows, by the actions of the list

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_change_permission(request):
            for step in TRANSITIONS.values():
                if not step.needs_publisher or may_publish(request.user, self.model):
                    actions[step.name] = (action(step), step.name, step.action_label)
        return actions

    def tell(self, request, row, step, comment=""):
        """Tell whoever waits for the step, or is waited for."""
        if step.name in notices.STEPS:
            url = self.address("review" if step.name == "submit" else "change", row.pk)
            notices.tell(request, row, notices.STEPS[step.name], comment, url)

    def transition(self, request, row, step, comment="", answer=None):
        """Take a step with a row; answers with the sentence that says why not."""
        if not can_transition(request.user, row, step):
            return _("It is %(status)s.") % {"status": row.get_status_display()}
        if step.name == "publish" and (faults := self.publishing_faults(row)):
            return " ".join(map(str, faults))
        try:
            with transaction.atomic():
                request.later = step.name == "publish" and publishes_later(row)
                row.status, reason = Status.REVIEW if request.later else step.target, comment or step.stored_reason
                row._change_reason = answer.added_to(reason) if answer else reason
                self.make_room(request, row, step)
                row.full_clean()
                self.submit_along(request, row, step)
                later_publications(row).update(**TAKEN_BACK)
                row.save()
                plausibility.check(row, answer=answer)
                publish_later(request, row, comment) if request.later else self.tell(request, row, step, comment)
        except plausibility.Implausible as fault:
            return " ".join([*fault.messages, str(ON_ITS_OWN_PAGE)])
        except (ValidationError, IntegrityError) as fault:
            return " ".join(sentences_of(fault))
        self.log_change(request, row, str(step.reason))
        return None

    def make_room(self, request, row, step):
        """End what the row follows, before it is public."""
        for said in row.make_room() if step.name == "publish" and not request.later else []:
            self.message_user(request, said, messages.SUCCESS)

    def submit_along(self, request, row, step):
        """Submit the companions of the row with it."""
        for other in self.companions(row) if step.name == "submit" else []:
            if other.status in step.sources:
                other.status = step.target
                other._change_reason = _("%(reason)s with %(row)s") % {"reason": step.reason, "row": row}
                other.save()
                said = _("%(row)s went with it.") % {"row": f"{capfirst(other._meta.verbose_name)} {other}"}
                self.message_user(request, said, messages.SUCCESS)


def action(step):
    def transition_rows(modeladmin, request, queryset):
        said = CauseForm(request.POST, is_asked=step.name == "withdraw")
        if not said.is_valid():
            for sentence in said.sentences:
                modeladmin.message_user(request, sentence, messages.ERROR)
            return
        with transaction.atomic():
            rows = modeladmin.model._base_manager.select_for_update().filter(
                pk__in=list(queryset.values_list("pk", flat=True))
            )
            said.tell(*rows)
            comment = said.cleaned_data[REASON] if step.name == "withdraw" else ""
            left = [(row, why) for row in rows if (why := modeladmin.transition(request, row, step, comment))]
        done = len(rows) - len(left)
        said = ngettext("%(reason)s: %(count)s row.", "%(reason)s: %(count)s rows.", done)
        modeladmin.message_user(
            request, said % {"reason": step.reason, "count": done}, messages.SUCCESS if done else messages.WARNING
        )
        for row, why in left:
            said = _("%(row)s stays as it is. %(why)s") % {"row": row, "why": why}
            modeladmin.message_user(request, said, messages.ERROR)

    return transition_rows
