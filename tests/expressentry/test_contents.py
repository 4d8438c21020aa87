from django.template import Template
from django.template.context import Context

PAGE = """{% load contents %}{% contents %}
<section><h2 id="pool">The <b>pool</b> &amp; more</h2></section><section><h2 id="score">The score</h2></section>
{% endcontents %}"""


def test_contents_lists_the_headings_of_its_page():
    text = Template(PAGE).render(Context())

    assert '<li><a href="#pool">The pool &amp; more</a></li>\n<li><a href="#score">The score</a></li>' in text
    assert text.index("<nav") < text.index('<h2 id="pool">The <b>pool</b> &amp; more</h2>')
