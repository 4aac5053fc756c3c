"""Programmes that a reader ticked: they live in the address, narrow no list, and go along with every link of one."""

import re
from collections.abc import Iterable

from django.http import QueryDict
from django.urls import reverse

from gvc_catalogue.web.querystring import Pairs, address

# So many programmes fit a brief.
MOST = 100
SLUG = re.compile(r"[-\w]{1,120}", re.ASCII)


def asked(query: QueryDict) -> list[str]:
    """Return what a query string names as ticked, each once, in its order; anything can have been typed."""
    return [value for value in dict.fromkeys(query.getlist("programme")) if value.strip()]


def ticked_slugs(query: QueryDict) -> tuple[str, ...]:
    """Return the slugs that are ticked, as many as fit a brief; whether there are such programmes is not asked."""
    return tuple(value for value in asked(query) if SLUG.fullmatch(value))[:MOST]


def ticked_pairs(slugs: Iterable[str]) -> Pairs:
    """Return ticks as the pairs of a query string."""
    return tuple(("programme", slug) for slug in slugs)


def brief_address(slugs: Iterable[str], name: str = "brief") -> str:
    """Return the address of a brief of these programmes."""
    return address(reverse(name), ticked_pairs(slugs))


def list_address(slugs: Iterable[str]) -> str:
    """Return the list of all programmes with these ticked."""
    return address(reverse("programmes:list"), ticked_pairs(slugs))
