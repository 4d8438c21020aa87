"""Two people with the same row open: the second is told, and nothing is overwritten unseen."""

import pytest

from draws.models import Discrepancy, Draw
from programs.models import Milestone
from tests.editing.admin.forms import Form, opened, said, save

pytestmark = pytest.mark.both_databases


def test_second_editor_is_shown_both_values(editor, sign_in, make_draw):
    draw = make_draw(status="draft", cutoff=500)
    other = sign_in("Publishers")
    values = opened(editor, draw)
    save(other, draw, cutoff="490")

    response = save(editor, draw, values, cutoff="491")

    when = f"{draw.history.first().history_date:%Y-%m-%d %H:%M:%S}"
    assert said(response) == [
        "Stored now: 490. Yours: 491.",
        f"publishers saved this row at {when} UTC, while you had it open. Nothing of yours is saved yet. "
        "What you did not touch has their values now. Compare what is marked below: saving again puts your own "
        "changes in place, leaving the page keeps theirs.",
    ]
    assert Draw.objects.get().cutoff == 490


def test_saving_again_puts_the_second_value_in_place(editor, sign_in, make_draw):
    draw = make_draw(status="draft", cutoff=500)
    values = opened(editor, draw)
    save(sign_in("Publishers"), draw, cutoff="490")
    shown = save(editor, draw, values, cutoff="491").context["adminform"].form

    save(editor, draw, values, cutoff="491", opened_on=shown["opened_on"].value())

    assert Draw.objects.get().cutoff == 491


def test_change_between_tables_counts(editor, sign_in, make_draw):
    draw = make_draw(status="draft")
    values = opened(editor, draw)
    save(sign_in("Publishers"), draw, programs=["1"])

    response = save(editor, draw, values, cutoff="491")

    sentence = "Changed meanwhile, and taken over here: Federal Skilled Worker Program. It was"
    assert sentence in " ".join(said(response))
    assert [program.pk for program in Draw.objects.get().programs.all()] == [1]


def test_row_of_the_same_page_is_locked_too(editor, sign_in, make_discrepancy):
    row = make_discrepancy(status="draft")
    values = opened(editor, row.draw)
    save(sign_in("Publishers"), row, note_en="Theirs")

    response = save(editor, row.draw, values, **{"discrepancies-0-note_en": "Mine"})

    errors = response.context["inline_admin_formsets"][0].forms[0].errors
    assert errors["note_en"] == ["Stored now: Theirs. Yours: Mine."]
    assert Discrepancy.objects.get().note_en == "Theirs"


def test_form_without_its_version_is_refused(editor, make_draw):
    draw = make_draw(status="draft")

    response = save(editor, draw, opened_on="")

    assert response.status_code == 200
    assert "Nothing of yours is saved yet" in said(response)[0]


def test_unchanged_row_is_saved(editor, make_draw):
    draw = make_draw(status="draft")

    assert [save(editor, draw, cutoff=cutoff).status_code for cutoff in ("480", "481")] == [302, 302]
    assert Draw.objects.get().cutoff == 481


def test_fields_not_touched_take_the_colleagues_values(editor, sign_in, make_draw, make_pool):
    draw, day = make_draw(status="draft", cutoff=500, invitations=1000), "2022-01-02"
    theirs = {"invitations": "2000", "name_en": "Their name", "kind": "program", "programs": ["1", "2"]}
    theirs |= {"pool": str(make_pool().pk), "pool_missing": "", "checked_on": day}
    theirs |= {"drawn_at_0": day, "drawn_at_1": "16:30:00"}
    values = opened(editor, draw)
    save(sign_in("Publishers"), draw, **theirs)

    again = Form(save(editor, draw, values, cutoff="491").content.decode()).values
    response = save(editor, draw, again)

    held = Draw.objects.get()
    assert (response.status_code, held.cutoff, held.invitations, held.name_en) == (302, 491, 2000, "Their name")
    assert (held.kind, sorted(program.pk for program in held.programs.all())) == ("program", [1, 2])
    assert (held.pool.as_on.isoformat(), held.checked_on.isoformat()) == ("2022-01-01", day)
    assert f"{held.drawn_at:%Y-%m-%d %H:%M}" == "2022-01-02 16:30"


def test_box_that_a_colleague_cleared_stays_clear(editor, sign_in):
    row = Milestone.objects.filter(day_known=True).first()
    Milestone.objects.filter(pk=row.pk).update(status="draft")
    values = opened(editor, row)
    save(sign_in("Publishers"), row, opened(editor, row) | {"day_known": []})

    again = Form(save(editor, row, values, note="Mine").content.decode()).values
    save(editor, row, {name: value for name, value in again.items() if not name.startswith("_")})

    row.refresh_from_db()
    assert (row.day_known, row.note) == (False, "Mine")
