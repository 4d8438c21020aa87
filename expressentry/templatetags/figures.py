from django import template
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from editing.pages import typography

register = template.Library()

MINUS = "\N{MINUS SIGN}"

register.filter(typography.colon)


@register.filter
def no_later_than(day, known):
    """The day itself, or the last one that the record knows of."""
    return min(day, known) if known else day


@register.filter
def bare_address(url):
    """An address as paper shows it: nobody types the rest."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


@register.filter
def breakable(title):
    """A title that a narrow page may break after a slash: French ones name two forms at once."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ([part] for part in title.split("/")))


@register.filter
def signed(change):
    """A change with its sign, as ``+5``, ``−5`` or ``0``; a dash where there is nothing to compare with."""
    if change is None or change == "":
        return format_html('<span class="missing">{}</span>', "–")
    if change == 0:
        return "0"
    return f"{'+' if change > 0 else MINUS}{localize(abs(change))}"
