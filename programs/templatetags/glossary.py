from django import template
from django.urls import reverse
from django.utils.html import format_html

from programs.glossary import TERMS

register = template.Library()

DEFINITIONS = {term.key: term.definition for term in TERMS}


@register.simple_block_tag
def term(content, key):
    """Words that lead to their meaning in the glossary: ``{% term "pool" %}…{% endterm %}``."""
    link = '<dfn><a class="term" href="{}#{}" title="{}">{}</a></dfn>'
    return format_html(link, reverse("glossary"), key, DEFINITIONS[key], content)
