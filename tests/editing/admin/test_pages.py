"""Every admin page of every table, for every role."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from draws.models import Draw, FeedCheck
from editing.records import Live, Reviewed
from occupations.models import Category, CategoryRoundName, Edition, Listing
from programs.models import Program
from tests.editing.admin.forms import address
from tests.editing.admin.versions import FOLLOWED

PAGES = {  # every page of a table without a row, and of a row
    "changelist": 200,
    "add": 200,
    "deleted": 200,
    "change": 200,
    "history": 200,
    "delete": 200,
    "preview": 302,
}
KEPT = {model: {"delete": 302} for model in (Category, Edition)}  # led to the form, which says why not
OF_A_ROW = ["change", "history", "delete", "preview"]
IDS = [model.__name__ for model in FOLLOWED]


def addresses(model):
    """The address of each page, with the newest row where it needs one."""
    row = model.objects.order_by("-pk").first()
    pages = [page for page in PAGES if page != "preview" or issubclass(model, Reviewed)]
    return {page: address(model, page, *([row.pk] if page in OF_A_ROW else [])) for page in pages}


def answers(client, model):
    return {page: client.get(url).status_code for page, url in addresses(model).items()}


def test_every_table_is_registered():
    assert [model for model in FOLLOWED if not admin.site.is_registered(model)] == []
    assert len(FOLLOWED) >= 17


@pytest.mark.parametrize("model", FOLLOWED, ids=IDS)
def test_pages_for_an_editor(editor, model):
    published = issubclass(model, Reviewed) or model in (Listing, Category, CategoryRoundName)
    refused = {page for page, verb in [("add", "add"), ("delete", "delete")] if verb not in model.editors_may}
    refused |= {"delete"} if published else set()

    assert answers(editor, model) == {page: 403 if page in refused else PAGES[page] for page in addresses(model)}


@pytest.mark.parametrize("model", FOLLOWED, ids=IDS)
def test_pages_for_a_publisher(publisher, model):
    refused = {Program: {"delete": 403}, **KEPT, FeedCheck: {"add": 403}}.get(model, {})

    assert answers(publisher, model) == {page: PAGES[page] for page in addresses(model)} | refused


def test_public_page_is_the_same_for_a_visitor_and_an_editor(editor):
    visitor = Client().get("/draws/254/")

    response = editor.get("/draws/254/")

    assert response.content == visitor.content
    assert "Cookie" not in response.get("Vary", "")


def test_editors_hold_what_each_table_says(db):
    without_history = ["import", "occupationtext"]
    permissions = Group.objects.get(name="Editors").permissions.exclude(content_type__model__in=without_history)
    held = set(permissions.values_list("content_type__app_label", "codename"))

    expected = {
        (model._meta.app_label, f"{name}_{model._meta.model_name}") for model in FOLLOWED for name in model.editors_may
    }
    assert held == expected


def test_publishers_may_also_publish(db):
    editors = Group.objects.get(name="Editors").permissions.values("pk")

    more = Group.objects.get(name="Publishers").permissions.exclude(pk__in=editors)
    names = set(more.filter(codename__startswith="publish_").values_list("codename", flat=True))

    assert names == {f"publish_{model._meta.model_name}" for model in FOLLOWED if issubclass(model, Reviewed | Live)}
    assert more.filter(codename="change_occupationtitle").exists()


def test_secrets_of_second_factors_are_not_in_the_admin():
    labels = {model._meta.app_label for model in admin.site._registry}

    assert labels & {"otp_totp", "otp_static"} == set()
    assert reverse("admin:index") == "/admin/"


@pytest.mark.both_databases
@pytest.mark.parametrize("page", ["history", "preview"])
def test_page_that_only_shows_takes_no_post(superuser_without_transaction, page):
    """On PostgreSQL a lock outside a transaction is an error."""
    draw = Draw.objects.get(number="254")

    response = superuser_without_transaction.post(address(Draw, page, draw.pk))

    assert (response.status_code, response.headers.get("Allow")) == (405, "GET, HEAD")
