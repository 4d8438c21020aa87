"""The public page as it would be with an unpublished row, for signed-in staff below the admin's address."""

import copy
import secrets
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import QueryDict
from django.urls import resolve
from django.utils import translation

from .models import DataVersion
from .records import Reviewed, Status


def preview(request, row, url):
    """Publish the row and what it hangs on, render the page, and take all of it back."""
    with never_seen():
        for one in reversed([*with_dependencies(row)]):  # an edition before its draws
            if not isinstance(one, Reviewed):
                continue
            if not one.is_public():
                one.make_room()
            type(one)._base_manager.filter(pk=one.pk).update(status=Status.PUBLISHED, publish_at=None)
        response = public_page(request, row, url)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@contextmanager
def never_seen():
    """Whatever is changed within is taken back, and nobody else ever sees it."""
    with transaction.atomic():
        # What pages keep in caches is kept under a version that no public page will ever have.
        DataVersion.objects.update_or_create(pk=1, defaults={"number": 10**17 + secrets.randbelow(10**17)})
        yield
        transaction.set_rollback(True)


def with_dependencies(row):
    """The row and the reviewed rows that it points to: a draw with its edition and its pool."""
    yield row
    for field in row._meta.concrete_fields:
        if field.is_relation and issubclass(field.related_model, Reviewed):
            related = getattr(row, field.name)
            if related is not None:
                yield from with_dependencies(related)


def public_page(request, row, url):
    path, query = urlsplit(url)[2:4]
    asked = copy.copy(request)
    asked.META = {**request.META, "PATH_INFO": path, "QUERY_STRING": query}
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET, asked.POST, asked.COOKIES, asked.user = QueryDict(query), QueryDict(), {}, AnonymousUser()
    asked.LANGUAGE_CODE = "fr" if path.startswith("/fr/") else "en"
    asked.previewed = row
    with translation.override(asked.LANGUAGE_CODE):
        match = asked.resolver_match = resolve(path)
        response = match.func(asked, *match.args, **match.kwargs)
        return response.render() if hasattr(response, "render") else response
