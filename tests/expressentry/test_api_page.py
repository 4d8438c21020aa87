import json
import re

import pytest

from expressentry.api import API, EXAMPLES, POSTED, schema_of
from expressentry.api_page.descriptions import SENTENCES, answers, calls, trimmed

pytestmark = pytest.mark.django_db


def shape(value):
    """The names in an answer, at every depth; what they hold changes with the record."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items() if part not in (None, [])}
    return [shape(value[0])] if isinstance(value, list) and value else type(value).__name__


def test_every_address_has_a_sentence_an_example_and_an_answer():
    assert {*EXAMPLES, *POSTED} == set(SENTENCES) == set(answers())


@pytest.mark.parametrize("name", POSTED)
def test_answer_to_a_posted_question_is_what_the_api_gives(client, name):
    given = trimmed(client.post(API + name, POSTED[name], content_type="application/json").json())

    assert shape(json.loads(answers()[name])) == shape(given)


def test_posted_question_is_shown_as_a_call(html):
    text = html("/api/v1/docs")

    assert "POST /api/v1/check" in text
    assert "requests.post(&quot;http://testserver/api/v1/check&quot;" in text


@pytest.mark.parametrize("name", EXAMPLES)
def test_answer_on_the_page_is_what_the_api_gives(client, name):
    given = trimmed(client.get(API + EXAMPLES[name]).json())

    assert shape(json.loads(answers()[name])) == shape(given)


@pytest.mark.parametrize(("language", "sentence"), [("", "Computes the CRS score"), ("/fr", "Calcule la note")])
def test_page_says_what_each_address_takes_and_gives(html, language, sentence):
    text = html(f"{language}/api/v1/docs")
    part = text[text.index('<h2 id="programs_api_crs_score">') :]
    part = part[: part.index("</section>")]

    assert sentence in part
    assert re.search(r"<code>age</code>.*?0–120", part, re.DOTALL)
    assert "curl &quot;http://testserver/api/v1/crs?age=30&amp;education=masters" in part
    assert "requests.get(&quot;http://testserver/api/v1/crs&quot;" in part
    assert "&quot;total&quot;: 414" in part
    assert "{site}" not in text


def test_call_from_python_names_its_parameters():
    (_curl, curl), (_python, python) = calls("/api/v1/draws?category=stem&year=2023&year=2024", "https://example.org")

    assert curl == 'curl "https://example.org/api/v1/draws?category=stem&year=2023&year=2024"'
    assert '"category": "stem"' in python
    assert json.loads(re.search(r"\{.*\}", python, re.DOTALL)[0])["year"] == ["2023", "2024"]


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_each_parameter_of_an_address_says_what_it_alone_means(html, prefix):
    row = r'<th scope="row"><code>(\w+)</code>.*?<td class="wordy">(.*?)</td><td class="wordy">(.*?)</td>'
    parts = [part for part in html(f"{prefix}/api/v1/docs").split("<section ") if "<caption>" in part]

    meanings = [[meaning for _name, meaning, _values in re.findall(row, part, re.DOTALL)] for part in parts]
    assert len([meaning for part in meanings for meaning in part]) > 80
    assert [part for part in meanings if len(set(part)) < len(part)] == []
    assert [m for part in meanings for m in part if not (m[0].isupper() and m.endswith("."))] == []


def test_parameters_name_their_range(html):
    text = html("/api/v1/docs")

    assert "Only draws that covered this program.</td>" in text
    assert "Speaking: the score, or the level if the test is “clb”.</td>" in text
    assert "<code>federal-skilled-worker</code>" in text
    assert ">text</td>" not in text


def test_page_asks_few_queries_when_nothing_of_it_is_known_yet(client, django_assert_max_num_queries):
    schema_of.cache_clear()

    with django_assert_max_num_queries(8):
        client.get("/api/v1/docs")
