"""OpenAPI views: the API description as JSON for programs and as an HTML page for developers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.site.api_description import description
from gvc_catalogue.site.api_examples import example_address, shown
from gvc_catalogue.web.list_responses import json_answer
from programmes.search.catalogue_snapshot import CatalogueSnapshot

# Example of an invalid request: an unknown value of a filter.
WRONG = "/api/v1/programmes?country=XX"


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI 3.1 document of the API."""
    return json_answer(description(CatalogueSnapshot.now()))


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """Return the API documentation as an HTML page, with a current example response of each path."""
    document = description(CatalogueSnapshot.now())
    operations = [operation(document, path, item["get"], request) for path, item in document["paths"].items()]
    root = request.build_absolute_uri("/").rstrip("/")
    context = {
        "section": "api",
        "info": document["info"],
        "operations": operations,
        "root": root,
        "wrong": WRONG,
        "wrong_answer": shown(WRONG, request),
    }
    return render(request, "pages/api.html", context)


def operation(document: dict[str, Any], path: str, described: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Return the template context for the section of an operation; costs as much as its example response."""
    parameters = [referred(document, one) for one in described["parameters"]]
    responses = {status: referred(document, one) for status, one in described["responses"].items()}
    example = example_address(path, parameters)
    return {
        "path": path,
        "id": described["operationId"],
        "description": described["description"],
        "parameters": [parameter(one) for one in parameters if one["in"] != "header"],
        "problems": [(status, one["description"]) for status, one in responses.items() if status != "200"],
        "example": example,
        "answer": example and shown(example, request),
    }


def parameter(one: dict[str, Any]) -> dict[str, Any]:
    """Return name, description and choices of a parameter; choices are the values of its enum, or []."""
    schema = one["schema"].get("items", one["schema"])
    values = [value for known in schema.get("anyOf", [schema]) for value in known.get("enum", []) if value]
    return {"name": one["name"], "description": one["description"], "choices": values}


def referred(document: dict[str, Any], thing: dict[str, Any]) -> dict[str, Any]:
    """Return the target of a `$ref` inside the document; other objects unchanged."""
    if "$ref" not in thing:
        return thing
    found: Any = document
    for name in thing["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)
