"""Deleting rows in the admin: what the public sees goes only with a reason, and some rows not at all."""

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.actions import delete_selected
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from editing.ledger.write import is_public
from editing.pages.typography import colon
from editing.review import may_change

from .cause import CauseForm


def joining_tables():
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]


def without(rows, starts):
    """A nested list of sentences, without those that start so."""
    inner = [without(row, starts) if isinstance(row, list) else row for row in rows]
    return [set_in_french(row) for row in inner if row and (isinstance(row, list) or not str(row).startswith(starts))]


def set_in_french(row):
    """Django's sentence “Draw: Draw 447” with the colon of the reader's language."""
    if isinstance(row, list):
        return row
    kind, _colon, named = row.partition(": ")
    return (mark_safe if isinstance(row, SafeString) else str)(f"{colon(kind)} {named}")


class DeletionPages:
    """Asks on both pages of a deletion what happened and why, where the public sees one of the rows."""

    delete_confirmation_template = "admin/row_delete.html"
    delete_selected_confirmation_template = "admin/rows_delete.html"

    def get_deleted_objects(self, objs, request):
        """Without the rows that only join two tables: they have no name to tell an editor."""
        rows, counts, *others = super().get_deleted_objects(objs, request)
        joins = {str(model._meta.verbose_name_plural) for model in joining_tables()}
        starts = tuple(f"{capfirst(model._meta.verbose_name)}: " for model in joining_tables())
        return (
            without(rows, starts),
            {name: count for name, count in counts.items() if str(name) not in joins},
            *others,
        )

    def kept(self, row):
        """A place to say in a sentence why a row can't be deleted."""
        return ""

    def hinders(self, request, rows):
        """Sentences that say why these rows are not deleted as they are asked to be."""
        found = [sentence for row in rows if (sentence := self.kept(row))]
        if found or "post" not in request.POST or not any(map(is_public, rows)):
            return found
        return CauseForm(request.POST).sentences

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id) if object_id.isdecimal() else None
        is_theirs = row and super().has_delete_permission(request, row) and may_change(request.user, row)
        if sentences := self.hinders(request, [row]) if is_theirs else []:
            self.say_each_fault(request, sentences)
            return redirect(self.address("change", row.pk) if self.kept(row) else request.path)
        context = {"cause": CauseForm() if row and is_public(row) else None}
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def get_actions(self, request):
        actions = super().get_actions(request)
        if found := actions.get("delete_selected"):
            actions["delete_selected"] = (delete_rows, *found[1:])
        return actions

    def delete_model(self, request, obj):
        self.told(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Each by itself: the rows that are told why are those that go."""
        for row in queryset:
            self.told(request, row)
            row.delete()

    def told(self, request, row):
        form = CauseForm(request.POST, is_asked=False)
        if form.is_valid():
            form.tell(row)

    def say_each_fault(self, request, sentences):
        for sentence in sentences:
            self.message_user(request, sentence, messages.ERROR)


def delete_rows(modeladmin, request, queryset):
    rows = list(queryset)
    if sentences := modeladmin.hinders(request, rows):
        return modeladmin.say_each_fault(request, sentences)
    response = delete_selected(modeladmin, request, queryset)
    if response is not None:
        response.context_data["cause"] = CauseForm() if any(map(is_public, rows)) else None
    return response
