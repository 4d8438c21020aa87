from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from draws.models import FeedCheck


def site(request):
    """What base.html asks of every public page."""
    if request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
        return {}
    bare = request.path_info.removeprefix("/fr") or "/"
    bare = bare if bare.startswith("/") else request.path_info
    query = getattr(request, "lasting_query", "")  # of a page that is told apart by it
    paths = {"en": bare + query, "fr": f"/fr{bare}{query}"}
    language = request.LANGUAGE_CODE
    origin = f"{request.scheme}://{request.get_host()}"
    return {
        "previewed": getattr(request, "previewed", None),
        "site": {"name": settings.SITE_NAME, "base_url": origin},
        "canonical_url": origin + paths[language],
        "alternate_urls": [(code, origin + path) for code, path in paths.items()],
        "language_switch": [(code, name, paths[code], code == language) for code, name in settings.LANGUAGES],
        "data_as_of": SimpleLazyObject(newest_check),
        "nav": [(label, url, request.path_info.startswith(url)) for label, url in navigation()],
        "footer_nav": [(label, url, request.path_info == url) for label, url in footer_navigation()],
    }


def newest_check():
    """The last day on which the official feed was seen: the record is complete to then."""
    return FeedCheck.objects.values_list("checked_on", flat=True).first()


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
    ]


def footer_navigation():
    return [
        (_("About"), reverse("about")),
        (_("Data and sources"), reverse("about-data")),
        (_("Corrections"), reverse("corrections")),
        (_("Worked cases"), reverse("worked-cases")),
        (_("Glossary"), reverse("glossary")),
        (_("Timeline"), reverse("timeline")),
        (_("Feeds"), reverse("feeds:list")),
        ("API", reverse("api-docs")),
    ]
