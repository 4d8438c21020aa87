"""Pages of a moment: what this record showed then, what it says otherwise today, and a link that keeps its word."""

from django.shortcuts import redirect
from django.utils.functional import cached_property

from editing.days import canadian_day

from .forms import KnownForm
from .lasting import changed_at, complete_to, lasting_url


class KnownMixin:
    """A page of the moment given as ``?known=``, else of now."""

    known_form_class = KnownForm
    kept = ()  # what else its lasting link keeps of the question

    def get(self, request, *args, **kwargs):
        """Another moment than that of a change leads to the last change before it."""
        if url := self.known_form.leads_to(request):
            return redirect(url)
        return super().get(request, *args, **kwargs)

    @cached_property
    def known_form(self):
        is_asked = any(name in self.request.GET for name in self.known_form_class.base_fields)
        form = self.known_form_class(self.request.GET if is_asked else None)
        self.request.refused = {*getattr(self.request, "refused", ()), *form.errors}
        return form

    @property
    def known(self):
        """The moment that was asked for, or None."""
        return self.known_form.moment

    def of_moment(self, cited, differences=(), is_there=True, on=None):
        """What the page says of its moment, and how it is ``cited``; ``is_there`` tells whether it is there today."""
        known_on = self.known and canadian_day(self.known)
        return {
            "cited": cited,
            "cited_on": on or known_on or complete_to(self.request),
            "known_form": self.known_form,
            "known": self.known,
            "differences": differences,
            "is_there_today": is_there,
            "today_url": lasting_url(self.request, None, on, self.kept),
            "full_url": self.lasting_url(on),
        }

    def lasting_url(self, on=None):
        return lasting_url(self.request, self.known or changed_at(self.request), on, self.kept)
