from django.contrib.contenttypes.models import ContentType

from expressentry.models import DataVersion, ProposedChange


def test_second_data_version_is_refused(refused):
    with refused("dataversion_one_row"):
        DataVersion.objects.create(pk=2)


def test_data_version_moves_on_by_one(db):
    before = DataVersion.objects.get()

    DataVersion.move_on()

    after = DataVersion.objects.get()
    assert (after.number, after.changed_at > before.changed_at) == (before.number + 1, True)


def test_data_version_begins_when_there_is_none(db):
    DataVersion.objects.all().delete()

    DataVersion.move_on()

    assert str(DataVersion.objects.get()) == "1"


def test_proposed_change_in_an_unknown_state_is_refused(refused, django_user_model):
    editor = django_user_model.objects.create(username="editor")
    table = ContentType.objects.get_for_model(DataVersion)

    with refused("proposedchange_state_known"):
        ProposedChange.objects.create(content_type=table, object_id=1, changes={}, proposed_by=editor, state="lost")
