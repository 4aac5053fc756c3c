"""The description of the API: valid, whole, and true of every answer."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator

from gvc_catalogue.formats.openapi.document import addresses
from gvc_catalogue.site.api_description import examples
from gvc_catalogue.site.api_examples import example_address
from gvc_catalogue.site.views.api import referred
from gvc_catalogue.web.middleware.admission_control import busy
from gvc_catalogue.web.service_unavailable import service_unavailable
from programmes.models import FormerSlug, Programme
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.filters import ProgrammeFilter
from recommendations.filters import RecommendationFilter

pytestmark = pytest.mark.django_db

Document = dict[str, Any]


@pytest.fixture
def document(client: Client) -> Document:
    found: Document = client.get("/api/v1/openapi.json").json()
    return found


def operations(document: Document) -> Iterator[tuple[str, Document]]:
    """Every operation by its path, its parameters found."""
    for path, item in document["paths"].items():
        yield path, item["get"] | {"parameters": [referred(document, one) for one in item["get"]["parameters"]]}


def test_it_is_valid(document: Document) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_it_is_valid_of_an_empty_catalogue(empty_catalogue: None, client: Client) -> None:
    assert list(OpenAPIV31SpecValidator(client.get("/api/v1/openapi.json").json()).iter_errors()) == []
    assert client.get("/api/").status_code == 200


def test_every_address_of_the_api_is_described(document: Document) -> None:
    routes = [route for route, _ in addresses(get_resolver().url_patterns) if route.startswith("api/v1/")]
    assert len(document["paths"]) == len(routes) - 1, "all but the description itself"
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] for _, operation in operations(document))


def test_everything_that_may_be_asked_is_described(document: Document) -> None:
    by_path = {path: [one["name"] for one in found["parameters"]] for path, found in operations(document)}
    assert by_path["/api/v1/programmes"] == [*ProgrammeFilter.base_filters, "page", "If-None-Match"]
    assert by_path["/api/v1/recommendations"] == [*RecommendationFilter.base_filters, "If-None-Match"]
    for _, operation in operations(document):
        assert all(one["description"] for one in operation["parameters"])


def test_every_answer_is_as_described_and_has_nothing_more(document: Document, client: Client) -> None:
    for path, operation in operations(document):
        response = client.get(example_address(path, operation["parameters"]))
        assert response.status_code == 200
        content = operation["responses"]["200"]["content"]
        assert list(content) == [response["Content-Type"]]
        is_as_described(response.json(), content["application/json"]["schema"], document)


def test_problems_are_as_described(document: Document, client: Client) -> None:
    for path, operation in operations(document):
        for status, address in wrong(path, operation):
            response = client.get(address)
            content = referred(document, operation["responses"][status])["content"]
            assert (str(response.status_code), [response["Content-Type"]]) == (status, list(content))
            is_as_described(response.json(), content["application/problem+json"]["schema"], document)


def test_a_program_that_is_told_to_come_again_is_told_when_as_described(document: Document) -> None:
    for path, operation in operations(document):
        described = referred(document, operation["responses"]["503"])
        assert list(described["headers"]) == ["Retry-After"]
        for answer in (busy(RequestFactory().get(path)), service_unavailable(RequestFactory().get(path))):
            content = described["content"][answer["Content-Type"]]
            is_as_described(json.loads(answer.content), content["schema"], document)
            assert int(answer["Retry-After"]) >= 1


def wrong(path: str, operation: Document) -> Iterator[tuple[str, str]]:
    """What goes wrong at a path: the status, and an address that gets it."""
    example = example_address(path, [one for one in operation["parameters"] if one["in"] == "path"])
    names = [one["name"] for one in operation["parameters"]]
    if {"country", "page"} & {*names}:
        yield "400", f"{example}?{'a=1&' * 2000}"
    if "{" in path:
        yield "404", path.replace("{", "no-").replace("}", "")
    if "page" in names:
        yield "404", f"{example}?page={'9' * 40}"
    if "country" in names:
        yield "422", f"{example}?country=XX"


def test_a_programme_that_was_renamed_moves_as_described(document: Document, client: Client) -> None:
    FormerSlug.objects.create(slug="former", programme=Programme.objects.get(slug="covisint"))
    assert client.get("/api/v1/programmes/former").status_code == 301
    assert "301" in document["paths"]["/api/v1/programmes/{slug}"]["get"]["responses"]


def is_as_described(value: Any, schema: Document, document: Document) -> None:
    """Compare a value with its schema, strictly: no field more, none less."""
    schema = referred(document, schema)
    if "anyOf" in schema:
        either = next(one for one in schema["anyOf"] if (one.get("type") == "null") == (value is None))
        schema = referred(document, either)
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    possible = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert type(value) in [kinds[kind] for kind in possible], (value, schema)
    if isinstance(value, list):
        for one in value:
            is_as_described(one, schema["items"], document)
    elif "properties" in schema:
        assert list(value) == schema["required"] == list(schema["properties"])
        for name in value:
            is_as_described(value[name], schema["properties"][name], document)
    elif isinstance(value, dict):
        for one in value.values():
            is_as_described(one, schema["additionalProperties"], document)


def test_examples_are_of_the_catalogue_as_it_is(client: Client) -> None:
    found = examples(CatalogueSnapshot.now())
    assert set(found) == {"code", "number", "slug", "country", "category"}
    answer = client.get(f"/api/v1/programmes?{urlencode({'country': found['code']})}").json()
    assert found["slug"] == answer["results"][0]["slug"]
    counts = client.get("/api/v1/programmes").json()["facets"]["country"]
    assert max(value["count"] for value in counts) == answer["count"]
