"""OpenAPI document of the whole API, generated from the code and from the current catalogue."""

from typing import Any

from django.urls import get_resolver

from gvc_catalogue.formats.openapi import Catalogued, document
from gvc_catalogue.web.middleware.cors import API
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.filters import ProgrammeFilter
from programmes.search.list_query import ListQuery
from programmes.search.search import count_facets, find, totals
from recommendations.filters import RecommendationFilter, possible_keys

INFO = {
    "title": "GVC Policy Catalogue",
    "version": "1",
    "summary": "The OECD’s Tokyo Action Statement of 2007: its recommendations, and the programmes that follow them.",
    "description": (
        "Everything can be read by GET, from any site, without a key. Addresses inside answers are relative to this "
        "site. Each answer has an ETag, which changes with the catalogue: send it back as If-None-Match. What cannot "
        "be answered gets a problem document (RFC 9457). Parameters that do not exist are ignored."
    ),
}


def description(edition: CatalogueSnapshot) -> dict[str, Any]:
    """Return the OpenAPI document of the API; two queries while the search index is available."""
    return document(INFO, get_resolver().url_patterns, catalogued(edition), API.removeprefix("/"))


def catalogued(edition: CatalogueSnapshot) -> Catalogued:
    """Return the filter keys in a snapshot, with labels, and an example of each path parameter; two queries."""
    labels, known = edition.vocabulary.labels, edition.vocabulary.known
    return Catalogued(
        keys={ProgrammeFilter: known, RecommendationFilter: possible_keys(count_facets())},
        places={"number": labels["recommendation"], "code": labels["country"]},
        examples=examples(edition),
    )


def examples(edition: CatalogueSnapshot) -> dict[str, str]:
    """Return example values by parameter: the keys with the most programmes, and the slug of one; {} when empty."""
    numbers = totals(edition)
    most = {name: max(numbers[name], key=lambda key: (numbers[name][key], key), default="") for name in numbers}
    country = tuple(filter(None, [most["country"]]))
    slugs = [programme["slug"] for programme in find(ListQuery(country=country), edition=edition).programmes[:1]]
    found = {"code": most["country"], "number": most["recommendation"], "slug": "".join(slugs)}
    found |= {"country": most["country"], "category": most["category"]}
    return {name: key for name, key in found.items() if key}
