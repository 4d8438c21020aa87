from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from editing.ledger.lasting import complete_to

from .page_parameters import asked, used

LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def site(request):
    """What base.html asks of every public page."""
    if request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
        return {}
    origin = f"{request.scheme}://{request.get_host()}"
    return {
        "previewed": getattr(request, "previewed", None),
        "site": {"name": settings.SITE_NAME, "base_url": origin},
        **addresses(request, origin),
        "data_as_of": SimpleLazyObject(lambda: complete_to(request)),
        "nav": [(label, url, request.path_info.startswith(url)) for label, url in navigation()],
        "footer_nav": [(label, url, request.path_info == url) for label, url in footer_navigation()],
    }


def addresses(request, origin):
    """The page's own address and the same question in each language.

    The switch also keeps what the page names as bad (``request.refused``), so that the reader finds it again; the
    canonical address is that of the page without it. A page may write its query in a way of its own.
    """
    language, paths = request.LANGUAGE_CODE, language_paths(request.path_info)
    match = request.resolver_match
    given = asked(match.view_name if match else "", request.GET)
    query = getattr(request, "canonical_query", None)
    query = as_query(used(given, getattr(request, "refused", ()))) if query is None else query
    canonical = {code: origin + path + query for code, path in paths.items()}
    links = {code: path + as_query(given) for code, path in paths.items()}
    if getattr(request, "previewed", None):
        links = {"en": "?", "fr": "?language=fr"}  # the row has no public page yet
    return {
        "canonical_url": canonical[language],
        "alternate_urls": [*canonical.items(), ("x-default", canonical["en"])],
        "language_switch": [(code, name, links[code], code == language) for code, name in settings.LANGUAGES],
        "asked": given,
        "locales": sorted(LOCALES.items(), key=lambda one: one[0] != language),
    }


def language_paths(path):
    """The path of a page in each language, safe to stand in a link: two slashes would lead to another site."""
    bare = path.removeprefix("/fr") if path.startswith("/fr/") else path
    bare = escape_leading_slashes(escape_uri_path(bare))
    return {"en": bare, "fr": f"/fr{bare}"}


def as_query(pairs):
    return f"?{urlencode(pairs)}" if pairs else ""


def navigation():
    return [
        (_("Draws"), reverse("draws:list")),
        (_("Categories"), reverse("categories:list")),
        (_("Occupations"), reverse("occupations:list")),
        (_("Shortlist"), reverse("shortlist")),
        (_("Programs"), reverse("programs:list")),
        (_("Pool"), reverse("pool:current")),
        (_("Statistics"), reverse("statistics")),
        (_("Tools"), reverse("tools:list")),
        (_("How it works"), reverse("how-it-works")),
        (_("Search"), reverse("search")),
    ]


def footer_navigation():
    return [
        (_("About"), reverse("about")),
        (_("Data and sources"), reverse("about-data")),
        (_("Changes"), reverse("changes")),
        (_("Check links"), reverse("check")),
        (_("Worked cases"), reverse("worked-cases")),
        (_("Glossary"), reverse("glossary")),
        (_("Timeline"), reverse("timeline")),
        (_("Feeds"), reverse("feeds:list")),
        ("API", reverse("api-docs")),
    ]
