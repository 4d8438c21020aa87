import pytest
from django.core.cache import caches

from expressentry.warming import DRAWN, warm

pytestmark = pytest.mark.django_db


def test_first_worker_has_the_pages_with_charts_ready(client, settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS = ["testserver"]

    warm(is_first=True)

    for address in DRAWN:
        with django_assert_num_queries(1):  # the data version: everything else is kept
            assert client.get(address).status_code == 200


def test_other_workers_draw_nothing(client, settings, monkeypatch, tmp_path):
    settings.ALLOWED_HOSTS = ["testserver"]
    monkeypatch.setattr(caches["charts"], "_dir", str(tmp_path))

    warm(is_first=False)

    drawn_by_the_worker = list(tmp_path.iterdir())
    client.get("/")
    assert (drawn_by_the_worker, list(tmp_path.iterdir()) != []) == ([], True)
