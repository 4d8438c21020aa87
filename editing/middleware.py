from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

READING = ("GET", "HEAD", "OPTIONS")
POSTED = ("OPTIONS", "POST")
ASKED_FIRST = {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Content-Type"}
REFUSED = (400, 404, 422)
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")


def language_of(path):
    return "fr" if path == "/fr" or path.startswith("/fr/") else "en"


class LanguageByPathMiddleware:
    """French below ``/fr/``, English everywhere else; the admin goes by a cookie, a refusal by the browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_admin = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
        language = translation.get_language_from_request(request) if is_admin else language_of(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        if request.path_info.startswith("/api/") and response.status_code in REFUSED:
            patch_vary_headers(response, ["Accept-Language"])
            response = self.in_language_asked(request, response)
        response.headers.setdefault("Content-Language", language)
        return response

    def in_language_asked(self, request, refusal):
        """The API's answers are kept in one language; a refusal is not kept, and is said in the reader's own."""
        wanted = translation.get_language_from_request(request)
        if wanted == language_of(request.path_info):
            return refusal
        with translation.override(wanted):
            response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language"])
        response.headers["Content-Language"] = wanted
        return response


class MethodsMiddleware:
    """Answer OPTIONS with what an address takes, and refuse the rest: only the admin is written to.

    A question too long for an address is posted, too; another origin asks first whether it may.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        methods = methods_of(request.path_info)
        allowed = {"Allow": ", ".join(methods)}
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=allowed | (ASKED_FIRST if methods == POSTED else {}))
        if request.method not in methods:
            return self.refused(request, allowed)
        return self.get_response(request)

    def refused(self, request, allowed):
        """No language is set so far: the path has it, or the browser's wish for the API."""
        is_api = request.path_info.startswith("/api/")
        wanted = translation.get_language_from_request(request) if is_api else language_of(request.path_info)
        with translation.override(wanted):
            words = _("This address takes %(methods)s.") % {"methods": allowed["Allow"]}
        return refusal(request, words, 405, allowed | ({"Vary": "Accept-Language"} if is_api else {}))


def methods_of(path):
    if path in settings.POSTED_QUESTIONS:
        return POSTED if path.startswith("/api/") else (*READING, "POST")
    return (*READING, "POST") if path.startswith(f"/{settings.ADMIN_PATH}") else READING


def refusal(request, words, status, headers=None):
    """An answer in one sentence: in JSON, where the address is the API's."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"error": words}, status=status, headers=headers)
    return HttpResponse(words + "\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)


class CookielessMiddleware:
    """Public pages read no cookies: Django would answer a damaged one by setting another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


class TrustedProxiesMiddleware:
    """Put the client's own address in ``REMOTE_ADDR`` where a proxy that the operator trusts forwards it."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.is_trusted = trust(settings.TRUSTED_PROXIES)

    def __call__(self, request):
        if not settings.TRUSTED_PROXIES:
            return self.get_response(request)
        meta = request.META
        if self.is_trusted(meta["REMOTE_ADDR"]):
            meta["REMOTE_ADDR"] = self.client_address(meta["REMOTE_ADDR"], meta.get("HTTP_X_FORWARDED_FOR", ""))
        else:
            for name in FORWARDED:
                meta.pop(name, None)
        return self.get_response(request)

    def client_address(self, proxy, forwarded):
        """The last address that no trusted proxy has; what stands before it, anybody may have written."""
        address = proxy
        for hop in reversed(forwarded.split(",")):
            if not self.is_trusted(address) or not is_address(hop.strip()):
                break
            address = hop.strip()
        return address


def trust(names):
    """A function that says whether an address is one of these proxies: addresses, networks, or "unix"."""
    try:
        networks = [network_of(name) for name in names if name != "unix"]
    except ValueError as fault:
        raise ImproperlyConfigured(f"DJANGO_TRUSTED_PROXIES: {fault}.") from fault

    def is_trusted(address):
        if not is_address(address):
            return not address and "unix" in names
        return any(plain(address) in network for network in networks)

    return is_trusted


def network_of(text):
    """The network; of mapped IPv4 addresses (::ffff:192.0.2.0/120), that of the addresses themselves."""
    network = ip_network(text)
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    return ip_network((mapped, network.prefixlen - 96)) if mapped and network.prefixlen >= 96 else network


def plain(text):
    """The address; of IPv4, as a socket for both kinds writes it (::ffff:192.0.2.1), the address itself."""
    address = ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def is_address(text):
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class CrossOriginMiddleware:
    """Let pages of every origin read the API, and show images and data; the pages themselves stay ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/api/"):
            response.headers["Access-Control-Allow-Origin"] = "*"
        is_ours = request.path_info.startswith(f"/{settings.ADMIN_PATH}") or is_part_of_a_page(response)
        if response.status_code != 304:  # what the reader has says it already
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin" if is_ours else "cross-origin")
        return response


def is_part_of_a_page(response):
    return response.headers.get("Content-Type", "").startswith(("text/html", "text/css", "text/javascript", "font/"))
