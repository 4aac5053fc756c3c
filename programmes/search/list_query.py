"""List query: the validated query string as one immutable object, used by search, links and headings."""

from dataclasses import fields, make_dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

from gvc_catalogue.search_index.query.parser import label_of
from gvc_catalogue.search_index.query.tokeniser import Token, tokenise
from gvc_catalogue.search_index.query.understanding import UnderstoodQuery
from gvc_catalogue.web.querystring import Pairs

from .facet_definitions import FACETS

SORTS = {"relevance": "Relevance", "name": "Name", "country": "Country", "recommendation": "Recommendation"}
# The parameters of the list in their order, with their types and defaults.
PARAMETERS: list[tuple[str, Any, Any]] = [
    ("q", str, ""),
    *((name, tuple[str, ...], ()) for name in FACETS),
    ("excluded", tuple[tuple[str, str], ...], ()),
    ("every", tuple[str, ...], ()),
    ("sort", str, ""),
]
Parameters: Any = make_dataclass("Parameters", PARAMETERS, frozen=True)

# mypy does not support a TypedDict with computed keys.
if TYPE_CHECKING:
    ListQueryRecord = dict[str, Any]
else:
    ListQueryRecord = TypedDict(
        "Query",
        {
            **{name: kind for name, kind, _ in PARAMETERS},
            "excluded": dict[str, list[str]],
            "dropped": list[str],
            "corrected": dict[str, str],
            "expanded": dict[str, list[str]],
            "absent": list[str],
        },
    )
    ListQueryRecord.__doc__ = """The validated query.

    `dropped` are words that are not searched for, `corrected` words read as others, `expanded` words with the keys of
    the terms of the vocabulary that they are a label of, `absent` words that are known, and chosen values, by their
    label, that no programme has.
    """


def minus(value: str) -> str:
    """Return the form of an excluded value in the query string: "-JP"."""
    return f"-{value}"


class ListQuery(Parameters):
    """Validated query string of the list: existing facet keys, each once, in the order of the request.

    It has a field for each of PARAMETERS. `excluded` are pairs of a facet and a key, in the order of the facets.
    `every` names the facets of which a programme has all chosen values, not any.
    """

    q: str
    excluded: tuple[tuple[str, str], ...]
    every: tuple[str, ...]
    sort: str

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of `q`; empty if `q` contains no word."""
        return tokenise(self.q)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by facet name."""
        return {name: getattr(self, name) for name in FACETS}

    def excluded_from(self, name: str) -> tuple[str, ...]:
        """Return the excluded values of a facet."""
        return tuple(value for facet, value in self.excluded if facet == name)

    @property
    def excluded_by_facet(self) -> dict[str, tuple[str, ...]]:
        """The excluded values by facet name, of the facets that have any."""
        return {name: values for name in FACETS if (values := self.excluded_from(name))}

    @property
    def order(self) -> str:
        """The sort order that applies: `sort`, or the default order if `sort` is "" or is "relevance" without `q`."""
        return self.sort if self.sort and (self.q or self.sort != "relevance") else self.default_order

    @property
    def default_order(self) -> str:
        """The sort order without the parameter `sort`: "relevance" with `q`, else "name"."""
        return "relevance" if self.q else "name"

    @property
    def active(self) -> list[str]:
        """The names of the parameters that filter the list: `q` and facets with chosen or excluded values."""
        return [name for name in ("q", *FACETS) if getattr(self, name) or self.excluded_from(name)]

    def without(self, name: str) -> "ListQuery":
        """Return a copy of the list query in which one parameter is empty; of a facet its exclusions too."""
        values: dict[str, Any] = {name: () if name in FACETS else ""}
        return replace(self, **values, excluded=tuple(pair for pair in self.excluded if pair[0] != name))

    @property
    def pairs(self) -> Pairs:
        """The list query as the pairs of a query string; the default sort order is left out."""
        facets = [
            (name, value) for name in FACETS for value in (*getattr(self, name), *map(minus, self.excluded_from(name)))
        ]
        found = [("q", self.q), *facets, *(("every", name) for name in self.every)]
        if self.order != self.default_order:
            found.append(("sort", self.order))
        return tuple((name, value) for name, value in found if value)

    def as_json(self, query: UnderstoodQuery, absent_values: list[str]) -> ListQueryRecord:
        """Return the list query as JSON, with the sort order that applies and how its words were understood.

        `absent_values` are the labels of the chosen facet values that no programme has.
        """
        asked = {field.name: getattr(self, field.name) for field in fields(self)} | {"excluded": self.excluded_by_facet}
        expanded = {typed: [term.code for term in terms] for typed, terms in query.expanded.items()}
        words = {"dropped": query.ignored, "corrected": query.corrected, "expanded": expanded}
        return asked | {"sort": self.order, **words, "absent": [*map(label_of, query.absent), *absent_values]}
