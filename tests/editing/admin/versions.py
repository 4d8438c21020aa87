"""What tests of history share."""

from django.apps import apps
from django.urls import reverse

from editing.history import deleted, has_history
from tests.editing.admin.forms import SAID, address

FOLLOWED = [model for model in apps.get_models() if has_history(model)]  # the tables whose history is kept


def revert(client, row, record, **given):
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_revert", args=[row.pk, record.history_id])
    page = client.get(url)
    return client.post(url, {"opened_on": page.context["opened_on"]} | SAID | given, follow=True)


def restore(client, model):
    record = deleted(model).first()
    return client.post(address(model, "restore", record.history_id), follow=True)
