import pytest

from occupations.search import index
from occupations.search.engine import SearchIndex
from tests.occupations.rows import load_rows


@pytest.fixture(scope="session")
def search_index():
    """The search over the project's own data."""
    return SearchIndex(*load_rows())


@pytest.fixture
def fresh_index():
    """The site's index looks at the data anew, now and after the test."""
    index.held.pop("version", None)
    yield
    index.held.pop("version", None)


@pytest.fixture(autouse=True)
def _index_of_no_other_data(request):
    """A test with data of its own leaves no index of them: the next one's data may have the same version."""
    yield
    if "empty" in request.fixturenames:
        index.held.pop("version", None)
