import pytest

from editing.models import DataVersion
from occupations.models import Edition, Occupation, OccupationTitle
from occupations.search.index import search_index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(fresh_index):
    """Each test here looks at the data anew and leaves nothing behind."""


def test_index_stays_while_titles_stay():
    before = search_index()
    Edition.objects.first().save()
    DataVersion.bump()

    assert search_index() is before


def test_index_is_built_anew_after_a_new_title():
    before = search_index().whole("quokka wrangler")
    occupation = Occupation.objects.get(code="80021")
    OccupationTitle.objects.create(occupation=occupation, language="en", title="Quokka wrangler", kind="index")

    after = search_index().whole("quokka wrangler")

    assert (before, [match.code for match in after]) == ((), ["80021"])


def test_index_sees_a_corrected_title():
    search_index()
    title = OccupationTitle.objects.filter(language="en", title__iexact="plumber").first()
    title.title = "Plumbus fitter"
    title.save()

    assert search_index().whole("plumbus fitter")[0].code == title.occupation.code


def test_index_asks_one_query_while_the_data_stay(django_assert_num_queries):
    search_index()

    with django_assert_num_queries(1):
        search_index()
