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


class ListQuery(Parameters):
    """Validated query string of the list: existing facet keys, each once, in the order of the request.

    It has a field for each of PARAMETERS.
    """

    q: str
    sort: str

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of `q`; empty if `q` contains no word."""
        return tokenise(self.q)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by facet name."""
        return {name: getattr(self, name) for name in FACETS}

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
        """The names of the parameters that filter the list: `q` and facets with chosen values."""
        return [name for name in ("q", *FACETS) if getattr(self, name)]

    def without(self, name: str) -> "ListQuery":
        """Return a copy of the list query in which one parameter is empty."""
        values: dict[str, Any] = {name: () if name in FACETS else ""}
        return replace(self, **values)

    @property
    def pairs(self) -> Pairs:
        """The list query as the pairs of a query string; the default sort order is left out."""
        found: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "sort" and self.order == self.default_order:
                continue
            found += [(field.name, v) for v in ([value] if isinstance(value, str) else value) if v]
        return tuple(found)

    def as_json(self, query: UnderstoodQuery, absent_values: list[str]) -> ListQueryRecord:
        """Return the list query as JSON, with the sort order that applies and how its words were understood.

        `absent_values` are the labels of the chosen facet values that no programme has.
        """
        asked = {field.name: getattr(self, field.name) for field in fields(self)}
        expanded = {typed: [term.code for term in terms] for typed, terms in query.expanded.items()}
        words = {"dropped": query.ignored, "corrected": query.corrected, "expanded": expanded}
        return asked | {"sort": self.order, **words, "absent": [*map(label_of, query.absent), *absent_values]}
