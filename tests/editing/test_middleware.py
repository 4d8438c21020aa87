"""Whose address a request comes from, and which origins may take what the site sends."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from editing.middleware import TrustedProxiesMiddleware


def seen(remote, **headers):
    """The address and the scheme header that the site sees."""
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)
    TrustedProxiesMiddleware(lambda request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"], request.META.get("HTTP_X_FORWARDED_PROTO")


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "1.2.3.4, 203.0.113.9, 10.0.0.6", "203.0.113.9"),  # only what a trusted proxy adds counts
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "nonsense", "10.0.0.5"),
        ("10.0.0.5", "2001:db8::7", "2001:db8::7"),
        ("", "203.0.113.9", "203.0.113.9"),
        ("::ffff:10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
    ],
)
def test_address_of_the_client_behind_proxies(settings, remote, forwarded, client):
    settings.TRUSTED_PROXIES = ["10.0.0.0/24", "unix"]

    assert seen(remote, X_Forwarded_For=forwarded)[0] == client


@pytest.mark.parametrize("named", ["::ffff:10.0.0.5", "::ffff:10.0.0.0/120", "10.0.0.0/24", "::/0"])
@pytest.mark.parametrize("remote", ["::ffff:10.0.0.5", "2001:db8::1"])
def test_network_is_the_same_however_it_is_written(settings, named, remote):
    settings.TRUSTED_PROXIES = [named]

    is_trusted = (named == "::/0") == (remote == "2001:db8::1")
    assert seen(remote, X_Forwarded_For="203.0.113.9")[0] == ("203.0.113.9" if is_trusted else remote)


def test_socket_is_not_trusted_unasked(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]

    assert seen("", X_Forwarded_For="203.0.113.9")[0] == ""


def test_stranger_cannot_claim_https(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.5"]

    claims = [seen(remote, X_Forwarded_Proto="https")[1] for remote in ("10.0.0.5", "192.0.2.1")]

    assert claims == ["https", None]


def test_without_proxies_nothing_is_believed(settings):
    settings.TRUSTED_PROXIES = []

    assert seen("10.0.0.5", X_Forwarded_For="203.0.113.9")[0] == "10.0.0.5"


def test_misspelt_proxy_stops_the_start(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/33"]

    with pytest.raises(ImproperlyConfigured, match="DJANGO_TRUSTED_PROXIES"):
        TrustedProxiesMiddleware(None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/draws/254/", "same-origin"),
        ("/admin/login/", "same-origin"),
        ("/api/v1/draws/254", "cross-origin"),
        ("/feeds/draws.atom", "cross-origin"),
        ("/draws/?_export=csv", "cross-origin"),
        ("/embed/categories/stem/", "cross-origin"),
    ],
)
def test_pages_stay_with_this_origin_and_data_goes_anywhere(client, path, policy):
    response = client.get(path)

    assert (response.status_code, response.headers["Cross-Origin-Resource-Policy"]) == (200, policy)
