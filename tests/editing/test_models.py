import pytest

from editing.models import DataVersion

pytestmark = pytest.mark.both_databases


def test_data_version_moves_on_by_one(db):
    before = DataVersion.objects.get()

    DataVersion.bump()

    after = DataVersion.objects.get()
    assert (after.number, after.changed_at > before.changed_at) == (before.number + 1, True)


def test_data_version_begins_when_there_is_none(db):
    DataVersion.objects.all().delete()

    DataVersion.bump()

    assert str(DataVersion.objects.get()) == "1"
