from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_LINES, LONGEST = 200, 200_000


class CheckForm(forms.Form):
    """Up to 200 lines, each with a link to this site, or occupation codes and a day."""

    links = forms.CharField(
        label=gettext_lazy("Links, or codes with a date"),
        max_length=LONGEST,
        strip=False,
        error_messages={
            "required": gettext_lazy("Paste at least one link, or a line such as 21231 2024-01-15."),
            "max_length": gettext_lazy("That is too long to be a list of links: check it in several parts."),
        },
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy(
            "One per line, up to 200. A name next to a link is kept with its answer. Nothing is stored."
        ),
    )

    def clean_links(self):
        """The lines that say something."""
        lines = [line for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if not lines:
            raise forms.ValidationError(self.fields["links"].error_messages["required"], "required")
        if len(lines) > MOST_LINES:
            message = _("That is %(count)s lines. Up to %(most)s are checked at once: check the rest afterwards.")
            raise forms.ValidationError(message, "too_many", {"count": len(lines), "most": MOST_LINES})
        return lines
