from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.utils import translation

READING = ("GET", "HEAD", "OPTIONS")


class LanguageByPathMiddleware:
    """French below ``/fr/``, English everywhere else: never by cookie or by the browser's wish."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = "fr" if request.path_info == "/fr" or request.path_info.startswith("/fr/") else "en"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class MethodsMiddleware:
    """Answer OPTIONS with what an address takes, and refuse the rest: only the admin is written to."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_admin = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
        allowed = (*READING, "POST") if is_admin else READING
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        return self.get_response(request) if request.method in allowed else HttpResponseNotAllowed(allowed)


class OpenApiMiddleware:
    """Let pages of every origin read the API."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/api/"):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response
