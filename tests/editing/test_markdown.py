import cProfile

import pytest
from django.template import Context, Template

from editing.pages.markdown import LONGEST, to_html


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
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <b onclick='x()'>bold</b>", "<p>a &lt;b onclick='x()'&gt;bold&lt;/b&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](ftp://example.org/)", "<p><a>x</a></p>"),
        ("# A second heading", "A second heading"),
        ("![tracker](https://example.org/t.gif)", "<p></p>"),
    ],
)
def test_markdown_drops_what_a_page_must_not_carry(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize("part", ["[", "![", "[a](", "[x][", "<a ", "[a](<", "a\n=\n", "> ", "*a ", "`", "- "])
def test_markdown_takes_no_longer_than_its_length(part):
    """The calls grow with the length: a parser may not take 15 times as many for a text four times as long."""
    lengths = [LONGEST // 4, LONGEST]

    quarter, whole = [steps(to_html, (part * LONGEST)[:length]) for length in lengths]

    assert whole < 6 * quarter


def steps(function, text):
    """The calls of functions that it takes: the same on any machine."""
    profile = cProfile.Profile()
    profile.runcall(function, text)
    return sum(row.callcount for row in profile.getstats())


def test_markdown_filter_is_not_escaped_again():
    template = Template("{% load markdown %}{{ text|markdown }}")

    assert template.render(Context({"text": "a & **b**"})) == "<p>a &amp; <strong>b</strong></p>"
