"""One box in the header searches every table that somebody may view."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from draws.models import Draw
from occupations.models import Category, Edition, Listing, Occupation, OccupationTitle
from programs.models import Program
from tests.editing.admin.forms import address, told

pytestmark = pytest.mark.both_databases


def search(client, words, **given):
    return client.get("/admin/search/", {"q": words} | given)


def found(response):
    return {group["name"]: [row for row, _url in group["rows"]] for group in response.context["groups"]}


@pytest.mark.parametrize("words", ["254", " #254", "draw 254", "Draw 254"])
def test_draw_number_leads_to_the_draw_at_once(editor, db, words):
    response = search(editor, words)

    assert response["Location"] == address(Draw, "change", Draw.objects.get(number="254").pk)


@pytest.mark.parametrize(
    ("words", "model", "key"),
    [
        ("21231", Occupation, {"code": "21231"}),
        ("STEM", Category, {"slug": "stem"}),
        ("trade", Category, {"slug": "trade"}),
        ("métiers spécialisés", Category, {"slug": "trade"}),
    ],
)
def test_code_and_category_lead_there_at_once(editor, db, words, model, key):
    row = model.objects.get(**key)

    response = search(editor, words)

    assert response["Location"] == address(model, "change", row.pk)


def test_key_can_be_searched_for_all_the_same(editor, db):
    page = editor.get("/admin/search/", {"q": "21231"}, follow=True)

    everything = search(editor, "21231", all="1")

    assert told(page) == [
        "“21231” is the key of this row. <a href='/admin/search/?q=21231&amp;all=1'>Search all tables for it</a>."
    ]
    groups = found(everything)
    assert groups["Occupations"] == [Occupation.objects.get(code="21231")]
    assert {row.occupation.code for row in groups["Listings"]} == {"21231"}


def test_results_are_grouped_and_every_link_leads_to_its_row(editor, db):
    response = search(editor, "Federal Skilled Worker")

    groups = response.context["groups"]
    assert Program.objects.get(code="FSW") in found(response)["Programs"]
    assert {editor.get(url).status_code for group in groups for _row, url in group["rows"]} == {200}


def test_table_shows_ten_and_leads_to_the_others(editor, db):
    response = search(editor, "engineer")

    [titles] = [group for group in response.context["groups"] if group["name"] == "Job titles"]
    assert (len(titles["rows"]), titles["more"]) == (10, address(OccupationTitle, "changelist") + "?q=engineer")
    assert editor.get(titles["more"]).status_code == 200


def test_only_tables_that_somebody_may_view_are_searched(sign_in, db):
    client = sign_in("staff")
    client.user.user_permissions.add(Permission.objects.get(codename="view_edition"))

    response = search(client, "stem")

    assert set(found(response)) == {str(Edition._meta.verbose_name_plural).capitalize()}


def test_users_are_found_by_superusers_alone(sign_in, editor):
    superuser = sign_in("superuser")

    assert ("Users" in found(search(superuser, "editors")), "Users" in found(search(editor, "editors"))) == (
        True,
        False,
    )


@pytest.mark.parametrize("words", ["", "no such words", "\0", "x" * 200, "%", "'"])
def test_search_without_a_result_is_a_page(editor, db, words):
    response = search(editor, words)

    assert (response.status_code, Listing.__name__ in found(response)) == (200, False)


def test_search_asks_two_queries_and_one_for_each_table_with_results(editor, db):
    with CaptureQueriesContext(connection) as frame:  # who asks, and what they may do
        editor.get("/admin/guide/editors/")

    with CaptureQueriesContext(connection) as asked:
        response = search(editor, "software engineer")

    assert len(asked) - len(frame) == 2 + len(response.context["groups"]) > 3
