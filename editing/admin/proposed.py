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
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing import notices, proposals
from editing.models import OPEN, ProposalState, ProposedChange
from editing.preview import never_seen
from editing.review import proposable
from editing.roles import may_write

from .cause import CAUSE, SAY_WHAT, cause_field, changes_fact, is_seen
from .doubts import answer_of, doubts_context, sentences_of
from .frames import framed_here, page_address, preview_in, shows_frames
from .review_screen import ReviewForm

# What a page asks before a change is made; an approval for later keeps the answers until then.
ANSWERS = ("right_because", "doubts_seen", "corrections", "note", "cases_checked")


class DecisionForm(ReviewForm):
    """Whoever decides may know better than the proposer what happened."""

    change_cause = cause_field()


class TableFilter(admin.SimpleListFilter):
    """By table: those alone whose changes can be proposed."""

    title, parameter_name = _("table"), "table"

    def lookups(self, request, model_admin):
        return sorted((model._meta.model_name, capfirst(model._meta.verbose_name_plural)) for model in proposable())

    def queryset(self, request, queryset):
        return queryset.filter(content_type__model=self.value()) if self.value() else queryset


@admin.register(ProposedChange)
class ProposedChangeAdmin(admin.ModelAdmin):
    """Changes that editors propose; a publisher looks at both values and decides."""

    guide = "from-draft-to-published"
    list_display = ["row", "content_type", "reason", "proposer", "proposed_at", "state", "decided_by"]
    list_display_links = ["row"]
    list_filter = ["state", TableFilter]
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
        proposal = get_object_or_404(ProposedChange, pk=pk, state__in=OPEN)
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
            "form": DecisionForm(initial={CAUSE: proposal.cause}),
            "asks_cause": asks_cause(proposal),
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
    """Accept at once or at a time, return or refuse, as the button says; whoever proposed it may take it back."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise ValidationError([sentence for sentences in form.errors.values() for sentence in sentences])
    comment, url = form.cleaned_data["comment"].strip(), row_url(proposal)
    proposal.cause = form.cleaned_data[CAUSE] or proposal.cause
    if {"_accept", "_schedule"} & {*request.POST} and asks_cause(proposal) and not proposal.cause:
        raise ValidationError(SAY_WHAT)
    if "_accept" in request.POST:
        put_in_place(request, proposal, comment)
        notices.tell(request, proposal, "published", comment, url)
        return _("Accepted: the row says it now.")
    if "_schedule" in request.POST:
        return schedule(request, proposal, form.cleaned_data["publish_at"], comment)
    if not (proposals.may_decide(request.user, proposal) or proposals.may_withdraw(request.user, proposal)):
        raise PermissionDenied
    if "_return" not in request.POST and "_refuse" not in request.POST:
        raise ValidationError(_("Choose what happens to the proposal. Nothing was changed."))
    state = ProposalState.RETURNED if "_return" in request.POST else ProposalState.REFUSED
    proposals.decide(proposal, request.user, state, comment)
    notices.tell(request, proposal, state.value, comment, url)
    if state == ProposalState.RETURNED:
        return _("Returned with your comment: whoever proposed it can go on from there.")
    if request.user == proposal.proposer:
        return _("Taken back: the row stays as it is.")
    return _("Refused: the row stays as it is.")


def asks_cause(proposal):
    """Whether it changes a fact that the public sees."""
    row = proposal.row
    return row is not None and changes_fact(type(row), proposal.changes) and is_seen(row)


def put_in_place(request, proposal, comment):
    """Change the row; ``request`` is what a publisher answered, now or when the time was set."""
    with settling(admin.site, request, proposal):
        proposals.accept(proposal, request.user, answer_of(request), comment)


def schedule(request, proposal, apply_at, comment):
    """Approve for a later time what could be accepted now."""
    with never_seen():
        put_in_place(request, ProposedChange.objects.get(pk=proposal.pk), comment)
    answers = {name: value for name, value in request.POST.items() if name in ANSWERS}
    proposals.schedule(proposal, request.user, apply_at, answers, comment)
    notices.tell(request, proposal, "scheduled", comment, row_url(proposal))
    return _("Approved: the row says it from %(when)s UTC.") % {"when": f"{apply_at:%Y-%m-%d %H:%M}"}


def preview_url(site, proposal):
    """Where the page after the change is to be seen, or nothing."""
    waits = proposal.state in OPEN and proposal.row is not None
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
