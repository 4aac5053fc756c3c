"""The API's description: for programs, and for those who write them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.site.api_description import description
from gvc_catalogue.site.api_examples import example_address, shown
from gvc_catalogue.web.list_responses import json_answer
from programmes.search.catalogue_snapshot import CatalogueSnapshot

# What an unknown value gets.
WRONG = "/api/v1/programmes?country=XX"


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The API as an OpenAPI 3.1 document."""
    return json_answer(description(CatalogueSnapshot.now()))


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """The same document as a page, with an answer of each address as it is today."""
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
    """Return an operation as its section of the page shows it."""
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
    """Return a parameter with the values that it can have, where they are known."""
    schema = one["schema"].get("items", one["schema"])
    values = [value for known in schema.get("anyOf", [schema]) for value in known.get("enum", []) if value]
    return {"name": one["name"], "description": one["description"], "choices": values}


def referred(document: dict[str, Any], thing: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference inside the document refers to; anything else as it is."""
    if "$ref" not in thing:
        return thing
    found: Any = document
    for name in thing["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)
