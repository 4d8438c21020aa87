import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from draws.importing import runs
from draws.importing.models import Import
from draws.models import Draw
from editing import roles
from editing.proposals import propose
from tests.draws.feed_rows import file_of
from tests.editing.admin.imports import NEWER, OFFICIAL, OLDER
from tests.editing.admin.versions import FOLLOWED


@pytest.fixture(autouse=True)
def _one_factor(settings):
    """A password is enough where a test does not say otherwise."""
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def sign_in(db):
    def client_of(role, name=""):
        """A client signed in as a member of "Editors" or "Publishers", "superuser", mere "staff", or nobody ("")."""
        client = Client()
        if role:
            user = User.objects.create(username=name or role.lower(), is_staff=True, is_superuser=role == "superuser")
            if role in (roles.EDITORS, roles.PUBLISHERS):
                user.groups.add(Group.objects.get(name=role))
            client.force_login(user)
            client.user = user
        return client

    return client_of


@pytest.fixture
def superuser_without_transaction(django_db_setup, django_db_blocker):
    """A signed-in client with no transaction around the test, for pages that keep nothing."""
    with django_db_blocker.unblock():
        client, user = Client(), User.objects.create(username="outside", is_staff=True, is_superuser=True)
        client.force_login(user)
        yield client
        client.logout()
        user.delete()


@pytest.fixture
def editor(sign_in):
    return sign_in("Editors")


@pytest.fixture
def publisher(sign_in):
    return sign_in("Publishers")


@pytest.fixture
def saved_feed(empty):
    """Draws 254 and 255, published."""
    new, _rounds = runs.begin(file_of(*OLDER), OFFICIAL)
    runs.save_rows(new, ["254", "255"], publish=True)


@pytest.fixture
def feed_preview(saved_feed):
    """An import of two new draws and a changed one, waiting."""
    return runs.begin(file_of(*NEWER), OFFICIAL)[0]


@pytest.fixture
def draft(make_draw):
    """A draw that nobody has submitted yet."""
    return make_draw("5", status="draft")


@pytest.fixture
def rows(db):
    """A row with a record in its history, and one deleted, of every table; by the name of the table."""
    found = {}
    for model in FOLLOWED:
        row = model.objects.order_by("pk").first()
        row.save()
        found[f"{model._meta.app_label}_{model._meta.model_name}"] = row
    draw = Draw.objects.get(number="254")
    found["editing_proposedchange"] = propose(draw, {"cutoff": 1}, None, "")
    found["draws_import"] = Import.objects.create(source="X", evidence="official", outcome="saved")
    found["auth_user"] = User.objects.create(username="other")
    found["auth_group"] = Group.objects.get(name="Editors")
    return found
