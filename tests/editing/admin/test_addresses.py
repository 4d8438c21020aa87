"""Every address of the admin, asked for and posted to by every role."""

import re

import pytest
from django.contrib import admin
from django.urls import URLResolver, reverse

from editing.models import ProposedChange
from tests.editing.admin.versions import FOLLOWED

OPEN = {"login", "logout", "second_factor", "new_password", "set_language"}  # what leads in and out
OF_EVERYBODY = {"index", "password_change", "password_change_done", "jsi18n", "app_list", "autocomplete", "guide"}
OF_SUPERUSERS = ("auth_", "axes_")

# What editors, publishers and superusers are answered when they ask for a page
ALL, PUBLISHERS, NOBODY, ELSEWHERE = (200, 200, 200), (403, 200, 200), (403, 403, 403), (302, 302, 302)
POSTED = NOBODY  # a page that is only posted to
OF_A_TABLE = dict.fromkeys(
    ["changelist", "add", "change", "history", "deleted", "revert", "export", "import", "copy", "json", "xlsx"], ALL
)
OF_A_TABLE |= {"delete": PUBLISHERS, "preview": ELSEWHERE, "review": ELSEWHERE}
OF_A_TABLE |= dict.fromkeys(["restore", "correct", "decide", "markdown"], POSTED)
READ_BY_EDITORS = [
    "occupations_occupationgroup",
    "occupations_occupationtitle",
    "occupations_formercode",
    "occupations_exclusion",
]
OTHERWISE = {
    **dict.fromkeys([*OF_EVERYBODY, "search", "activity"], ALL),
    "autocomplete": NOBODY,  # without a field to complete
    **dict.fromkeys([f"{table}_{page}" for table in READ_BY_EDITORS for page in ("add", "revert")], PUBLISHERS),
    **dict.fromkeys(["occupations_occupation_add", "occupations_occupation_import"], PUBLISHERS),
    "programs_program_add": PUBLISHERS,
    "occupations_edition_list": PUBLISHERS,  # of a published edition
    **dict.fromkeys(["occupations_category_delete", "occupations_edition_delete"], (403, 302, 302)),  # told why not
    **dict.fromkeys(["draws_feedcheck_add", "draws_feedcheck_revert", "programs_program_delete"], NOBODY),
    **dict.fromkeys(["editing_proposedchange_add", "editing_proposedchange_delete"], NOBODY),
    "editing_proposedchange_preview": ALL,
    "draws_import_delete": ALL,
    **dict.fromkeys([f"{table}_process_import" for table in ("occupations_occupation", "occupations_listing",
                                                             "programs_amount")], (405, 405, 405)),
}  # fmt: skip


def expected(name, place):
    return OTHERWISE.get(name, OF_A_TABLE.get(name.rpartition("_")[2], ()))[place]


def patterns():
    """Every address in the admin by its name; patterns without a name only lead to others."""
    found = {}
    for pattern in admin.site.get_urls():
        parts = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        found |= {part.name: part.pattern for part in parts if part.name and part.name != "view_on_site"}
    return found


def addresses(rows):
    """Each name with its address: a row's where it needs one, and a record that is there."""
    for name, pattern in patterns().items():
        row = rows.get(name.rpartition("_")[0])
        key = row.pk if row else 1
        record = row.history.first().history_id if row and hasattr(row, "history") else 1
        known = {"object_id": key, "pk": key, "id": key, "record_id": record, "app_label": "draws", "name": "editors"}
        known |= {"uidb64": "MQ", "token": "none"}
        wanted = [*pattern.converters, *getattr(pattern, "regex", re.compile("")).groupindex]
        yield name, reverse(f"admin:{name}", kwargs={word: known[word] for word in wanted})


def answers(client, rows, method, tables=""):
    """The status of each address; a row that is not there leads to the first page and shows nothing: 404."""
    found = {}
    for name, url in addresses(rows):
        if name not in OPEN and name.startswith(tables or name):
            response = getattr(client, method)(url)
            found[name] = 404 if response.get("Location") == "/admin/" else response.status_code
    return found


def test_every_name_has_an_address(rows):
    assert len(list(addresses(rows))) == len(patterns()) > 130


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_signing_in(sign_in, rows, method):
    found = answers(sign_in(""), rows, method)

    assert {name: status for name, status in found.items() if status != 302} == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_a_role_get_at_nothing(sign_in, rows, method):
    found = answers(sign_in("staff"), rows, method)

    let_in = {name for name, status in found.items() if status not in (403, 404, 405)}
    assert let_in - OF_EVERYBODY == set()


@pytest.mark.parametrize(
    ("place", "role"), [(0, "Editors"), (1, "Publishers"), pytest.param(2, "superuser", marks=pytest.mark.thorough)]
)
def test_every_page_answers_each_role_as_expected(sign_in, rows, place, role):
    found = answers(sign_in(role), rows, "get")

    content = {name: status for name, status in found.items() if not name.startswith(OF_SUPERUSERS)}
    assert len(content) > 130
    assert {name: status for name, status in content.items() if status != expected(name, place)} == {}


@pytest.mark.parametrize("role", ["Editors", "Publishers"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_roles_get_at_no_user(sign_in, rows, role, method):
    found = answers(sign_in(role), rows, method, OF_SUPERUSERS)

    assert (len(found) > 20, set(found.values()) - {403, 404}) == (True, set())


@pytest.mark.parametrize(
    "role",
    ["Editors", *(pytest.param(role, marks=pytest.mark.thorough) for role in ("Publishers", "superuser"))],
)
def test_posting_nothing_changes_nothing(sign_in, rows, role):
    client = sign_in(role)
    before = {
        model: list(model.objects.order_by("pk").values()) for model in FOLLOWED if model.__name__ != "OccupationTitle"
    }

    found = answers(client, rows, "post")

    assert {name: status for name, status in found.items() if status >= 500} == {}
    assert [model for model, held in before.items() if list(model.objects.order_by("pk").values()) != held] == []
    assert ProposedChange.objects.filter(state="waiting").count() == 1
