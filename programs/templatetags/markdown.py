from django import template
from django.utils.safestring import mark_safe

from editing.pages.markdown import to_html

register = template.Library()


@register.filter
def markdown(text):
    """Sanitised HTML of a Markdown text."""
    return mark_safe(to_html(text))  # noqa: S308 - to_html lets nothing through but its own short list
