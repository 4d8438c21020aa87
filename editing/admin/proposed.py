"""The review screen of a proposed change: what it changes, the page beside it, and what to do with it."""

from contextlib import nullcontext

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing import notices, proposals
from editing.models import ProposalState, ProposedChange
from editing.roles import may_write

from .doubts import SAY_WHY, answer_of, doubts_context, sentences_of
from .frames import framed_here, page_address, preview_in, shows_frames


@admin.register(ProposedChange)
class ProposedChangeAdmin(admin.ModelAdmin):
    """Changes that editors propose; a publisher looks at both values and decides."""

    guide = "from-draft-to-published"
    list_display = ["row", "content_type", "reason", "proposer", "proposed_at", "state", "decided_by"]
    list_display_links = ["row"]
    list_filter = ["state", "content_type"]
    list_select_related = ["content_type", "proposed_by", "decided_by"]
    date_hierarchy = "proposed_at"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("row")

    @admin.display(description=_("proposed by"), ordering="proposed_by")
    def proposer(self, proposal):
        return proposal.proposer

    def has_view_permission(self, request, obj=None):
        return may_write(request.user)

    def has_module_permission(self, request):
        return may_write(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        decide, preview = map(self.admin_site.admin_view, (self.decide_view, self.preview_view))
        return [
            path("<int:pk>/decide/", decide, name="editing_proposedchange_decide"),
            path("<int:pk>/preview/", preview, name="editing_proposedchange_preview"),
            *super().get_urls(),
        ]

    @method_decorator([require_safe, framed_here])
    def preview_view(self, request, pk):
        """The public page as it would be after accepting the change."""
        proposal = get_object_or_404(ProposedChange, pk=pk, state=ProposalState.WAITING)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        try:
            with proposals.as_accepted(proposal) as row:
                return preview_in(request, row, lambda: page_address(self.admin_site, row))
        except (ValidationError, IntegrityError) as fault:
            raise Http404(" ".join(sentences_of(fault))) from fault

    @method_decorator(shows_frames)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = get_object_or_404(ProposedChange, pk=object_id)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "guide": self.guide,
            "title": _("Proposed change: %(row)s") % {"row": proposal.row},
            "proposal": proposal,
            "row_url": row_url(proposal),
            "preview_url": preview_url(self.admin_site, proposal),
            "differences": proposals.proposed_differences(proposal),
            "may_decide": proposals.may_decide(request.user, proposal),
            **doubts_context(proposals.doubts(proposal) if proposals.may_decide(request.user, proposal) else []),
            "may_withdraw": proposals.may_withdraw(request.user, proposal),
            **consequences(self.admin_site, proposal),
        }
        return TemplateResponse(request, "admin/proposed_change.html", context)

    def decide_view(self, request, pk):
        if request.method != "POST":
            raise PermissionDenied
        try:
            with transaction.atomic():
                proposal = get_object_or_404(ProposedChange.objects.select_for_update(), pk=pk)
                said = decide(request, proposal)
        except (ValidationError, IntegrityError) as fault:
            for sentence in sentences_of(fault):
                self.message_user(request, sentence, messages.ERROR)
            return redirect("admin:editing_proposedchange_change", pk)
        self.log_change(request, proposal, str(said))
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:editing_proposedchange_changelist")


def decide(request, proposal):
    """Accept, return or refuse, as the button says; whoever proposed it may take it back."""
    comment = request.POST.get("comment", "").strip()[:255]
    url = row_url(proposal)
    if "_accept" in request.POST:
        with settling(admin.site, request, proposal):
            proposals.accept(proposal, request.user, answer_of(request), comment)
        notices.tell(request, proposal, "published", comment, url)
        return _("Accepted: the row says it now.")
    if not (proposals.may_decide(request.user, proposal) or proposals.may_withdraw(request.user, proposal)):
        raise PermissionDenied
    if "_return" in request.POST and not comment:
        raise ValidationError(SAY_WHY)
    state = ProposalState.RETURNED if "_return" in request.POST else ProposalState.REFUSED
    proposals.decide(proposal, request.user, state, comment)
    notices.tell(request, proposal, state.value, comment, url)
    if state == ProposalState.RETURNED:
        return _("Returned with your comment: whoever proposed it can go on from there.")
    return _("Refused: the row stays as it is.")


def preview_url(site, proposal):
    """Where the page after the change is to be seen, or nothing."""
    waits = proposal.state == ProposalState.WAITING and proposal.row is not None
    address = reverse("admin:editing_proposedchange_preview", args=[proposal.pk])
    return address if waits and page_address(site, proposal.row) else ""


def consequences(site, proposal):
    """What would no longer be true after accepting it, as the page of its table has it."""
    if proposal.row is None:
        return {}
    return site.get_model_admin(type(proposal.row)).consequences(proposal.row, proposed(proposal))


def settling(site, request, proposal):
    if proposal.row is None:
        return nullcontext()
    return site.get_model_admin(type(proposal.row)).settling(request, proposal.row, proposed(proposal))


def proposed(proposal):
    return {name: new for name, (_old, new) in proposal.changes.items()}


def row_url(proposal):
    kind = proposal.content_type
    return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[proposal.object_id])
