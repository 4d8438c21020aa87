import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WELL = {"database": "ok", "migrations": "ok", "record": "ok", "cache": "ok"}


def test_process_that_lives_says_so_without_the_database(settings, django_assert_num_queries):
    settings.SECURE_SSL_REDIRECT = True

    with django_assert_num_queries(0):
        response = Client(headers={"Host": "10.0.0.7:8000"}).get("/healthz/")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_site_that_can_serve_is_ready(client):
    response = client.get("/readyz/", headers={"Host": "10.0.0.7:8000"})

    assert (response.status_code, response.json()) == (200, WELL)
    assert response.headers["Cache-Control"] == "no-store"


def test_site_without_a_migration_is_not_ready(client):
    MigrationRecorder(connection).migration_qs.filter(app="draws").latest("id").delete()

    response = client.get("/readyz/")

    assert (response.status_code, response.json()) == (503, WELL | {"migrations": "missing"})


@pytest.mark.usefixtures("empty")
def test_site_without_the_record_is_not_ready(client):
    response = client.get("/readyz/")

    assert (response.status_code, response.json()) == (503, WELL | {"record": "missing"})


def test_site_without_its_cache_is_ready(client, settings):
    settings.CACHES = settings.CACHES | {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    response = client.get("/readyz/")

    assert (response.status_code, response.json()) == (200, WELL | {"cache": "away"})
