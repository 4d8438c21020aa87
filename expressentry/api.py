"""The read-only JSON API: open to every origin, no key, the same data as the pages."""

import json
from functools import lru_cache

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic.json_schema import models_json_schema

from draws.api import router as draws
from draws.invited.api import router as invited
from draws.streams.api import router as streams
from editing.api_forms import InvalidParameters, taken_now, taking
from editing.pages.breadcrumbs import breadcrumbs
from occupations.api import router as occupations
from programs.api import router as programs

from .api_page.descriptions import described
from .changes.api import router as changes
from .checking.api import router as checking

API = "/api/v1/"


class Fault(Schema):
    field: str
    fault: str


class Faults(Schema):
    """The bad values of a question, by the name of their parameter."""

    errors: list[Fault]


class Refusal(Schema):
    error: str


class RecordAPI(NinjaAPI):
    """Describes with each address how it refuses a question, too."""

    def get_openapi_schema(self, **options):
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"] |= json_schemas()
        for methods in schema["paths"].values():
            methods.pop("head", None)  # the same as GET without a body, which needs no words
            for operation in methods.values():
                operation["responses"] |= refusals(operation)
        return schema


def json_schemas():
    ref = "#/components/schemas/{model}"
    _names, schema = models_json_schema([(model, "serialization") for model in (Faults, Refusal)], ref_template=ref)
    return schema["$defs"]


def refusals(operation):
    """The answers of an address that takes this, other than what it is there for."""
    places = {parameter["in"] for parameter in operation["parameters"]}
    posts = "requestBody" in operation
    found = {
        405: refused("Another method than POST" if posts else "Another method than GET, HEAD or OPTIONS", Refusal)
    }
    if "path" in places or any(parameter["name"] == "known" for parameter in operation["parameters"]):
        found[404] = refused("Nothing of that name is here", Refusal)
    if posts:
        found[400] = refused("A body that is not JSON", Refusal)
    if posts or "query" in places:
        found[422] = refused("Values that are no good", Faults)
    return found | {503: {"description": "The record cannot be read for the moment"}}


def refused(description, model):
    content = {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}
    return {"description": description, "content": {"application/json": content}}


api = RecordAPI(
    title="Express Entry Record",
    version="1",
    description="Canada's Express Entry rounds of invitations, occupation lists and programs. Unknown is null.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for router in (draws, invited, streams, occupations, programs, changes, checking):
    api.add_router("", router)


@api.exception_handler(InvalidParameters)
def name_faults(request, fault):
    return api.create_response(request, {"errors": fault.faults}, status=422)


@api.exception_handler(Http404)
def name_missing(request, missing):
    return api.create_response(request, {"error": str(missing) or _("Not found.")}, status=404)


@api.exception_handler(HttpError)
def name_refusal(request, refusal):
    return api.create_response(request, {"error": _("The body is not JSON.")}, status=refusal.status_code)


@api.exception_handler(ValidationError)
def name_wrong_body(request, fault):
    words = _('Send {"links": ["…"]}: 1 to 200 texts of 1 to 4000 characters each.')
    return api.create_response(request, {"errors": [{"field": "links", "fault": words}]}, status=422)


CLB_9 = "&".join(f"first_{ability}=9" for ability in ("speaking", "listening", "reading", "writing"))
EXAMPLES = {
    "streams": "streams",
    "streams/{slug}": "streams/cec",
    "draws": "draws?category=stem&from=2023-06-01",
    "draws/{number}": "draws/254",
    "invited": "invited?crs=486&submitted=2023-01-01&program=cec&noc=21231",
    "pool": "pool",
    "pool/{day}": "pool/2023-07-04?crs=486",
    "occupations": "occupations?q=welder&on=2024-01-15",
    "occupations/suggest": "occupations/suggest?q=weld",
    "occupations/{code}": "occupations/21231?on=2024-01-15",
    "shortlist": "shortlist?noc=21231&noc=63200&on=2024-01-15",
    "categories": "categories?on=2024-01-15",
    "categories/{slug}": "categories/stem",
    "categories/{slug}/{version}": "categories/stem/2023",
    "categories/{slug}/compare/{old}/{new}": "categories/stem/compare/2023/2025",
    "changes": "changes?kind=correction",
    "crs": f"crs?age=30&education=masters&first_language=english&first_test=clb&{CLB_9}",
    "fsw": f"fsw?age=30&education=masters_or_professional&first_test=clb&{CLB_9}&experience_years=6",
    "language": "language?test=ielts_general&speaking=7&listening=8&reading=7&writing=7",
    "programs": "programs",
    "programs/{slug}": "programs/federal-skilled-worker",
}
POSTED = {"check": {"links": ["/categories/stem/2023/", "Anna: 21231 2024-01-15"]}}


def docs(request):
    """Every address of the API: an example, its parameters and its answer, from its own OpenAPI description."""
    schema = schema_of(json.dumps(taken_now()), get_language())
    answers, origin = schema["components"]["schemas"], f"{request.scheme}://{request.get_host()}"
    operations = [
        {"path": path, "example": example(path), "answer": answer(operation, answers), **operation}
        | described(path.removeprefix(API), operation, example(path), origin, POSTED.get(path.removeprefix(API)))
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]
    errors = {
        "missing": _("No draw %(number)s is published here.") % {"number": 9999},
        "fault": forms.IntegerField.default_error_messages["invalid"],
    }
    return render(request, "api.html", {"operations": operations, "crumbs": breadcrumbs("API"), **errors})


@lru_cache(maxsize=4)  # most of the time that the page takes
def schema_of(taken, _language):
    """The description of the API with its texts in the language in force, and what its parameters take."""
    with taking(json.loads(taken)):
        return json.loads(json.dumps(api.get_openapi_schema(path_prefix=API), default=str))


def example(path):
    """A link that asks the address; none where the question is posted."""
    name = path.removeprefix(API)
    return API + EXAMPLES[name] if name in EXAMPLES else ""


def answer(operation, schemas):
    """The fields of an answer and of what lies in it, as paths: items[].number."""
    return list(paths(operation["responses"]["200"]["content"]["application/json"]["schema"], schemas))


def paths(schema, schemas, name=""):
    if "$ref" in schema:
        fields = schemas[schema["$ref"].rpartition("/")[2]].get("properties", {})
        for field, below in fields.items():
            yield from paths(below, schemas, f"{name}.{field}" if name else field)
    elif "items" in schema:
        yield from paths(schema["items"], schemas, f"{name}[]")
    elif refs := [one for one in schema.get("anyOf", []) if "$ref" in one or "items" in one]:
        yield from paths(refs[0], schemas, name)
    else:
        yield name
