"""Synonyms of the search: rows that editors keep, seen by the search as soon as they are public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editing.models import DataVersion, ProposedChange
from occupations.models import Synonym
from occupations.search import index
from tests.editing.admin.forms import SAID, address, save

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _own_index():
    """Each test here looks at the data anew and leaves nothing behind."""
    index.held.pop("version", None)
    yield
    index.held.pop("version", None)


@pytest.fixture
def xyzzyq(db):
    return Synonym.objects.create(phrase="Xyzzyq", meaning="welder", status="published")


def found(query):
    return [match.code for match in index.search_index().search(query, 1).matches]


def test_published_synonym_is_looked_up(xyzzyq):
    assert found("xyzzyq") == ["72106"]


def test_draft_is_not_looked_up_until_a_publisher_publishes_it(editor, publisher):
    editor.post(address(Synonym, "add"), {"phrase": "Xyzzyq", "meaning": "welder", "_submit": "1"})
    row = Synonym.objects.get(phrase="Xyzzyq")

    before = (row.status, found("xyzzyq"))
    save(publisher, row, _publish="1")

    assert (before, found("xyzzyq")) == (("review", []), ["72106"])


def test_editors_change_of_a_public_synonym_waits_for_a_publisher(editor, publisher, xyzzyq):
    save(editor, xyzzyq, meaning="plumber")
    before = found("xyzzyq")

    publisher.post(address(ProposedChange, "decide", ProposedChange.objects.get().pk), {"_accept": "1"} | SAID)

    assert (before, found("xyzzyq")) == (["72106"], ["72300"])
    assert [record.meaning for record in xyzzyq.history.all()][:2] == ["plumber", "welder"]


def test_deleted_synonym_is_no_longer_looked_up(xyzzyq):
    before = found("xyzzyq")

    xyzzyq.delete()

    assert (before, found("xyzzyq")) == (["72106"], [])


def test_restored_database_is_searched_anew(xyzzyq):
    """It counts on from the number of the backup, and so comes to one that was there before."""
    number = DataVersion.objects.get().number
    before = found("xyzzyq")

    Synonym.objects.filter(pk=xyzzyq.pk)._raw_delete("default")
    DataVersion.objects.update(number=number - 1)
    DataVersion.bump()

    assert (DataVersion.objects.get().number, before, found("xyzzyq")) == (number, ["72106"], [])


def test_synonym_that_waits_is_looked_up_from_its_moment_on(db):
    now = timezone.now()
    Synonym.objects.create(phrase="Xyzzyq", meaning="welder", status="published", publish_at=now + timedelta(hours=1))

    versions = [index.version_at(now + timedelta(hours=hours)) for hours in (0, 2)]
    row = DataVersion.objects.get()
    assert versions == [(row.number, row.changed_at), (row.number + 1, row.changed_at)]
    assert found("xyzzyq") == []


def test_preview_of_a_synonym_shows_what_the_search_would_find(publisher):
    row = Synonym.objects.create(phrase="Xyzzyq", meaning="welder")

    page = publisher.get(address(Synonym, "preview", row.pk)).content.decode()

    assert "72106" in page
    assert found("xyzzyq") == []
