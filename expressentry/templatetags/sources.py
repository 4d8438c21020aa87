"""Links to other sites, and texts that may stand in the other language than the page's."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from editing.pages import official_links

register = template.Library()

register.simple_tag(official_links.external)


@register.filter
def in_language(text, language):
    """The text, marked with its language where that isn't the page's."""
    return text if language == get_language() else format_html('<span lang="{}">{}</span>', language, text)
