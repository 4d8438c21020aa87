"""Markdown of editors to HTML that is safe to show."""

import nh3
from markdown_it import MarkdownIt

LONGEST = 5_000  # characters of a text
TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}

MARKDOWN = MarkdownIt("commonmark", {"html": False})  # a tag in the text is text


def to_html(text: str) -> str:
    """Paragraphs, lists, emphasis and links; every other tag goes, its words stay."""
    html = MARKDOWN.render(text).rstrip()
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
