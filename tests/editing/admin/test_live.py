"""Rows without a status: an editor's change of them waits for a publisher; reference data is read-only."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from draws.models import FeedCheck
from editing.models import ProposedChange
from occupations.models import (
    Category,
    CategoryRoundName,
    Exclusion,
    FormerCode,
    Occupation,
    OccupationGroup,
    OccupationTitle,
)
from programs.models import Program
from tests.editing.admin.forms import SAID, address, save

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("model", "field"),
    [(Program, "name_en"), (Category, "name_en"), (CategoryRoundName, "name"), (Occupation, "title_en")],
)
def test_editors_change_of_a_live_row_waits_for_a_publisher(editor, publisher, model, field):
    row = model.objects.first()
    before = getattr(row, field)

    save(editor, row, **{field: "Another"})
    row.refresh_from_db()
    held, proposal = getattr(row, field), ProposedChange.objects.get()
    publisher.post(address(ProposedChange, "decide", proposal.pk), {"_accept": "1"} | SAID)
    row.refresh_from_db()

    assert (held, proposal.changes, getattr(row, field)) == (before, {field: [before, "Another"]}, "Another")


def test_publisher_changes_a_live_row_directly(publisher):
    row = Program.objects.first()

    save(publisher, row, name_en="Another")

    row.refresh_from_db()
    assert row.name_en == "Another"


def test_category_without_a_published_edition_is_the_editors_own(editor, make_edition):
    category = make_edition("novel", status="draft").category

    save(editor, category, name_en="Novel")

    category.refresh_from_db()
    assert (category.name_en, ProposedChange.objects.exists()) == ("Novel", False)


@pytest.mark.parametrize("model", [OccupationGroup, OccupationTitle, FormerCode, Exclusion, FeedCheck])
def test_reference_data_is_read_only_for_editors(editor, model):
    row = model.objects.first()

    page = editor.get(address(model, "change", row.pk))
    answers = [
        editor.post(address(model, "change", row.pk), {"_save": "1"}).status_code,
        editor.get(address(model, "add")).status_code,
        editor.post(address(model, "delete", row.pk), {"post": "yes"} | SAID).status_code,
    ]

    assert (page.status_code, b"_save" in page.content, answers) == (200, False, [403, 403, 403])


@pytest.mark.parametrize("model", [Program, Occupation])
def test_live_row_is_added_by_publishers_alone(editor, publisher, model):
    answers = [client.get(address(model, "add")).status_code for client in (editor, publisher)]

    assert answers == [403, 200]


def test_feed_check_is_written_by_imports_alone(publisher):
    check = FeedCheck.objects.first()

    answers = [publisher.get(address(FeedCheck, "add")), publisher.post(address(FeedCheck, "change", check.pk))]

    assert [response.status_code for response in answers] == [403, 403]


@pytest.mark.parametrize("model", [Occupation, OccupationGroup])
def test_code_is_not_taken_from_the_form(publisher, model):
    row = model.objects.first()
    code = row.code

    save(publisher, row, code="99", title_en="Another")

    row.refresh_from_db()
    assert (row.code, row.title_en) == (code, "Another")


@pytest.mark.parametrize(
    ("model", "rule"),
    [(Occupation, "occupation_code_stays"), (OccupationGroup, "occupationgroup_code_stays"),
     (Program, "program_code_stays")],
)  # fmt: skip
def test_code_never_changes(db, refused, model, rule):
    row = model.objects.first()
    row.code = {Occupation: "72309", OccupationGroup: "99", Program: "XYZ"}[model]

    with refused(rule):
        row.save()


def test_permission_that_a_role_lost_is_taken_back(db):
    editors = Group.objects.get(name="Editors")
    lost = Permission.objects.get(codename="change_occupationtitle")
    of_others = Permission.objects.get(codename="view_user")
    editors.permissions.add(lost, of_others)

    call_command("migrate", verbosity=0)

    assert not editors.permissions.filter(pk=lost.pk).exists()
    assert editors.permissions.filter(pk=of_others.pk).exists()
