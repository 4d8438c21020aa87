"""What the admin pages of all tables share."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from editing import notices
from editing.constraint_messages import message_of
from editing.facts import fact_fields, json_value
from editing.ledger.write import is_public
from editing.proposals import own_open, propose, waiting_proposals
from editing.review import may_change

from .cause import CAUSE, REASON, is_part
from .deletion import DeletionPages
from .history import HistoryPages
from .row_form import OPENED_ON, ChildForm, ChildFormSet, RowForm, entry

SOURCE = (
    _("Where it was read"),
    {
        "fields": ["evidence", "source", "source_fr", "source_url", "checked_on"],
        "description": _("Every figure says where it comes from, and when somebody last looked there."),
    },
)
SOURCE_CONFIRMED = (SOURCE[0], {**SOURCE[1], "fields": [*SOURCE[1]["fields"], "confirmed_by", "confirmed_by_fr"]})
PUBLICATION = (
    _("Publication"),
    {
        "fields": ["status_history", "publish_at"],
        "description": _(
            "The buttons below take a row from draft to review and, for publishers, to the public. "
            "A published row with a time to come waits for it."
        ),
    },
)
DATE_FAULT = _("Write the date as year-month-day, like 2026-10-09.")
WHY = (None, {"fields": [REASON, OPENED_ON]})
WHAT_AND_WHY = (None, {"fields": [CAUSE, REASON, OPENED_ON]})


class Fields:
    """Links without a scheme are taken as secure ones, and a date that can be read in two ways is refused."""

    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"error_messages": {"invalid": DATE_FAULT}},
        models.DateTimeField: {"error_messages": {"invalid_date": DATE_FAULT}},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """No cross beside a field deletes the row that it names: it looks as if it emptied the field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class ChildInline(Fields):
    form = ChildForm
    formset = ChildFormSet
    extra = 0
    show_change_link = True

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return [*fields, OPENED_ON] if self.has_change_permission(request, obj) else fields

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        return formset


class ChildrenOfPublished(ChildInline):
    """Rows without a status of their own: of a published row only publishers may change them."""

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and (obj is None or may_change(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or may_change(request.user, obj))


class StackedChildren(ChildInline, admin.StackedInline):
    pass


class TabularChildren(ChildInline, admin.TabularInline):
    pass


class ListingChildren(ChildrenOfPublished, admin.TabularInline):
    pass


class RowAdmin(DeletionPages, HistoryPages, Fields, admin.ModelAdmin):
    """An admin page on which a refusal of the database is a sentence beside the form, never an error page."""

    guide = "from-draft-to-published"
    form = RowForm
    list_per_page = 50

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        writes = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        why = WHAT_AND_WHY if (is_public(obj) if obj else is_part(self.model)) else WHY
        return [*fieldsets, why] if writes else fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user, form.refused = request.user, getattr(request, "refused", None)
        proposes = obj is not None and not may_change(request.user, obj)
        form.own_proposal = own_open(obj, request.user) if proposes else None
        return form

    def has_delete_permission(self, request, obj=None):
        theirs = obj is None or (may_change(request.user, obj) and not self.kept(obj))
        return super().has_delete_permission(request, obj) and theirs

    def get_object(self, request, object_id, from_field=None):
        """On PostgreSQL the row that is saved is locked until that is done; SQLite lets in one writer at all."""
        if request.method == "POST" and from_field is None and object_id.isdecimal():
            list(self.model._base_manager.select_for_update().filter(pk=object_id).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def changelist_view(self, request, extra_context=None):
        own = {"deleted_url": self.address("deleted"), "title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, own | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as fault:
            request.refused = message_of(fault)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            own = getattr(context["adminform"].form, "own_proposal", None)
            context |= {"proposals": waiting_proposals(obj), "proposes": not may_change(request.user, obj), "own": own}
            context |= {"title": self.titled(obj), "subtitle": None}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def titled(self, row):
        return capfirst(str(row))

    def saved(self, row):
        """What is said of a row that was saved, with links to go on from there."""
        links = [(self.address("change", row.pk), _("Open the form")), *self.links_to_pages(row)]
        return format_html("{} {}", self.saved_as(row), format_html_join(" · ", '<a href="{}">{}</a>', links))

    def saved_as(self, row):
        return _("%(row)s is saved.") % {"row": self.titled(row)}

    def links_to_pages(self, row):
        return [(row.get_absolute_url(), _("See the public page"))] if hasattr(row, "get_absolute_url") else []

    def message_user(self, request, message, *args, **kwargs):
        """The first thing that Django says after saving gives way to our own."""
        super().message_user(request, vars(request).pop("saved_message", message), *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        request.saved_message = self.saved(obj)
        return super().response_add(request, obj, post_url_continue)

    def save_model(self, request, obj, form, change):
        if not form.proposes:
            return super().save_model(request, obj, form, change)
        said = form.cleaned_data
        request.proposed = propose(obj, self.entered(form), request.user, said.get(REASON), said.get(CAUSE, ""))
        if request.proposed:
            url = reverse("admin:editing_proposedchange_change", args=[request.proposed.pk])
            notices.tell(request, request.proposed, notices.SUBMITTED, request.proposed.reason, url)

    def entered(self, form):
        """The facts that somebody changed in the form, now or in their own proposal, as plain values."""
        changed = {*form.changed_data, *(form.own_proposal.changes if form.own_proposal else [])}
        return {
            field.name: json_value(entry(field, form.cleaned_data[field.name]))
            for field in fact_fields(self.model)
            if field.name in changed and field.name in form.cleaned_data
        }

    def save_related(self, request, form, formsets, change):
        if form.proposes:
            for formset in formsets:
                self.save_formset(request, form, formset, change=change)
            request.saved_below = any(formset.has_changed() for formset in formsets)
            return
        super().save_related(request, form, formsets, change)

    def log_change(self, request, obj, message):
        """What was proposed is said of the proposal: the row is as it was."""
        if proposed := getattr(request, "proposed", None):
            obj, message = proposed, str(_("Proposed a change"))
        return super().log_change(request, obj, message)

    def response_change(self, request, obj):
        if not hasattr(request, "proposed"):
            request.saved_message = self.saved(obj)
            return super().response_change(request, obj)
        if request.proposed:
            said = _("The row is published: your change was handed to the publishers. The public page stays as it is.")
            self.message_user(request, said, messages.SUCCESS)
        elif not request.saved_below:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
        if request.saved_below:
            self.message_user(request, _("The rows below the form were saved."), messages.SUCCESS)
        return redirect(self.address("change", obj.pk))
