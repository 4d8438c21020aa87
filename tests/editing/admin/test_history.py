"""Who changed what, when and why; going back; undoing a deletion."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from draws.importing.models import Import
from draws.models import Discrepancy, Draw
from editing.apps import CONTENT_APPS
from editing.history import deleted
from editing.models import DataVersion, ProposedChange
from occupations.models import Edition, Listing, OccupationText
from tests.editing.admin.forms import SAID, address, save, told
from tests.editing.admin.versions import FOLLOWED, restore, revert

pytestmark = pytest.mark.both_databases


@pytest.fixture
def draft(make_draw):
    return make_draw("5", status="draft", cutoff=500)


def test_loaded_record_has_no_history(db):
    assert {model.__name__: model.history.count() for model in FOLLOWED if model.history.exists()} == {}


def test_history_of_every_table_that_people_edit_is_kept():
    tables = {model for label in CONTENT_APPS for model in apps.get_app_config(label).get_models()}

    assert {*FOLLOWED} == tables - {Import, OccupationText}


def test_loading_fixtures_again_writes_no_history(db):
    call_command("loaddata", "draws", verbosity=0)

    assert Draw.history.count() == 0


def test_change_is_written_down_with_its_reason(editor, draft):
    save(editor, draft, cutoff="499", change_reason="Misread before")

    newest = draft.history.first()
    assert (newest.history_type, newest.cutoff, newest.history_user, newest.history_change_reason) == (
        "~",
        499,
        editor.user,
        "Misread before",
    )


def test_first_change_of_a_loaded_row_keeps_how_it_was(publisher, db):
    draw = Draw.objects.get(number="254")

    save(publisher, draw, cutoff="487")

    assert [record.cutoff for record in draw.history.all()] == [487, 486]
    assert draw.history.last().programs.count() == draw.programs.count()


def test_saving_with_programs_is_one_record(publisher, db):
    draw = Draw.objects.get(number="254")

    save(publisher, draw, cutoff="487", programs=["1"])

    newest = draw.history.first()
    assert (draw.history.count(), newest.cutoff, newest.programs.count()) == (2, 487, 1)


def test_slow_saving_with_programs_is_one_record(make_draw):
    draw = make_draw()
    before = draw.history.count()
    draw._history_date = timezone.now() + timedelta(hours=-1)
    draw.history.update(history_date=draw._history_date - timedelta(days=1))

    draw.save()
    draw.programs.set([2])

    assert (draw.history.count(), draw.history.first().programs.count()) == (before + 1, 1)


def test_programs_that_another_person_sets_right_after_are_a_record_of_their_own(publisher, editor, db):
    draw = Draw.objects.get(number="254")
    save(publisher, draw, cutoff="487", programs=["1"])
    opened_by_editor = Draw.objects.get(number="254")
    opened_by_editor._history_user = editor.user

    opened_by_editor.programs.add(2)

    records = [(record.history_user, record.programs.count()) for record in draw.history.all()]
    assert records[:2] == [(editor.user, 2), (publisher.user, 1)]


def test_programs_set_after_the_commit_are_a_record_of_their_own(make_draw, django_capture_on_commit_callbacks):
    draw = make_draw()
    with django_capture_on_commit_callbacks(execute=True):
        draw.save()
    before = draw.history.count()

    draw.programs.remove(1)

    assert draw.history.count() == before + 1


def test_programs_set_after_a_saving_was_undone_are_a_record_of_their_own(make_draw):
    draw = make_draw()
    before = draw.history.count()
    with suppress(IntegrityError), transaction.atomic():
        draw.save()
        Draw.objects.filter(pk=draw.pk).update(cutoff=1201)

    draw.programs.remove(1)

    assert draw.history.count() == before + 1


def test_history_moves_the_data_version_once_per_save(editor, make_correction):
    row = make_correction()
    before = DataVersion.objects.get().number

    row.save()

    assert DataVersion.objects.get().number == before + 1


def test_history_page_shows_differences(editor, draft):
    save(editor, draft, cutoff="499", change_reason="Misread before")

    response = editor.get(address(Draw, "history", draft.pk))

    newest = response.context["versions"][0]
    assert [(one.label, one.old, one.new) for one in newest["differences"]] == [
        ("CRS score of lowest-ranked candidate invited", "500", "499")
    ]
    assert "Misread before" in response.content.decode()


def test_history_page_tells_of_the_rows_of_the_page(publisher, make_edition):
    listing = make_edition().listings.get()
    save(publisher, listing, title_as_published_en="Another title")

    response = publisher.get(address(Edition, "history", listing.edition_id))

    name, rows = response.context["parts"][0]
    assert (str(name), [one.new for one in rows[0]["differences"]]) == ("listings", ["Another title"])


def test_going_back_restores_every_fact(publisher, db):
    draw = Draw.objects.get(number="254")
    before = {name: getattr(draw, name) for name in ("cutoff", "invitations", "edition_id", "name_en")}
    programs = set(draw.programs.all())
    save(publisher, draw, cutoff="487", invitations="1", name_en="Wrong", programs=["4"])

    revert(publisher, draw, draw.history.last(), change_reason="A slip")

    draw = Draw.objects.get(number="254")
    assert {name: getattr(draw, name) for name in before} == before
    assert (set(draw.programs.all()), draw.status) == (programs, "published")
    assert draw.history.first().history_change_reason == "A slip"


def test_going_back_never_publishes(publisher, editor, draft):
    save(publisher, draft, _publish="1", cutoff="499")
    save(publisher, draft, _withdraw="1", cutoff="498")

    revert(editor, draft, draft.history.all()[1])

    draw = Draw.objects.get()
    assert (draw.cutoff, draw.status) == (499, "draft")


def test_going_back_on_a_published_row_is_proposed_by_an_editor(publisher, editor, make_draw):
    draw = make_draw(cutoff=500)
    save(publisher, draw, cutoff="499")

    revert(editor, draw, draw.history.last())

    assert (Draw.objects.get().cutoff, ProposedChange.objects.get().changes) == (499, {"cutoff": [499, 500]})


def test_going_back_into_a_published_edition_is_for_publishers(publisher, editor, make_edition):
    edition, draft = make_edition(status="draft"), make_edition("trade", occupations=[], status="draft")
    listing = edition.listings.get()
    save(publisher, listing, edition=str(draft.pk))
    type(edition).objects.filter(pk=edition.pk).update(status="published")

    response = revert(editor, listing, listing.history.last())

    assert (response.status_code, Listing.objects.get().edition) == (403, draft)


def test_going_back_after_another_save_compares_again(editor, draft):
    save(editor, draft, cutoff="499")

    response = revert(editor, draft, draft.history.last(), opened_on="other")

    assert told(response) == ["The row was saved meanwhile. Compare again."]
    assert Draw.objects.get().cutoff == 499


def test_going_back_to_what_a_rule_refuses_says_why(publisher, make_edition, make_draw):
    edition = make_edition(version="2022")
    save(publisher, edition, effective_from="2022-03-01")
    make_edition(version="2021", effective_from="2021-01-01", effective_to="2022-02-01")

    response = revert(publisher, edition, edition.history.last())

    assert "End it first." in told(response)[0]
    assert str(Edition.objects.get(version="2022").effective_from) == "2022-03-01"


def test_deleted_row_is_restored_with_all_of_it(publisher, db):
    draw = Draw.objects.get(number="208")
    facts = Draw.objects.filter(pk=draw.pk).values().get()
    programs, discrepancies = set(draw.programs.all()), list(draw.discrepancies.values())
    response = publisher.post(address(Draw, "delete", draw.pk), {"post": "yes"} | SAID, follow=True)

    restore(publisher, Draw)

    back = Draw.objects.get(number="208")
    assert (
        told(response)[0] == "Gone by mistake? <a href='/admin/draws/draw/deleted/'>Deleted rows</a> can be restored."
    )
    assert Draw.objects.filter(pk=draw.pk).values().get() == facts
    assert (set(back.programs.all()), list(back.discrepancies.values())) == (programs, discrepancies)
    assert len(discrepancies) > 0


def test_rows_deleted_together_are_restored_one_by_one(publisher, make_draw):
    draws = [make_draw("1", status="draft"), make_draw("2", status="draft")]
    given = {"action": "delete_selected", "_selected_action": [draw.pk for draw in draws], "post": "yes"} | SAID
    publisher.post(address(Draw, "changelist"), given)

    restore(publisher, Draw)

    assert (Draw.objects.count(), deleted(Draw).count()) == (1, 1)


def test_deleted_edition_comes_back_with_its_list(publisher, db):
    edition = Edition.objects.filter(draws=None).exclude(listings=None).first()
    Edition.objects.filter(pk=edition.pk).update(status="draft")  # a published one is not deleted
    listings = list(edition.listings.values())
    publisher.post(address(Edition, "delete", edition.pk), {"post": "yes"} | SAID)

    restore(publisher, Edition)

    assert list(Edition.objects.get(pk=edition.pk).listings.values()) == listings
    assert deleted(Listing).count() == 0


def test_nobody_goes_back_to_a_deletion(publisher, draft):
    publisher.post(address(Draw, "delete", draft.pk), {"post": "yes"})
    restore(publisher, Draw)

    page = publisher.get(address(Draw, "history", draft.pk)).content.decode()

    records = {one.history_type: one.history_id for one in draft.history.all()}
    offered = {kind for kind, record in records.items() if f"history/{record}/revert/" in page}
    assert ({*records}, "-" in offered) == ({"+", "-"}, False)


def test_published_row_restored_by_an_editor_is_a_draft(publisher, editor, make_discrepancy):
    row = make_discrepancy()
    publisher.post(address(Discrepancy, "delete", row.pk), {"post": "yes"} | SAID)

    restore(editor, Discrepancy)

    assert Discrepancy.objects.get(pk=row.pk).status == "draft"


def test_row_whose_place_is_taken_is_not_restored(publisher, make_draw):
    draw = make_draw("7", status="draft")
    publisher.post(address(Draw, "delete", draw.pk), {"post": "yes"} | SAID)
    make_draw("7")

    response = restore(publisher, Draw)

    assert told(response)[-1:] == ["Draw with this Number already exists."]
    assert Draw.objects.count() == 1
