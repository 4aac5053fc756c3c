"""Ticked programmes: a selection for a brief, kept in the query string. It does not filter the list."""

import re
from collections.abc import Iterable

from django.http import QueryDict
from django.urls import reverse

from gvc_catalogue.web.querystring import Pairs, address

# The most programmes of a brief.
MOST = 100
SLUG = re.compile(r"[-\w]{1,120}", re.ASCII)


def asked(query: QueryDict) -> list[str]:
    """Return the values of `programme` in a query string, each once, in their order. The values are not validated."""
    return [value for value in dict.fromkeys(query.getlist("programme")) if value.strip()]


def ticked_slugs(query: QueryDict) -> tuple[str, ...]:
    """Return the well-formed ticked slugs, at most MOST. Whether the programmes exist is not checked. No query."""
    return tuple(value for value in asked(query) if SLUG.fullmatch(value))[:MOST]


def ticked_pairs(slugs: Iterable[str]) -> Pairs:
    """Return ticked slugs as the pairs of a query string."""
    return tuple(("programme", slug) for slug in slugs)


def brief_address(slugs: Iterable[str], name: str = "brief") -> str:
    """Return the address of a brief of these programmes; `name` is the name of the URL pattern."""
    return address(reverse(name), ticked_pairs(slugs))


def list_address(slugs: Iterable[str]) -> str:
    """Return the address of the list of all programmes with these slugs ticked."""
    return address(reverse("programmes:list"), ticked_pairs(slugs))
