"""Copying an edition as the next one, and pasting its list."""

from datetime import date

import pytest

from editing.models import ProposedChange
from occupations.models import Edition, Listing, Occupation
from tests.editing.admin.forms import SAID, address, save, told
from tests.editing.admin.imports import READ

NEXT = {
    "version": "2026",
    "effective_from": "2026-03-01",
    "name_en": "STEM occupations (Version 3)",
    "evidence": "official",
    "source": "Ministerial Instructions",
    "checked_on": "2026-03-02",
}


@pytest.fixture
def edition(make_edition):
    return make_edition(version="2025", occupations=["21231", "21232"], minimum_experience_months=12)


def copy(client, edition, **changes):
    return client.post(address(Edition, "copy", edition.pk), NEXT | changes, follow=True)


def paste(client, edition, lines, button="_compare", **given):
    url = address(Edition, "list", edition.pk)
    given = {"opened_on": client.get(url).context["opened_on"]} | READ | SAID | given
    return client.post(url, {"lines": lines, button: "1"} | given)


def publish(client, edition):
    return client.post(
        address(Edition, "changelist"), {"action": "publish", "_selected_action": [edition.pk]}, follow=True
    )


@pytest.mark.parametrize("role", ["Editors", "Publishers"])
def test_next_edition_is_a_draft_and_changes_nothing_public(sign_in, edition, role):
    copy(sign_in(role), edition, round_label="Version 3")

    latest = Edition.objects.get(version="2026")
    edition.refresh_from_db()
    assert (edition.effective_to, latest.effective_from, latest.effective_to) == (None, date(2026, 3, 1), None)
    assert (latest.status, latest.minimum_experience_months, latest.round_label) == ("draft", 12, "Version 3")
    assert {(row.occupation.code, row.source) for row in latest.listings.all()} == {
        ("21231", "Ministerial Instructions"),
        ("21232", "Ministerial Instructions"),
    }
    assert ProposedChange.objects.count() == 0


def test_old_round_label_is_shown_and_not_copied(publisher, edition):
    Edition.objects.update(round_label="STEM occupations (Version 2)")

    page = publisher.get(address(Edition, "copy", edition.pk)).content.decode()
    copy(publisher, edition)

    assert "It was “STEM occupations (Version 2)”." in page
    assert Edition.objects.get(version="2026").round_label == ""


def test_edition_before_ends_when_the_next_one_is_published(editor, publisher, edition):
    copy(editor, edition)
    latest = Edition.objects.get(version="2026")

    response = publish(publisher, latest)

    latest.refresh_from_db()
    edition.refresh_from_db()
    assert (latest.status, edition.effective_to) == ("published", date(2026, 2, 28))
    assert "STEM 2025 ends on 2026-02-28." in told(response)
    assert edition.history.first().history_change_reason == "Ends where edition 2026 starts"


def test_edition_before_ends_when_the_form_publishes_the_next_one(publisher, edition):
    copy(publisher, edition)

    response = save(publisher, Edition.objects.get(version="2026"), _publish="1")

    edition.refresh_from_db()
    assert (response.status_code, edition.effective_to) == (302, date(2026, 2, 28))


def test_preview_of_the_next_edition_ends_nothing(editor, edition):
    copy(editor, edition)

    response = editor.get(address(Edition, "preview", Edition.objects.get(version="2026").pk))

    edition.refresh_from_db()
    assert (response.status_code, edition.effective_to) == (200, None)


def test_next_edition_over_a_later_draw_is_not_published(publisher, edition, make_draw):
    copy(publisher, edition)
    make_draw(edition=edition, date=date(2026, 4, 1))
    latest = Edition.objects.get(version="2026")

    response = publish(publisher, latest)

    edition.refresh_from_db()
    latest.refresh_from_db()
    assert (latest.status, edition.effective_to) == ("draft", None)
    assert "A draw of this edition would lie outside its dates." in " ".join(told(response))
    preview = publisher.get(address(Edition, "preview", latest.pk))
    assert (preview.status_code, "would lie outside its dates" in preview.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"effective_from": "2025-01-01"}, "The next edition starts after the first day of this one, 2025-01-01."),
        ({"version": "2025"}, "This category has an edition of that version already."),
        ({"effective_from": ""}, "This field is required."),
    ],
)
def test_copy_that_cannot_be_is_refused(publisher, edition, changes, sentence):
    response = copy(publisher, edition, **changes)

    said = [str(text) for texts in response.context["form"].errors.values() for text in texts]
    edition.refresh_from_db()
    assert (said, Edition.objects.count(), edition.effective_to) == ([sentence], 1, None)


def test_copy_over_a_later_draw_says_what_to_do(publisher, edition, make_draw):
    make_draw(edition=edition, date=date(2026, 4, 1))

    response = copy(publisher, edition)

    assert response.context["form"].non_field_errors() == [
        "A draw of this edition would lie outside its dates. Move the draw to another edition first, "
        "or choose dates that cover it."
    ]
    assert Edition.objects.count() == 1


