"""Two pages of an edition in the admin: copying it as the next one, and pasting its list."""

import hashlib

from django import forms
from django.contrib import messages
from django.contrib.admin import widgets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect

from editing.admin.cause import CAUSE, REASON, CauseForm
from editing.admin.source_form import SourceForm
from editing.constraint_messages import message_of
from editing.facts import digest
from editing.ledger.write import is_public
from editing.records import Evidence
from editing.review import may_change
from occupations.models import Edition, FormerCode, Occupation

from . import list_input, next_edition

FAULTS = {
    list_input.NO_CODE: gettext_lazy(
        "There is no five-digit code in it. Add the code, or delete what is no occupation."
    ),
    list_input.TWO_CODES: gettext_lazy("There is more than one five-digit code in it. Give each occupation a line."),
    list_input.UNKNOWN: gettext_lazy("NOC 2021 has no unit group with that code."),
    list_input.FORMER_CODE: gettext_lazy("%(code)s is a code of NOC 2016. In NOC 2021 it is: %(successors)s."),
    list_input.DOUBLED: gettext_lazy("The code stands in a line above already. Keep one of the two."),
    list_input.NO_TITLE: gettext_lazy("There is no title in it. Write the title beside the code."),
    list_input.TOO_LONG: gettext_lazy("The title is longer than 255 letters."),
}


class CopyForm(forms.ModelForm):
    """What is new about the next edition; its rules and its list are copied."""

    evidence = forms.ChoiceField(label=gettext_lazy("Evidence"), choices=Evidence)

    class Meta:
        model = Edition
        fields = ["version", "effective_from", "name_en", "name_fr", "round_label", "list_url",
                  "evidence", "source", "source_url", "checked_on"]  # fmt: skip
        field_classes = {"source_url": forms.URLField, "list_url": forms.URLField}
        widgets = {
            "effective_from": widgets.AdminDateWidget,
            "checked_on": widgets.AdminDateWidget,
            "source": widgets.AdminTextInputWidget,
            "name_en": widgets.AdminTextInputWidget,
            "name_fr": widgets.AdminTextInputWidget,
            "round_label": widgets.AdminTextInputWidget,
        }

    source_url = forms.URLField(
        label=gettext_lazy("Source link"), required=False, assume_scheme="https", max_length=500
    )
    list_url = forms.URLField(
        label=gettext_lazy("Official list"), required=False, assume_scheme="https", max_length=300
    )

    def _post_clean(self):
        """The whole edition is checked when it is made: by itself, this one would overlap the one before."""


class ListForm(CauseForm, SourceForm):
    lines = forms.CharField(
        label=gettext_lazy("Codes and titles"),
        widget=widgets.AdminTextareaWidget(attrs={"rows": 16}),
        max_length=50_000,
        help_text=gettext_lazy(
            "The whole list, as copied from a web page, a spreadsheet or a PDF: each occupation with its NOC 2021 "
            "code and its title as published. What is not in it is taken off."
        ),
    )

    def clean_lines(self):
        former = set(FormerCode.objects.values_list("code_2016", flat=True))
        self.pasted = list_input.read_list(self.cleaned_data["lines"], known_titles(), former)
        if self.pasted.faults:
            raise ValidationError([
                _("Line %(line)s, “%(text)s”: %(reason)s")
                % {"line": fault.line, "text": fault.text[:80], "reason": reason(fault)}
                for fault in self.pasted.faults
            ])  # fmt: skip
        if not self.pasted.titles:
            raise ValidationError(_("There is no occupation in it: each needs its five-digit code and its title."))
        return self.cleaned_data["lines"]


def known_titles():
    """The titles of each NOC 2021 code, in both languages."""
    return {code: titles for code, *titles in Occupation.objects.values_list("code", "title_en", "title_fr")}


def reason(fault):
    """What is wrong with a line; for a code of NOC 2016, the occupations that it became."""
    former = FormerCode.objects.filter(code_2016=fault.code).same_title_first().select_related("occupation")
    successors = ", ".join(str(one.occupation) for one in former)
    return FAULTS[fault.reason] % {"code": fault.code, "successors": successors}


