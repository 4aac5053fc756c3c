"""OpenAPI document, generated from the URL patterns of the site and the descriptions of their views."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver

from gvc_catalogue.web.filters import CatalogueFilter

from .decorator import DESCRIBED, Description
from .parameters import IF_NONE_MATCH, PAGE, Keys, path_parameters, query_parameters, template
from .responses import HEADERS, RESPONSES, responses
from .schemas import Schemas

Json = dict[str, Any]
REFERRED = {"Page": PAGE, "IfNoneMatch": IF_NONE_MATCH}


@dataclass(frozen=True)
class Catalogued:
    """Values from the current catalogue that an OpenAPI document lists for its parameters.

    `keys` are the possible values of each filter class by facet, `places` the possible values of path parameters where
    they are known. `examples` has an example for each path parameter, and for some query parameters.
    """

    keys: Mapping[type[CatalogueFilter], Keys] = field(default_factory=dict)
    places: Keys = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)


def document(info: Json, patterns: Iterable[Any], catalogued: Catalogued, below: str) -> Json:
    """Return the OpenAPI document of the described views with routes below `below`, in the order of `patterns`."""
    schemas = Schemas()
    paths = {
        template(route): {"get": operation(pattern, description, catalogued, schemas)}
        for route, pattern in addresses(patterns)
        if route.startswith(below) and (description := DESCRIBED.get(pattern.callback))
    }
    shared = {name: response(schemas) for name, response in RESPONSES.items()}
    components = {
        "schemas": dict(sorted(schemas.components.items())),
        "parameters": REFERRED,
        "headers": HEADERS,
        "responses": shared,
    }
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": "/"}], "paths": paths, "components": components}


def operation(pattern: URLPattern, description: Description, catalogued: Catalogued, schemas: Schemas) -> Json:
    """Return the OpenAPI operation of one URL pattern, and add the types of its response to `schemas`."""
    parameters = path_parameters(pattern, description.places, catalogued.places, catalogued.examples)
    varies = bool(parameters)
    if description.asked:
        keys = catalogued.keys.get(description.asked, {})
        parameters += query_parameters(description.asked, keys, catalogued.examples)
    if description.paged:
        parameters.append({"$ref": "#/components/parameters/Page"})
    parameters.append({"$ref": "#/components/parameters/IfNoneMatch"})
    return {
        "operationId": description.name,
        "summary": description.summary,
        "description": " ".join(description.words.split()),
        "parameters": parameters,
        "responses": responses(description, schemas.of(description.answer), varies),
    }


def addresses(patterns: Iterable[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield the full route and the URL pattern of each view, with included patterns resolved recursively."""
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route, pattern
