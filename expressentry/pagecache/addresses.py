"""Which pages are kept: under the parameters that they read, and never a reader's own."""

import re
from functools import cache, lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from editing.middleware import language_of
from expressentry.api import API, api
from expressentry.page_parameters import FEED_PARAMETERS, FILE_PARAMETERS, PARAMETERS

WITHOUT_DATABASE = (f"/{settings.STATIC_URL.lstrip('/')}", "/healthz/")
# Suggestions come with every letter typed.
NEVER_ASKED = (f"/{settings.ADMIN_PATH}", f"{API}occupations/suggest", *WITHOUT_DATABASE)
OWN_NAMESPACE = "tools"
OWN_VIEWS = {
    "search",
    "shortlist",
    "check",
    "api:shortlist",
    "api:invited",
    "api:crs_score",
    "api:fsw_points",
    "api:language_levels",
}
READ = PARAMETERS | FEED_PARAMETERS | FILE_PARAMETERS
OWN_PARAMETER = "crs"  # a reader's own score
LONGEST = 500  # characters of an address whose page is kept, so that keys take little room


def asks_database(path):
    return not path.startswith(WITHOUT_DATABASE)


def is_public(method, path):
    """Pages that are the same for everyone who asks the same."""
    return method in ("GET", "HEAD") and not path.startswith(NEVER_ASKED)


def kept_as(path, query):
    """The address with what its page reads of the query, in one order; None if its page is not to be kept."""
    address = in_one_order(path, query) if len(path) + len(query) < LONGEST else None
    return address if address and len(address) <= LONGEST else None


@lru_cache(maxsize=2000)
def in_one_order(path, query):
    try:
        path = path.encode("latin-1").decode()
        with translation.override(language_of(path)):
            match = resolve(path)
    except (UnicodeError, Resolver404):
        return None
    asked, known = QueryDict(query.encode("latin-1")), parameters(match)  # bytes, as Django reads them
    if match.namespace == OWN_NAMESPACE or match.view_name in OWN_VIEWS or not asked.keys() <= known.keys():
        return None
    pairs = [(name, value) for name in known for value in asked.getlist(name)]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def parameters(match):
    """The names that a page knows, in order, each once."""
    route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{match.route}")
    of_api = api_parameters().get(route, ()) if match.namespace == "api" else ()
    return dict.fromkeys(name for name in (*READ.get(match.view_name, ()), *of_api) if name != OWN_PARAMETER)


@cache
def api_parameters():
    """The names that each address of the API reads, as it tells OpenAPI."""
    described = api.get_openapi_schema(path_prefix=API)["paths"]
    return {
        path: [one["name"] for operation in methods.values() for one in operation.get("parameters", [])]
        for path, methods in described.items()
    }
