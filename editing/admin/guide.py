"""The documents for editors as pages of the admin: each part has an address, to which the forms lead."""

from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

DOCUMENTS = ("editors", "import")
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@require_safe
def guide_page(request, site, name):
    if name not in DOCUMENTS:
        raise Http404
    title, html, parts = document(name, get_language(), reverse(f"{site.name}:guide", args=["NAME"]))
    context = {**site.each_context(request), "title": title, "html": html, "parts": parts}
    return TemplateResponse(request, "admin/guide.html", context)


@lru_cache
def document(name, language, address):
    """Its title, the rest of it as HTML, and the names of its parts by their anchors, which are English everywhere."""
    tokens = tokens_of(name, language)
    anchors = dict(zip(headings(tokens), headings(tokens_of(name, "en")), strict=True))
    anchors = {slugify(own, allow_unicode=True): slugify(english) for own, english in anchors.items()}
    _opening, title, _closing, *tokens = tokens
    parts = {}
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            anchor = anchors[slugify(inside.content, allow_unicode=True)]
            token.attrSet("id", anchor)
            parts[anchor] = inside.content
        stay_inside(inside.children or [], address, anchors)
    return title.content, MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}), parts


def tokens_of(name, language):
    """A document in a language: the French one lies beside it."""
    file = f"{name}.fr.md" if language == "fr" else f"{name}.md"
    return MARKDOWN.parse((settings.BASE_DIR / "docs" / file).read_text(encoding="utf-8"))


def headings(tokens):
    return [inside.content for token, inside in pairwise(tokens) if token.type == "heading_open"]


def stay_inside(tokens, address, anchors):
    """A link to another of the documents leads to its page here; one to a file that has no page is none."""
    is_shown = True
    for token in tokens:
        if token.type == "link_open":
            file, number_sign, part = unquote(token.attrGet("href")).partition("#")
            if is_ours := file.removesuffix(".md") in DOCUMENTS:
                token.attrSet("href", address.replace("NAME", file.removesuffix(".md")) + number_sign + part)
            elif not file:
                token.attrSet("href", number_sign + anchors[part])
            is_shown = is_ours or not file or "://" in file
        if token.type in ("link_open", "link_close"):
            token.hidden = not is_shown
