import re
from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from programs.glossary import TERMS

register = template.Library()

DEFINITIONS = {term.key: term.definition for term in TERMS}
LINKED = re.compile(r'class="term[^"]*" href="[^"]*#([\w-]+)"')
TAG = re.compile(r"<(/?)([a-z]\w*)[^>]*>")
# Links and headings stay as they are; programs are links themselves, and these two are on every page.
UNTOUCHED = {"a", "dfn", "h1", "h2", "h3", "h4", "summary", "details", "svg", "pre", "code"}
UNTOUCHED |= {"strong", "label", "legend", "option", "button", "textarea"}
BY_SHORT_NAME = {"fsw", "fst", "cec", "pnp"}
EVERYWHERE = {"express-entry", "ircc"}
IN_SHORT = {"tie-break": "tie-break", "bris d’égalité": "tie-break"}


@register.simple_block_tag
def term(content, key):
    """Words that lead to their meaning in the glossary: ``{% term "pool" %}…{% endterm %}``."""
    return link(content, key, "term")


def link(content, key, classes):
    html = '<dfn><a class="{}" href="{}#{}" title="{}">{}</a></dfn>'
    return format_html(html, classes, reverse("glossary"), key, DEFINITIONS[key], content)


@register.simple_block_tag
def explained(content):
    """A text in which the first use of each term leads to its meaning: ``{% explained %}…{% endexplained %}``."""
    keys, pattern = names(get_language())
    seen, inside = set(LINKED.findall(content)), []

    def linked(found):
        key = keys[found[1].lower()]
        if key in seen:
            return found[0]
        seen.add(key)
        return link(mark_safe(found[0]), key, "term found")  # noqa: S308 - a part of the page

    def between(text):
        return text if inside else pattern.sub(linked, text)

    parts, place = [], 0
    for tag in TAG.finditer(content):
        parts += [between(content[place : tag.start()]), tag[0]]
        place = tag.end()
        follow(tag, inside)
    return mark_safe("".join([*parts, between(content[place:])]))  # noqa: S308


def follow(tag, inside):
    """Note that an element begins or ends in which nothing is changed."""
    closing, name = tag.groups()
    if closing and inside and inside[-1] == name:
        inside.pop()
    elif not closing and name in UNTOUCHED:
        inside.append(name)


@cache
def names(language):
    """The key of each name of a term in a language, and the pattern that finds them."""
    long, short = dict(IN_SHORT), {}
    for one in TERMS:
        name, abbreviation, _language = one.names()[0]
        if one.key not in EVERYWHERE:
            short |= {abbreviation: one.key} if abbreviation else {}
            long |= {} if one.key in BY_SHORT_NAME else {name.lower(): one.key}
    words = "|".join(map(re.escape, sorted(long, key=len, reverse=True)))
    letters = "|".join(map(re.escape, short))
    pattern = re.compile(rf"(?<![\w-])((?i:{words})|{letters})(?:s)?(?![\w-])")
    return long | {name.lower(): key for name, key in short.items()}, pattern
