import pytest

from expressentry.warming import warm

PAGES = ["/", "/pool/", "/statistics/"]


@pytest.mark.django_db
def test_first_worker_draws_every_chart(client, settings, tmp_path):
    charts = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    settings.CACHES = settings.CACHES | {"charts": charts}
    warm(is_first=True)
    drawn = set(tmp_path.iterdir())

    statuses = {client.get(f"{language}{page}").status_code for language in ("", "/fr") for page in PAGES}

    assert statuses == {200}
    assert set(tmp_path.iterdir()) == drawn != set()


@pytest.mark.django_db
def test_other_workers_draw_nothing(client, settings, tmp_path):
    charts = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    settings.CACHES = settings.CACHES | {"charts": charts}

    warm(is_first=False)

    drawn_by_the_worker = list(tmp_path.iterdir())
    client.get("/")
    assert (drawn_by_the_worker, list(tmp_path.iterdir()) != []) == ([], True)
