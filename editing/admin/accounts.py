from contextlib import nullcontext

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from editing import audit, constraint_messages, proposals, second_factor, sign_in
from editing.models import ProposalState, ProposedChange
from editing.roles import may_write

from .review import answer_of, doubts_context

admin.site.unregister(User)


@admin.register(User)
class EditorAdmin(UserAdmin):
    """Users; a superuser lets somebody who lost the phone or the password begin anew."""

    list_display = ["username", "email", "groups_held", "is_superuser", "is_active", "has_second_factor", "last_login"]
    list_filter = ["groups", "is_superuser", "is_active"]
    actions = ["make_password_links", "remove_second_factor"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "totpdevice_set")

    @admin.display(description=_("groups"))
    def groups_held(self, user):
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, user):
        return any(device.confirmed for device in user.totpdevice_set.all())

    @admin.action(description=_("Make links to set a new password"), permissions=["change"])
    def make_password_links(self, request, queryset):
        if not request.user.is_superuser:
            raise PermissionDenied
        users = [user for user in queryset if user.is_active]
        for user in users:
            audit.note("link for a new password made", user, request)
            self.log_change(request, user, [str(_("Made a link for a new password"))])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Links to set a new password"),
            "links": [(user, sign_in.new_password_link(request, user)) for user in users],
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }
        return TemplateResponse(request, "admin/new_password_links.html", context)

    @admin.action(description=_("Remove the second factor of the selected users"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        if not request.user.is_superuser:
            raise PermissionDenied
        for user in queryset:
            second_factor.remove(user)
            audit.note("second factor removed", user, request)
            self.log_change(request, user, [str(_("Removed the second factor"))])
        self.message_user(request, _("They set it up anew at their next sign-in."), messages.SUCCESS)


@admin.register(ProposedChange)
class ProposedChangeAdmin(admin.ModelAdmin):
    """Changes that editors propose; a publisher looks at both values and decides."""

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
        decide = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/decide/", decide, name="editing_proposedchange_decide"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = get_object_or_404(ProposedChange, pk=object_id)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Proposed change: %(row)s") % {"row": proposal.row},
            "proposal": proposal,
            "row_url": row_url(proposal),
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
            sentences = (
                fault.messages if isinstance(fault, ValidationError) else [constraint_messages.message_of(fault)]
            )
            for sentence in sentences:
                self.message_user(request, sentence, messages.ERROR)
            return redirect("admin:editing_proposedchange_change", pk)
        self.log_change(request, proposal, [str(said)])
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:editing_proposedchange_changelist")


def decide(request, proposal):
    """Accept or refuse, as the button says; whoever proposed it may take it back."""
    if "_accept" in request.POST:
        with settling(admin.site, request, proposal):
            proposals.accept(proposal, request.user, answer_of(request))
        return _("Accepted: the row says it now.")
    if not (proposals.may_decide(request.user, proposal) or proposals.may_withdraw(request.user, proposal)):
        raise PermissionDenied
    proposals.decide(proposal, request.user, ProposalState.REFUSED)
    return _("Refused: the row stays as it is.")


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