def test_pasted_list_is_compared_before_it_is_saved(publisher, edition, make_edition):
    make_edition(version="2023", occupations=["21231"], effective_to=date(2024, 12, 31))

    response = paste(publisher, edition, "21231 Software engineers\n21233 Web designers")

    changes = response.context["changes"]
    assert (list(changes.added), list(changes.removed), list(changes.retitled)) == (["21233"], ["21232"], ["21231"])
    assert list(response.context["changes_before"].added) == ["21233"]
    assert Listing.objects.filter(edition=edition).count() == 2


def test_pasted_list_is_saved(publisher, edition):
    kept = edition.listings.get(occupation__code="21231")

    paste(publisher, edition, "21231 Software engineers\n21233 Web designers", "_save")

    rows = edition.listings.values_list("occupation__code", "title_as_published_en", "pk")
    assert [(code, title) for code, title, _pk in rows] == [
        ("21231", "Software engineers"),
        ("21233", "Web designers"),
    ]
    assert rows[0][2] == kept.pk
    assert kept.history.first().history_change_reason == "A test"


def test_pasted_list_says_where_it_was_read(publisher, edition):
    before = edition.listings.get(occupation__code="21232")

    paste(publisher, edition, f"21231 Engineers\n21232 {before.title_as_published_en}\n21233 Designers", "_save")

    rows = edition.listings.values_list("occupation__code", "evidence", "source", "source_url")
    read = (READ["evidence"], READ["source"], READ["source_url"])
    assert list(rows) == [
        ("21231", *read),
        ("21232", before.evidence, before.source, before.source_url),
        ("21233", *read),
    ]


def test_pasted_list_without_a_source_is_refused(publisher, edition):
    response = paste(publisher, edition, "21231 Software engineers", "_save", evidence="", source="")

    assert response.context["form"].errors == {
        "evidence": ["Say how near to the department's own publication this was read."],
        "source": ["Say in words where this was read."],
    }
    assert edition.listings.count() == 2


def test_pasted_list_over_somebody_elses_is_compared_again(publisher, edition):
    response = paste(publisher, edition, "21231 Software engineers", "_save", opened_on="older")

    assert response.context["form"].non_field_errors() == ["Somebody changed the list meanwhile. Compare again."]
    assert edition.listings.count() == 2


def test_unknown_code_is_named_with_its_line(publisher, edition):
    response = paste(publisher, edition, "21231 Software engineers\n99999 Wizards", "_save")

    assert response.context["form"].errors["lines"] == [
        "Line 2, “99999 Wizards”: NOC 2021 has no unit group with that code."
    ]
    assert edition.listings.count() == 2


@pytest.mark.parametrize("text", ["Page 3", "Occupation\tNOC 2021 code", "1\n2"])
def test_paste_without_an_occupation_does_not_empty_the_list(publisher, edition, text):
    response = paste(publisher, edition, text, "_save")

    assert response.context["form"].errors["lines"] == [
        "There is no occupation in it: each needs its five-digit code and its title."
    ]
    assert edition.listings.count() == 2


def test_code_of_noc_2016_names_its_successors(publisher, edition):
    response = paste(publisher, edition, "2173 Software engineers and designers", "_save")

    assert response.context["form"].errors["lines"] == [
        "Line 1, “2173 Software engineers and designers”: 2173 is a code of NOC 2016. In NOC 2021 it is: "
        "21231 Software engineers and designers, 21211 Data scientists."
    ]


@pytest.mark.parametrize(("status", "answer"), [("draft", 200), ("published", 403)])
def test_editor_pastes_into_drafts_only(editor, edition, status, answer):
    Edition.objects.update(status=status)

    assert editor.get(address(Edition, "list", edition.pk)).status_code == answer


def test_page_of_publishers_says_so_to_an_editor(editor, edition):
    Edition.objects.update(status="published")

    page = editor.get(address(Edition, "list", edition.pk)).content.decode()

    assert "Only publishers change the list of a published edition." in page
    assert '<a href="/admin/">Back to the admin</a>' in page


def test_row_added_to_a_list_was_read_where_the_edition_was(editor, make_edition):
    draft = make_edition(status="draft", occupations=[], source="The instructions")
    cook = Occupation.objects.get(code="63200")
    row = {"occupation": cook.pk, "title_as_published_en": "Cooks", "evidence": "official"}

    save(
        editor, draft, **{"listings-TOTAL_FORMS": "1"}, **{f"listings-0-{name}": value for name, value in row.items()}
    )

    listing = draft.listings.get()
    assert (listing.occupation, listing.source, listing.checked_on) == (cook, "The instructions", draft.checked_on)
