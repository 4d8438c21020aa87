import pytest
from django.template import Context, Template

from editing.pages.markdown import to_html


def test_markdown_paragraphs_lists_and_emphasis():
    html = to_html("One **year**.\n\n- paid\n- *skilled*")

    assert html == "<p>One <strong>year</strong>.</p>\n<ul>\n<li>paid</li>\n<li><em>skilled</em></li>\n</ul>"


def test_markdown_keeps_links_to_pages():
    html = to_html("[the grid](/how-it-works/crs/) and [the law](https://laws-lois.justice.gc.ca/)")

    expected = (
        '<p><a href="/how-it-works/crs/">the grid</a> and <a href="https://laws-lois.justice.gc.ca/">the law</a></p>'
    )
    assert html == expected


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", ""),
        ("[x](javascript:alert(1))", "<p><a>x</a></p>"),
        ('<p style="color:red" onclick="x()">red</p>', "<p>red</p>"),
        ("# A second heading", "A second heading"),
        ("![tracker](https://example.org/t.gif)", "<p></p>"),
    ],
)
def test_markdown_drops_what_a_page_must_not_carry(text, html):
    assert to_html(text) == html


def test_markdown_filter_is_not_escaped_again():
    template = Template("{% load markdown %}{{ text|markdown }}")

    assert template.render(Context({"text": "a & **b**"})) == "<p>a &amp; <strong>b</strong></p>"
