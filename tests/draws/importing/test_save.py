"""What saving rows of an import does."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from simple_history.models import HistoricalRecords

from draws.importing.models import Outcome
from draws.models import Correction, Draw, FeedCheck, PoolSnapshot
from editing.days import canadian_day
from programs.models import Program
from tests.draws.feed_rows import row, utc
from tests.draws.importers import OFFICIAL, begin, save_all

pytestmark = pytest.mark.both_databases

HELD_SINCE, LAST_CHECK = date(2026, 10, 1), date(2026, 10, 8)


def test_draft_is_saved_with_everything(stem, django_user_model):
    user = django_user_model.objects.create(username="editor")
    new = begin(row(drawCutOff=""), user=user)

    assert save_all(new, publish=False, user=user) == 1

    draw = Draw.objects.get(number="254")
    assert (draw.status, draw.pool.status, draw.edition) == ("draft", "draft", stem)
    assert (draw.drawn_at, draw.tie_break, draw.tie_break_missing) == (
        utc(2023, 7, 5, 13, 22, 37), None, "not-published",
    )  # fmt: skip
    assert sorted(draw.programs.values_list("code", flat=True)) == ["CEC", "FST", "FSW"]
    assert (draw.evidence, draw.source, draw.source_url, draw.checked_on) == (*by_source(), canadian_day(new.made_at))
    draw.full_clean()
    assert (new.outcome, new.finished_by, new.packed) == (Outcome.SAVED, user, None)


def by_source():
    return "official", OFFICIAL["source"], OFFICIAL["source_url"]


def test_new_draw_and_its_pool_are_public_when_published(held):
    assert (held.is_public(), held.pool.is_public()) == (True, True)


def test_saved_rows_have_one_record_of_history(held):
    [record] = held.history.all()
    assert (record.history_type, record.history_change_reason) == ("+", "Imported: IRCC feed of a test")
    assert record.programs.count() == 3
    assert held.pool.history.count() == 1


def test_first_state_of_a_loaded_draw_has_no_author(make_draw, rf, django_user_model):
    """Whoever saves the import in the admin did not load the record."""
    draw = make_draw("254", date=date(2023, 7, 5), drawn_at=utc(2023, 7, 5, 13), tie_break=utc(2023, 1, 1))
    draw.history.all().delete()
    general = row(drawName="General", drawDateTime="July 5, 2023 at 13:00:00 UTC")
    request = rf.get("/")
    request.user = django_user_model.objects.create(username="paula")

    HistoricalRecords.context.request = request
    try:
        save_all(begin(general | {"drawText2": "Canadian Experience Class"}), user=request.user)
    finally:
        del HistoricalRecords.context.request

    assert [record.history_user for record in draw.history.all()] == [request.user, None]


def test_long_source_fits_the_reason_of_the_history(stem):
    new = begin(row())
    new.source = "s" * 500

    save_all(new)

    assert len(Draw.objects.get(number="254").history.get().history_change_reason) == 255


def test_changed_draw_that_was_loaded_keeps_its_first_state(make_draw):
    draw = make_draw("254", date=date(2023, 7, 5), drawn_at=utc(2023, 7, 5, 13), tie_break=utc(2023, 1, 1))
    draw.history.all().delete()
    general = row(drawName="General", drawDateTime="July 5, 2023 at 13:00:00 UTC")

    save_all(begin(general | {"drawText2": "Canadian Experience Class"}))

    newest, first = draw.history.all()
    assert (first.history_type, first.cutoff, first.programs.count()) == ("+", 500, 4)
    assert (newest.history_type, newest.cutoff, newest.programs.count()) == ("~", 486, 1)


def test_changed_value_of_a_public_draw_becomes_a_correction(held):
    FeedCheck.objects.all().delete()
    Draw.objects.filter(pk=held.pk).update(checked_on=HELD_SINCE)

    new = begin(row(drawCRS="487"))
    save_all(new)

    [correction] = Correction.objects.published()
    assert (correction.draw, correction.field, correction.old_value, correction.new_value) == (
        held, "cutoff", "486", "487",
    )  # fmt: skip
    assert (correction.last_seen_old, correction.first_seen_new) == (HELD_SINCE, canadian_day(new.made_at))
    assert (correction.only_wording, Draw.objects.get(pk=held.pk).cutoff) == (False, 487)
    assert correction.history.count() == 1


def test_old_value_was_last_seen_at_the_last_check(held):
    FeedCheck.objects.all().delete()
    Draw.objects.filter(pk=held.pk).update(checked_on=HELD_SINCE)
    told = {"newest_number": "254", "records": 1, "evidence": "official", "source": "A test"}
    FeedCheck.objects.create(checked_on=LAST_CHECK, **told)

    save_all(begin(row(drawCRS="487")))

    assert Correction.objects.get().last_seen_old == LAST_CHECK


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"drawName": "STEM Occupations (Version 1)"},
         ("name", "STEM occupations (Version 1)", "STEM Occupations (Version 1)", True)),
        ({"drawText2": "Canadian Experience Class"},
         ("programs", "Federal Skilled Worker, Federal Skilled Trades, Canadian Experience Class",
          "Canadian Experience Class", False)),
        ({"dd1": "121", "dd18": "64,851"},
         ("pool", "601–1200: 120; total: 64850", "601–1200: 121; total: 64851", False)),
        ({"drawDistributionAsOn": "July 3, 2023"}, ("pool_date", "2023-07-04", "2023-07-03", False)),
    ],
)  # fmt: skip
def test_correction_says_what_changed(held, change, told):
    names = {"FSW": "Federal Skilled Worker", "FST": "Federal Skilled Trades", "CEC": "Canadian Experience Class"}
    for code, name in names.items():
        Program.objects.filter(code=code).update(name_en=name)

    save_all(begin(row(**change)))

    assert list(Correction.objects.values_list("field", "old_value", "new_value", "only_wording")) == [told]


@pytest.mark.parametrize(
    "given",
    [{"DrawText1": "<a href='/en/invitations.html?q=254'>Text</a>"}, {"drawName": "Professions des STIM (Version 1)"}],
)
def test_link_and_missing_french_name_need_no_correction(held, given):
    save_all(begin(row(**given)))

    assert list(Correction.objects.all()) == []


def test_value_that_was_not_held_needs_no_correction(held):
    Draw.objects.filter(pk=held.pk).update(drawn_at=None, drawn_at_missing="not-held")

    save_all(begin(row()))

    draw = Draw.objects.get(pk=held.pk)
    assert (draw.drawn_at, draw.drawn_at_missing) == (utc(2023, 7, 5, 13, 22, 37), "")
    assert list(Correction.objects.all()) == []


def test_value_that_changes_twice_in_a_day_is_one_correction(held):
    save_all(begin(row(drawCRS="487")))
    save_all(begin(row(drawCRS="488")))

    assert list(Correction.objects.values_list("old_value", "new_value")) == [("486", "488")]


def test_value_that_changes_back_in_a_day_is_no_correction(held):
    save_all(begin(row(drawCRS="487")))
    save_all(begin(row()))

    assert list(Correction.objects.all()) == []


def test_changed_draft_is_changed_without_a_correction(stem):
    save_all(begin(row()), publish=False)

    assert save_all(begin(row(drawCRS="487")), publish=False) == 1

    draw = Draw.objects.get(number="254")
    assert (draw.cutoff, draw.status, Correction.objects.count()) == (487, "draft", 0)


def test_change_of_a_published_draw_waits_for_a_publisher(held):
    new = begin(row(drawCRS="487"))

    assert save_all(new, publish=False) == 0
    assert (Draw.objects.get(pk=held.pk).cutoff, new.outcome, new.difference.rows[0].guarded) == (486, "waiting", True)


def test_new_draw_that_rewrites_a_published_pool_waits_for_a_publisher(held):
    other = row(drawNumber="255", dd1="121", dd18="64,851")

    new = begin(other)

    assert [(found.number, found.held, found.guarded) for found in new.difference.rows] == [("255", False, True)]


def test_draws_of_one_week_share_a_snapshot(stem):
    save_all(begin(row(), row(drawNumber="255")))

    assert PoolSnapshot.objects.count() == 1
    assert Draw.objects.filter(pool__as_on=date(2023, 7, 4)).count() == 2


def test_publishing_on_an_edition_that_is_a_draft_is_refused(stem):
    type(stem).objects.update(status="draft")

    with pytest.raises(ValidationError, match="publish that first"):
        save_all(begin(row()))
    assert Draw.objects.count() == 0


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow_with_the_rows(stem, count, django_assert_max_num_queries):
    numbers = range(255, 255 + count)
    save_all(begin(*[row(drawNumber=str(number)) for number in numbers], row(drawNumber="254")))
    rows = [row(drawNumber=str(number), drawCRS="487") for number in numbers]
    rows += [row(drawNumber=str(number + count)) for number in numbers]

    with django_assert_max_num_queries(90):
        save_all(begin(*rows))

    assert Draw.objects.count() == 2 * count + 1
