"""From the history of a draw: corrections made by a tick, and those that going back makes untrue."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from draws.models import Draw
from editing.days import canadian_day
from editing.history import deleted
from editing.models import ProposedChange
from tests.draws.pages import section, words
from tests.editing.admin.forms import SAID, address, save, told
from tests.editing.admin.versions import restore, revert

pytestmark = pytest.mark.both_databases


@pytest.fixture
def changed(publisher, db):
    """A public draw whose cut-off and programs somebody changed."""
    draw = Draw.objects.get(number="254")
    save(publisher, draw, cutoff="487", programs=["1"], evidence="third-party", change_reason="The feed was rewritten")
    return draw


def correct(client, draw, *names, origin="official"):
    url = address(Draw, "correct", draw.pk, draw.history.first().history_id)
    given = {"fact": names, "origin": origin, "note": "The feed was rewritten"}
    return client.post(url, given, follow=True)


@pytest.mark.parametrize(("role", "status"), [("Editors", "review"), ("superuser", "published")])
def test_tick_makes_a_correction(sign_in, changed, role, status):
    correct(sign_in(role), changed, "cutoff")

    row = changed.corrections.get(field="cutoff")
    day = canadian_day(changed.history.first().history_date)
    assert (row.old_value, row.new_value, row.status, row.note_en) == ("486", "487", status, "The feed was rewritten")
    assert (row.last_seen_old, row.first_seen_new, row.evidence) == (day, day, "third-party")


def test_correction_is_on_the_public_page(publisher, changed, html):
    correct(publisher, changed, "cutoff", "programs")

    page = html("/draws/254/")

    assert "The feed was rewritten" in page
    assert changed.corrections.get(field="programs").new_value == "Federal Skilled Worker Program"


def test_correction_says_whose_mistake_it_was(publisher, changed, html):
    correct(publisher, changed, "cutoff", origin="ours")

    today = date_format(canadian_day(), "DATE_FORMAT")
    assert f"486 487. This record had it wrong until {today}." in words(html("/draws/254/"))
    ours, official = (section(html(f"/changes/?of=draw/254&by={side}"), "rows") for side in ("ours", "official"))
    assert ("<del>486</del>" in ours, "<del>486</del>" in official) == (True, False)


def test_correction_of_another_origin_is_refused(publisher, changed):
    response = correct(publisher, changed, "cutoff", origin="weather")

    assert "Value 'weather' is not a valid choice." in told(response)
    assert not changed.corrections.filter(field="cutoff").exists()


def test_correction_of_a_first_version_is_refused(publisher, changed):
    first = changed.history.last()

    response = publisher.post(address(Draw, "correct", changed.pk, first.history_id), {"fact": ["cutoff"]})

    assert response.status_code == 403


def test_correction_names_a_pool_that_was_deleted(publisher, make_draw, make_pool):
    old, new = make_pool(), make_pool(as_on=date(2022, 2, 1))
    draw = make_draw(pool=old)
    save(publisher, draw, pool=new.pk)
    old.delete()

    correct(publisher, draw, "pool")

    assert draw.corrections.get().old_value == str(old.as_on)


def test_correction_names_a_pool_that_nobody_ever_changed(publisher, db):
    draw, other = Draw.objects.get(number="254"), Draw.objects.get(number="274").pool
    old = draw.pool
    save(publisher, draw, pool=other.pk)

    correct(publisher, draw, "pool")

    row = draw.corrections.get(first_seen_new=canadian_day(), field="pool_date")
    assert (row.old_value, row.new_value) == (str(old.as_on), str(other.as_on))
    assert not other.history.exists()


def test_going_back_to_a_deleted_version_keeps_the_programs(publisher, make_draw):
    draw = make_draw(kind="program")
    publisher.post(address(Draw, "delete", draw.pk), {"post": "yes"} | SAID)
    gone = deleted(Draw).first()
    restore(publisher, Draw)

    revert(publisher, draw, gone)

    assert [program.code for program in Draw.objects.get(pk=draw.pk).programs.all()] == ["CEC"]


def test_same_correction_is_made_once(publisher, changed):
    correct(publisher, changed, "cutoff")

    response = correct(publisher, changed, "cutoff")

    assert changed.corrections.filter(field="cutoff").count() == 1
    assert told(response)[-1:] == ["No correction was made: tick a fact that has none of that day yet."]


@pytest.mark.parametrize(("value", "shown"), [("488", [("486", "488")]), ("486", [])])
def test_second_change_of_a_day_is_the_same_correction(publisher, changed, value, shown):
    correct(publisher, changed, "cutoff")
    save(publisher, changed, cutoff=value)

    response = correct(publisher, changed, "cutoff")

    made = changed.corrections.filter(field="cutoff", first_seen_new=canadian_day())
    assert list(made.values_list("old_value", "new_value")) == shown
    gone = "The fact is as it was before that day: its correction was taken back."
    assert told(response)[-1:] == ["1 correction is public." if shown else gone]


def test_tick_at_an_older_version_leaves_the_correction(publisher, changed):
    save(publisher, changed, cutoff="486")
    correct(publisher, changed, "cutoff")
    older = changed.history.all()[1]

    publisher.post(address(Draw, "correct", changed.pk, older.history_id), {"fact": ["cutoff"]})

    row = changed.corrections.get(field="cutoff", first_seen_new=canadian_day())
    assert (row.old_value, row.new_value) == ("487", "486")


def test_editor_leaves_a_public_correction(publisher, editor, changed):
    correct(publisher, changed, "cutoff")
    save(publisher, changed, cutoff="486")

    correct(editor, changed, "cutoff")

    assert changed.corrections.filter(field="cutoff", first_seen_new=canadian_day()).count() == 1


def test_ticks_are_for_public_figures(editor, changed):
    shown = editor.get(address(Draw, "history", changed.pk)).context["versions"]

    assert [[one.field for one in version["correctable"]] for version in shown] == [["cutoff", "programs"], []]


def test_nobody_else_makes_corrections(sign_in, changed):
    assert [correct(sign_in(role), changed, "cutoff").status_code for role in ("staff",)] == [403]
    assert not changed.corrections.filter(field="cutoff").exists()


NEEDED = "Say what becomes of the public corrections that would no longer be true."


@pytest.fixture
def corrected(publisher, changed):
    """The same draw, of which the public was told that its cut-off changed."""
    correct(publisher, changed, "cutoff")
    changed.corrections.filter(field="cutoff").update(first_seen_new=date(2026, 10, 1), last_seen_old=None)
    return changed


def cutoffs(draw):
    rows = draw.corrections.filter(field="cutoff").order_by("first_seen_new")
    return list(rows.values_list("old_value", "new_value", "status"))


def test_going_back_names_the_corrections_it_makes_untrue(publisher, corrected):
    record = corrected.history.last()

    page = publisher.get(address(Draw, "revert", corrected.pk, record.history_id))
    response = revert(publisher, corrected, record)

    assert page.context["untrue"] == [corrected.corrections.get(field="cutoff")]
    assert (told(response), Draw.objects.get(number="254").cutoff) == ([NEEDED], 487)


def test_going_back_withdraws_the_corrections_it_makes_untrue(publisher, corrected):
    revert(publisher, corrected, corrected.history.last(), corrections="withdraw")

    assert (Draw.objects.get(number="254").cutoff, cutoffs(corrected)) == (486, [("486", "487", "draft")])


def test_going_back_answers_the_corrections_it_makes_untrue(publisher, corrected):
    revert(publisher, corrected, corrected.history.last(), corrections="ours", note="A slip of ours")

    answer = corrected.corrections.get(field="cutoff", first_seen_new=canadian_day())
    assert cutoffs(corrected) == [("486", "487", "published"), ("487", "486", "published")]
    assert (answer.origin, answer.note_en) == ("ours", "A slip of ours")


def test_going_back_to_what_a_correction_says_leaves_it(publisher, corrected):
    told_of, _rest = corrected.history.all()[0], save(publisher, corrected, cutoff="500")

    response = revert(publisher, corrected, told_of)

    assert told(response)[-1] == "The row is as it was in that version."
    assert cutoffs(corrected) == [("486", "487", "published")]


def test_correction_in_the_words_of_the_feed_is_the_same_moment(publisher, db):
    draw = Draw.objects.get(number="262")
    save(publisher, draw, tie_break_1="01:02:03")

    response = revert(publisher, draw, draw.history.last())

    assert told(response)[-1] == "The row is as it was in that version."


def test_publisher_who_accepts_going_back_settles_the_corrections(publisher, editor, corrected):
    shown = editor.get(address(Draw, "revert", corrected.pk, corrected.history.last().history_id))
    revert(editor, corrected, corrected.history.last())
    decide = reverse("admin:editing_proposedchange_decide", args=[ProposedChange.objects.get().pk])

    refused = publisher.post(decide, {"_accept": "1"} | SAID, follow=True)
    publisher.post(decide, {"_accept": "1", "corrections": "withdraw"} | SAID)

    assert "The publisher who accepts the change says what becomes of them." in shown.content.decode()
    assert told(refused) == [NEEDED]
    assert (Draw.objects.get(number="254").cutoff, cutoffs(corrected)) == (486, [("486", "487", "draft")])


@pytest.mark.parametrize("value", ["487", "488"])
def test_withdrawn_correction_of_the_day_is_made_public_anew(publisher, changed, value):
    correct(publisher, changed, "cutoff")
    revert(publisher, changed, changed.history.last(), corrections="withdraw")
    save(publisher, changed, cutoff=value)

    response = correct(publisher, changed, "cutoff")

    assert (told(response)[-1], cutoffs(changed)) == ("1 correction is public.", [("486", value, "published")])


def test_editor_of_a_withdrawn_draw_leaves_its_public_corrections_to_publishers(publisher, editor, corrected):
    save(publisher, corrected, _withdraw="1")
    record = corrected.history.last()

    shown = editor.get(address(Draw, "revert", corrected.pk, record.history_id)).content.decode()
    response = revert(editor, corrected, record, corrections="withdraw")

    only_publishers = "Public corrections would no longer be true: only publishers say what becomes of them."
    assert ('name="corrections"' in shown, only_publishers in shown) == (False, True)
    assert (response.status_code, told(response)) == (200, [only_publishers])
    assert (Draw.objects.get(number="254").cutoff, cutoffs(corrected)) == (487, [("486", "487", "published")])


def test_answer_on_the_day_of_a_correction_takes_it_back_and_says_so(publisher, changed):
    correct(publisher, changed, "cutoff")
    record = changed.history.last()

    shown = publisher.get(address(Draw, "revert", changed.pk, record.history_id)).content.decode()
    revert(publisher, changed, record, corrections="ours")

    assert "Made today: an answer takes it back, too." in shown
    assert (Draw.objects.get(number="254").cutoff, cutoffs(changed)) == (486, [])