class EditionPages:
    """Adds both pages to the ModelAdmin of editions."""

    def get_urls(self):
        pages = [("copy", self.copy_view), ("list", self.list_view)]
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=self.page_name(name))
            for name, view in pages
        ]
        return [*own, *super().get_urls()]

    @method_decorator(csrf_protect)
    def copy_view(self, request, pk):
        with transaction.atomic():
            edition = self.row_or_404(request, pk)
            if not (self.has_add_permission(request) and self.has_change_permission(request, edition)):
                raise PermissionDenied
            names = {"name_en": edition.name_en, "name_fr": edition.name_fr}
            form = CopyForm(request.POST or None, initial=names)
            was = _("It was “%(label)s”.") % {"label": edition.round_label}
            form.fields["round_label"].help_text = was if edition.round_label else ""
            if request.method == "POST" and form.is_valid() and (done := self.copied(request, edition, form)):
                return done
        return self.form_page(request, "edition_copy.html", _("Copy as the next edition: %(row)s"), edition, form)

    def copied(self, request, edition, form):
        """Where to go on, or None after the form was told what is wrong."""
        try:
            with transaction.atomic():
                latest = next_edition.copy(edition, **form.cleaned_data)
        except ValidationError as fault:
            for name, faults in (
                fault.error_dict if hasattr(fault, "error_dict") else {None: fault.error_list}
            ).items():
                form.add_error(name if name in form.fields else None, faults)
            return None
        except IntegrityError as fault:
            form.add_error(None, message_of(fault))
            return None
        self.log_addition(request, latest, _("Copied from edition %(version)s") % {"version": edition.version})
        self.message_user(request, _("This is the draft of the next edition. Paste its list now."), messages.SUCCESS)
        return redirect(self.address("list", latest.pk))

    @method_decorator(csrf_protect)
    def list_view(self, request, pk):
        with transaction.atomic():
            edition = self.row_or_404(request, pk)
            if not (self.has_change_permission(request, edition) and may_change(request.user, edition)):
                raise PermissionDenied(_("Only publishers change the list of a published edition."))
            held = next_edition.titles(edition)
            lines = "\n".join(f"{code} {title}" for code, title in sorted(held.items()))
            is_asked = "_save" in request.POST and is_public(edition)
            form = ListForm(request.POST or None, initial={"lines": lines}, is_asked=is_asked)
            context = {}
            if request.method == "POST" and form.is_valid():
                if "_save" in request.POST and request.POST.get("opened_on") == list_digest(edition, held):
                    return self.listed(request, edition, form)
                context = comparisons(edition, held, form.pasted.titles)
                if "_save" in request.POST:
                    form.add_error(None, _("Somebody changed the list meanwhile. Compare again."))
        context |= {"opened_on": list_digest(edition, held), "is_public": is_public(edition)}
        return self.form_page(request, "edition_list.html", _("The list of %(row)s"), edition, form, **context)

    def listed(self, request, edition, form):
        said = _("Pasted list of %(count)s occupations") % {"count": len(form.pasted.titles)}
        reason, cause = form.cleaned_data[REASON].strip() or said, form.cleaned_data[CAUSE]
        next_edition.put_list(edition, form.pasted.titles, form.read_from, reason, cause)
        self.log_change(request, edition, said)
        self.message_user(request, said, messages.SUCCESS)
        return redirect(self.address("change", edition.pk))

    def form_page(self, request, template, title, edition, form, **context):
        return self.page(
            request, template, title % {"row": edition}, original=edition, form=form,
            media=self.media + form.media, **context,
        )  # fmt: skip


def list_digest(edition, held):
    """The version of the edition and its list that a page was opened on."""
    titles = "\n".join(f"{code} {title}" for code, title in sorted(held.items()))
    return f"{digest(edition)}-{hashlib.sha256(titles.encode()).hexdigest()[:20]}"


def comparisons(edition, held, pasted):
    """What the pasted list changes of the one held, and of the edition before."""
    before = next_edition.previous(edition)
    return {
        "pasted": pasted,
        "changes": list_input.compare_lists(held, pasted),
        "before": before,
        "changes_before": list_input.compare_lists(next_edition.titles(before), pasted) if before else None,
        "unlike_noc": unlike_noc(pasted),
    }


def unlike_noc(titles):
    """Titles that are not those of the NOC, each with the NOC's own, by code."""
    noc = dict(Occupation.objects.filter(code__in=titles).values_list("code", "title_en"))
    return {code: (title, noc[code]) for code, title in titles.items() if title.casefold() != noc[code].casefold()}
