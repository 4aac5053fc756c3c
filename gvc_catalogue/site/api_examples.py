"""Example responses for the API page: real responses of the views, with long lists truncated."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import resolve

# Items shown of each list.
SHOWN = 1
# Replaces the id of the request that rendered the page: pages are cached and sent to other clients.
REQUEST_ID = "0123456789abcdef"


def example_address(path: str, parameters: list[dict[str, Any]]) -> str:
    """Return a path with examples for its parameters, and the first example of its query; "" when one is missing.

    An empty catalogue has none.
    """
    examples = {one["name"]: one["example"] for one in parameters if one["in"] == "path" and "example" in one}
    query = [(one["name"], one["example"]) for one in parameters if one["in"] == "query" and "example" in one]
    if any(one["in"] == "path" and one["name"] not in examples for one in parameters):
        return ""
    return path.format(**examples) + (f"?{urlencode(query[:1], doseq=True)}" if query else "")


def shown(address: str, request: HttpRequest) -> str:
    """Return the response of a URL as indented JSON, with long lists truncated; it costs as much as the view."""
    return json.dumps(shortened(answered(address, request)), indent=2, ensure_ascii=False)


def answered(address: str, request: HttpRequest) -> Any:
    """Return the parsed JSON response of the view of a URL, called with this request's headers, at the view's cost."""
    parts = urlsplit(address)
    asking = HttpRequest()
    asking.method, asking.path, asking.path_info = "GET", parts.path, parts.path
    asking.GET, asking.META = QueryDict(parts.query), request.META
    view, args, kwargs = resolve(parts.path)
    found = json.loads(view(asking, *args, **kwargs).content)
    return found | {"request_id": REQUEST_ID} if "request_id" in found else found


def shortened(value: Any) -> Any:
    """Return a JSON value with each list truncated to SHOWN items, followed by a text "… and 3 more"."""
    if isinstance(value, dict):
        return {name: shortened(inside) for name, inside in value.items()}
    if isinstance(value, list):
        more = len(value) - SHOWN
        return [shortened(inside) for inside in value[:SHOWN]] + ([f"… and {more} more"] if more > 0 else [])
    return value
