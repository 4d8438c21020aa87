import pytest

from occupations.search import SearchIndex
from tests.occupations.rows import load_rows


@pytest.fixture(scope="session")
def search_index():
    """The search over the project's own data."""
    return SearchIndex(*load_rows())
