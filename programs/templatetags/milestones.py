import re

from django import template

register = template.Library()

DRAW = re.compile(r"\bround (\d+[a-z]?)\b", re.IGNORECASE)


@register.filter
def draw_number(milestone):
    """The draw that a milestone tells of by its number; empty where it names none."""
    named = DRAW.search(milestone.text_en)
    return named[1] if named else ""
