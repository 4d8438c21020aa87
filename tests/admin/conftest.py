import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from expressentry import roles


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
def editor(sign_in):
    return sign_in("Editors")


@pytest.fixture
def publisher(sign_in):
    return sign_in("Publishers")
