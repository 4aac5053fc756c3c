"""OpenAPI responses: 200, redirects, 304 (conditional requests) and problem details (RFC 9457)."""

from collections.abc import Callable
from typing import Any

from gvc_catalogue.web.problem_details import Problem, UnknownValues

from .decorator import Description
from .schemas import Schema, Schemas

HEADERS = {
    "ETag": {
        "description": "Names the answer as it is at this revision of the catalogue; absent while it is being renewed.",
        "schema": {"type": "string"},
    },
    "Catalogue-Revision": {
        "description": "The revision that is shown, only while nobody knows whether it is the last.",
        "schema": {"type": "string"},
    },
    "Retry-After": {"description": "Seconds after which to ask again.", "schema": {"type": "integer", "minimum": 1}},
}


def headers(*names: str) -> dict[str, dict[str, str]]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problem(words: str, kind: Any, *named: str) -> Callable[[Schemas], dict[str, Any]]:
    """Return a function that builds the response of a problem details type (RFC 9457) with the named headers."""

    def response(schemas: Schemas) -> dict[str, Any]:
        found = {"description": words, "content": {"application/problem+json": {"schema": schemas.of(kind)}}}
        return found | ({"headers": headers(*named)} if named else {})

    return response


RESPONSES: dict[str, Callable[[Schemas], dict[str, Any]]] = {
    "Unchanged": lambda schemas: {"description": "The answer that you have is still true.", "headers": headers("ETag")},
    "Moved": lambda schemas: {
        "description": "What had this name has another one now.",
        "headers": {"Location": {"description": "Its address.", "schema": {"type": "string"}}},
    },
    "NotUnderstood": problem("What was sent is not a request that the catalogue can read.", Problem),
    "NotFound": problem("There is no such record, or no such page of the list.", Problem),
    "UnknownValue": problem(
        "The query string asks for what does not exist; `errors` says it by parameter.", UnknownValues
    ),
    "Unavailable": problem("More is asked than can be answered, or the database is away.", Problem, "Retry-After"),
}


def responses(description: Description, answer: Schema, varies: bool) -> dict[str, Any]:
    """Return the responses of an operation by status code; `varies` where its path has parameters, which adds a 404."""
    possible = {
        "301": ("Moved", description.moves),
        "304": ("Unchanged", True),
        "400": ("NotUnderstood", True),
        "404": ("NotFound", varies or description.paged),
        "422": ("UnknownValue", description.asked is not None),
        "503": ("Unavailable", True),
    }
    content = {"application/json": {"schema": answer}}
    found = {"description": description.summary, "headers": headers("ETag", "Catalogue-Revision"), "content": content}
    others = {status: {"$ref": f"#/components/responses/{name}"} for status, (name, given) in possible.items() if given}
    return {"200": found, **others}
