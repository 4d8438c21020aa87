"""How often people find what they mean: python -m tests.benchmarks.search_score names the misses."""

import pytest

from tests.occupations.rows import load_people


@pytest.mark.parametrize(("name", "size", "least"), [("queries", 300, 0.82), ("outside", 80, 0.81)])
def test_queries_of_people_find_what_they_mean_among_three(search_index, name, size, least):
    asked = load_people(name)

    found = [{*meant} & {match.code for match in search_index.search(query, 3).matches} for query, meant in asked]

    assert len(asked) == size
    assert sum(map(bool, found)) >= least * size
