"""Every action of every list, for every role: which are offered, and which do anything when they are posted."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from editing.models import ProposedChange
from editing.records import Reviewed
from editing.review import TRANSITIONS
from occupations.models import Edition
from programs.models import Program
from tests.editing.admin.forms import SAID, address
from tests.editing.admin.versions import FOLLOWED

ROLES = ["Editors", "Publishers", "superuser"]
REVIEWED = [model for model in FOLLOWED if issubclass(model, Reviewed)]
OF_USERS = {"delete_selected", "make_password_links", "remove_second_factor"}


def offered(client, model):
    page = client.get(address(model, "changelist"))
    choices = re.search(r'<select name="action".*?</select>', page.content.decode(), re.DOTALL)
    return set(re.findall(r'value="(\w+)"', choices[0])) if choices else set()


def expected(role, model):
    """Deleting, where the role may; and of the steps to the public, to editors those that need no publisher."""
    editor = role == "Editors"
    steps = {name for name, step in TRANSITIONS.items() if not (editor and step.needs_publisher)}
    deletes = model not in (Program, ProposedChange) and (not editor or "delete" in model.editors_may)
    return (steps if issubclass(model, Reviewed) else set()) | ({"delete_selected"} if deletes else set())


def act(client, model, name, row, **given):
    return client.post(address(model, "changelist"), {"action": name, "_selected_action": [row.pk]} | given)


@pytest.mark.parametrize("role", ROLES)
def test_each_list_offers_what_the_role_may_do(sign_in, db, role):
    client = sign_in(role)

    found = {model: offered(client, model) for model in [*FOLLOWED, ProposedChange]}

    assert found == {model: expected(role, model) for model in found}
    assert len(found) >= 18


@pytest.mark.parametrize("role", ["", "staff"])
def test_others_get_at_no_list(sign_in, db, role):
    client = sign_in(role)

    answers = {act(client, model, "delete_selected", model.objects.first()).status_code for model in FOLLOWED}

    assert answers == ({403} if role else {302})
    assert all(model.objects.exists() for model in FOLLOWED)


@pytest.mark.parametrize("model", REVIEWED, ids=[model.__name__ for model in REVIEWED])
def test_step_without_the_role_for_it_moves_nothing(editor, db, model):
    free = model.objects.filter(draws=None) if model is Edition else model.objects.all()  # of public draws
    row, moved = free.order_by("-pk").first(), {}

    for name, step in TRANSITIONS.items():
        model.objects.filter(pk=row.pk).update(status=step.sources[0])
        act(editor, model, name, row)
        moved[name] = model.objects.get(pk=row.pk).status == step.target

    assert moved == {"submit": True, "return": True, "publish": False, "withdraw": False}


@pytest.mark.parametrize("role", ["Publishers", "superuser"])
def test_step_with_the_role_for_it_is_taken(sign_in, make_draw, role):
    draw, client, states = make_draw(status="draft"), sign_in(role), []

    for name in ("submit", "return", "submit", "publish", "withdraw"):
        act(client, type(draw), name, draw, **SAID)
        draw.refresh_from_db()
        states.append(draw.status)

    assert states == ["review", "draft", "review", "published", "draft"]


@pytest.mark.parametrize("model", FOLLOWED, ids=[model.__name__ for model in FOLLOWED])
def test_editor_deletes_nothing_public_by_the_list(editor, db, model):
    row = model.objects.order_by("-pk").first()

    act(editor, model, "delete_selected", row, post="yes")

    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("role", ROLES)
def test_actions_on_users_are_for_superusers(sign_in, db, role):
    client, other = sign_in(role), User.objects.create(username="other")

    answers = {act(client, User, name, other).status_code for name in OF_USERS}

    assert answers == ({200, 302} if role == "superuser" else {403})
    assert (offered(client, User) == OF_USERS) == (role == "superuser")


def test_no_list_has_an_action_that_is_not_asked_for_here(rf, db):
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True)
    own = {name for page in admin.site._registry.values() for name in page.get_actions(request)}

    assert own == {*TRANSITIONS, *OF_USERS, "cleanup_expired_attempts"}  # the last one of axes, for superusers
