"""What a proxy or a supervisor asks: whether the process lives, and whether it can serve."""

from django.core.cache import caches
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpResponse, JsonResponse

from draws.models import Draw

NOT_KEPT = {"Cache-Control": "no-store"}


class HealthMiddleware:
    """Answers before anything looks at the host, the scheme or the database."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz/":
            return HttpResponse("ok\n", content_type="text/plain", headers=NOT_KEPT)
        return ready() if request.path_info == "/readyz/" else self.get_response(request)


def ready():
    """Each part in a word. A site without its cache is slower, and serves."""
    parts = parts_of_the_database()
    status = 200 if set(parts.values()) == {"ok"} else 503
    response = JsonResponse(parts | {"cache": cache_state()}, status=status, headers=NOT_KEPT)
    response._has_been_logged = True  # it is asked every few seconds
    return response


def parts_of_the_database():
    parts = {"database": "away", "migrations": "unknown", "record": "unknown"}
    try:
        loader = MigrationLoader(connection)
        parts["database"] = "ok"
        parts["migrations"] = "ok" if loader.applied_migrations.keys() >= loader.disk_migrations.keys() else "missing"
        parts["record"] = "ok" if Draw.objects.exists() else "missing"
    except (DatabaseError, InterfaceError):
        connection.close()
    return parts


def cache_state():
    try:
        caches["default"].set("readyz", "ok", 60)
        return caches["default"].get("readyz", "away")
    except Exception:  # whatever it is, it is the cache's
        return "away"
