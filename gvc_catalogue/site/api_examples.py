"""Answers of the API to show: real ones, made on the spot, and cut to what a reader takes in."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import resolve

# More of a list than this says nothing new.
SHOWN = 1
# In place of the id of the request that made the page: pages are kept and given to others.
REQUEST_ID = "0123456789abcdef"


def example_address(path: str, parameters: list[dict[str, Any]]) -> str:
    """Return a path with examples in place of what varies, and the first example of its query; "" without an example.

    An empty catalogue has none.
    """
    examples = {one["name"]: one["example"] for one in parameters if one["in"] == "path" and "example" in one}
    query = [(one["name"], one["example"]) for one in parameters if one["in"] == "query" and "example" in one]
    if any(one["in"] == "path" and one["name"] not in examples for one in parameters):
        return ""
    return path.format(**examples) + (f"?{urlencode(query[:1], doseq=True)}" if query else "")


def shown(address: str, request: HttpRequest) -> str:
    """Return the answer at an address, shortened, as text."""
    return json.dumps(shortened(answered(address, request)), indent=2, ensure_ascii=False)


def answered(address: str, request: HttpRequest) -> Any:
    """Return what the view at an address answers to a request like this one; it costs what that view costs."""
    parts = urlsplit(address)
    asking = HttpRequest()
    asking.method, asking.path, asking.path_info = "GET", parts.path, parts.path
    asking.GET, asking.META = QueryDict(parts.query), request.META
    view, args, kwargs = resolve(parts.path)
    found = json.loads(view(asking, *args, **kwargs).content)
    return found | {"request_id": REQUEST_ID} if "request_id" in found else found


def shortened(value: Any) -> Any:
    """Return a JSON value where of each longer list the first remains, and how many more there are is said."""
    if isinstance(value, dict):
        return {name: shortened(inside) for name, inside in value.items()}
    if isinstance(value, list):
        more = len(value) - SHOWN
        return [shortened(inside) for inside in value[:SHOWN]] + ([f"… and {more} more"] if more > 0 else [])
    return value
