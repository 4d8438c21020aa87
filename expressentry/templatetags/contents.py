"""A list of what a long page holds, made of the page's own headings."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

register = template.Library()

HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)


@register.simple_block_tag
def contents(content):
    """The sections of a page, with links to them beside: ``{% contents %}…{% endcontents %}``."""
    headings = [(key, mark_safe(strip_tags(text).strip())) for key, text in HEADING.findall(content)]  # noqa: S308
    return render_to_string("includes/contents.html", {"headings": headings, "body": content})
