"""The description of an API, made from the addresses of the site and what their views say of themselves."""

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
    """What a description takes from the catalogue as it is: which values can be asked for.

    `keys` are those of each list's filters, `places` those of the parts of addresses that are known; `examples` has one
    for each part of an address, and for parameters that are worth one.
    """

    keys: Mapping[type[CatalogueFilter], Keys] = field(default_factory=dict)
    places: Keys = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)


def document(info: Json, patterns: Iterable[Any], catalogued: Catalogued, below: str) -> Json:
    """Return the OpenAPI document of what is described and stands `below` a path, in the order of the patterns."""
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
    """Return the operation of one address; what it answers goes to the schemas."""
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
    """Yield every route below the patterns, whole, with its pattern."""
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route, pattern
