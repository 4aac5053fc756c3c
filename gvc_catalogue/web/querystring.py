"""Query strings by removing and replacing values; every link of a list is made by these functions.

A query string is a tuple of (name, value) pairs, in the order of the address.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest

Pairs = tuple[tuple[str, str], ...]


def with_removed(pairs: Pairs, name: str, value: str | None = None) -> Pairs:
    """Return `pairs` without that value of `name`, or without `name` at all."""
    return tuple(p for p in pairs if p[0] != name or (value is not None and p[1] != value))


def with_replaced(pairs: Pairs, name: str, values: Iterable[str]) -> Pairs:
    """Return `pairs` where `name` has just `values`."""
    return (*with_removed(pairs, name), *((name, value) for value in values))


def address(path: str, pairs: Pairs) -> str:
    """Return `path` with the query string, or alone when nothing is asked."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def in_format(path: str, form: str) -> str:
    """Return the address of the same thing in another format: "/programmes.csv" of "/programmes/"."""
    return f"{path.rstrip('/')}.{form}"


def root(request: HttpRequest) -> str:
    """Return what stands before each path of the catalogue, as the reader reaches it: "https://catalogue.example"."""
    return f"{request.scheme}://{request.get_host()}"


def absolute(root: str, url: str) -> str:
    """Return an address of the catalogue with its root; one of another site as it is."""
    return f"{root}{url}" if url.startswith("/") else url
