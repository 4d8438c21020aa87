"""What people type: python -m tests.benchmarks.search_score names the misses."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.occupations.rows import load_people, load_rows


def codes(result):
    return [match.code for match in result.matches]


@pytest.mark.parametrize(("name", "size", "least"), [("queries", 300, 0.97), ("outside", 80, 0.9)])
def test_queries_of_people_find_what_they_mean_among_three(search_index, name, size, least):
    asked = load_people(name)

    found = [codes(search_index.search(query, 3)) for query, _ in asked]

    hits = [bool({*meant} & {*three}) for (_, meant), three in zip(asked, found, strict=True)]
    assert (len(asked), found.count([])) == (size, 0)
    assert sum(hits) >= least * size


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("electrician (red seal)", "72200"),
        ("cook with 5 years experience", "63200"),
        ("cook at a senior residence", "63200"),
        ("senior software engineer at google", "21231"),
        ("physiothérapeute en clinique privée", "31202"),
        ("cuisinier chez desjardins, 3 ans d'expérience", "63200"),
        ("asdfgh cook qwertz", "63200"),
        ("civil eng", "21300"),
        ("civil engineer p.eng", "21300"),
    ],
)
def test_words_beside_the_work_do_not_hide_it(search_index, query, first):
    assert codes(search_index.search(query))[0] == first


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("head of engineering", "20010"),
        ("plumbing boss", "72012"),
        ("carpentry manager", "72013"),
        ("contremaître électricien", "72011"),
        ("journalier scierie", "95103"),
    ],
)
def test_rank_and_place_are_found_under_the_words_of_titles(search_index, query, found):
    assert found in codes(search_index.search(query))[:3]


@pytest.mark.parametrize(("query", "meant"), [("eye doctor", {"31111", "31101"}), ("MOA", {"14101", "13112"})])
def test_two_good_answers_stand_side_by_side(search_index, query, meant):
    assert meant <= {*codes(search_index.search(query, 3))}


def test_synonym_is_found_in_any_grammatical_form(search_index):
    assert codes(search_index.search("préposée en CHSLD"))[0] == "33102"


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_something_is_found_while_any_word_is_known(search_index, data):
    title = data.draw(st.sampled_from(official_titles()))
    other = data.draw(st.lists(st.text("qwxzjk", min_size=4, max_size=9), max_size=3))

    assert codes(search_index.search(" ".join([*other, title])))


@cache
def official_titles():
    occupations, *_ = load_rows()
    return [title for _, *titles in occupations for title in titles]
