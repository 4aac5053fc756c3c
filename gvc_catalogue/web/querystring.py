"""Query string manipulation: remove and replace parameters. Every link of a list is built by these functions.

A query string is a tuple of (name, value) pairs, in the order of the address.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest

Pairs = tuple[tuple[str, str], ...]


def with_removed(pairs: Pairs, name: str, value: str | None = None) -> Pairs:
    """Return `pairs` without the parameter `name`, or only without that value of it."""
    return tuple(p for p in pairs if p[0] != name or (value is not None and p[1] != value))


def with_replaced(pairs: Pairs, name: str, values: Iterable[str]) -> Pairs:
    """Return `pairs` with all values of `name` replaced by `values`, at the end."""
    return (*with_removed(pairs, name), *((name, value) for value in values))


def address(path: str, pairs: Pairs) -> str:
    """Return `path` with the encoded query string; the path alone if there are no parameters."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def in_format(path: str, form: str) -> str:
    """Return the address of the same resource in another format: "/programmes.csv" for "/programmes/"."""
    return f"{path.rstrip('/')}.{form}"


def root(request: HttpRequest) -> str:
    """Return the origin of the catalogue, scheme and host as in the request: "https://catalogue.example".

    Raises DisallowedHost for a Host header that is not allowed.
    """
    return f"{request.scheme}://{request.get_host()}"


def absolute(root: str, url: str) -> str:
    """Return the absolute URL of a path of the catalogue; any other address unchanged."""
    return f"{root}{url}" if url.startswith("/") else url
