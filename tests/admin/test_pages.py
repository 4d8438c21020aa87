"""Every admin page of every model, for every role."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from expressentry.apps import CONTENT_APPS

MODELS = [model for label in CONTENT_APPS for model in apps.get_app_config(label).get_models()]
ROLES = ["Editors", "Publishers", "superuser"]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_table_is_registered():
    assert [model for model in MODELS if not admin.site.is_registered(model)] == []
    assert len(MODELS) >= 17


@pytest.mark.parametrize("role", ROLES)
def test_every_model_has_its_pages(sign_in, role):
    client = sign_in(role)

    for model in MODELS:
        pk = model.objects.values_list("pk", flat=True).first()
        pages = [address(model, "changelist"), address(model, "add")]
        pages += [address(model, page, pk) for page in ("change", "history", "delete")]
        assert [(url, client.get(url).status_code) for url in pages] == [(url, 200) for url in pages]


@pytest.mark.parametrize("role", ["", "staff"])
def test_other_people_see_no_model(sign_in, role):
    client = sign_in(role)

    for model in MODELS:
        for url in (address(model, "changelist"), address(model, "add")):
            assert client.get(url).status_code == (403 if role else 302)
