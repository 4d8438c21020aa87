import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from expressentry import roles


@pytest.fixture
def sign_in(db):
    def client_of(role):
        """A client signed in as an "Editors" or "Publishers" member, "superuser", mere "staff", or as nobody ("")."""
        client = Client()
        if role:
            user = User.objects.create(username=role.lower(), is_staff=True, is_superuser=role == "superuser")
            if role in (roles.EDITORS, roles.PUBLISHERS):
                user.groups.add(Group.objects.get(name=role))
            client.force_login(user)
        return client

    return client_of
