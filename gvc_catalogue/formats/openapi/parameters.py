"""OpenAPI parameters, generated from filter classes and from the path converters of URL patterns."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import django_filters
from django.core.validators import MaxLengthValidator
from django.urls import URLPattern

from gvc_catalogue.web.filters import CatalogueFilter, KeysFilter

Keys = Mapping[str, Collection[str]]

PAGE = {
    "name": "page",
    "in": "query",
    "description": "Which page of the list, from 1; one past the last is not found.",
    "schema": {"anyOf": [{"type": "integer", "minimum": 1}, {"const": ""}], "default": 1},
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the answer that you have; if it is still true, you are told so by 304 and no body.",
    "schema": {"type": "string"},
}


def query_parameters(asked: type[CatalogueFilter], keys: Keys, examples: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a query parameter for each filter, in their order; `keys` are the possible values of each facet."""
    return [
        {
            "name": name,
            "in": "query",
            "description": words(one),
            "schema": schema(one, keys.get(name, ())),
            **({"example": [examples[name]]} if name in examples else {}),
        }
        for name, one in asked.base_filters.items()
    ]


def words(one: django_filters.Filter) -> str:
    """Return the description of a filter: its help text, or a sentence on the keys of a facet."""
    if isinstance(one, KeysFilter):
        return f"Key of a {one.extra['noun']}. It may stand several times, and means any of them."
    return str(one.extra["help_text"])


def schema(one: django_filters.Filter, keys: Collection[str]) -> dict[str, Any]:
    """Return the JSON Schema of a filter's values; an empty value is always valid and does not filter."""
    if isinstance(one, KeysFilter):
        return {"type": "array", "items": {"type": "string", "anyOf": [{"enum": list(keys)}, {"pattern": r"^\s*$"}]}}
    if isinstance(one, django_filters.ChoiceFilter):
        return {"type": "string", "enum": [*(value for value, _ in one.extra["choices"]), ""]}
    longest = [v.limit_value for v in one.extra["validators"] if isinstance(v, MaxLengthValidator)]
    return {"type": "string", "maxLength": longest[0], "pattern": "^[^\0]*$"}


def path_parameters(
    pattern: URLPattern, words: Mapping[str, str], keys: Keys, examples: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return a parameter for each path converter of a URL pattern; one with known keys has them as its enum."""
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": words[name],
            "schema": {"type": "string", **({"enum": list(keys[name])} if name in keys else {"pattern": f"^{regex}$"})},
            **({"example": examples[name]} if name in examples else {}),
        }
        for name, regex in ((name, converter.regex) for name, converter in pattern.pattern.converters.items())
    ]


def template(route: str) -> str:
    """Return a Django route as an OpenAPI path template: `programmes/<slug:slug>` becomes `/programmes/{slug}`."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
