"""The read-only JSON API: open to every origin, no key, the same data as the pages."""

import json

from django.http import Http404
from django.shortcuts import render
from ninja import NinjaAPI, Router

from draws.api import router as draws
from occupations.api import router as occupations
from programs.api import router as programs

from .questions import FaultyQuestion

api = NinjaAPI(
    title="Express Entry Record",
    version="1",
    description="Canada's Express Entry rounds of invitations, occupation lists and programs. Unknown is null.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
elsewhere = Router()


@elsewhere.get("/{path:rest}", include_in_schema=False)
def missing(request, rest: str):
    raise Http404(f"There is nothing at /api/v1/{rest}. See /api/v1/docs.")


for router in (draws, occupations, programs, elsewhere):  # the last one answers what no other does
    api.add_router("", router)


@api.exception_handler(FaultyQuestion)
def name_faults(request, fault):
    return api.create_response(request, {"errors": fault.faults}, status=422)


@api.exception_handler(Http404)
def name_missing(request, missing):
    return api.create_response(request, {"error": str(missing) or "Not found."}, status=404)


def docs(request):
    """Every address of the API with its parameters, from its own OpenAPI description."""
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    operations = [(path, operation) for path, methods in schema["paths"].items() for operation in methods.values()]
    return render(request, "api.html", {"operations": operations})
