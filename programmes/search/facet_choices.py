"""Faceted search, display: facet choices with counts, filter chips, the heading, and query relaxation by filter."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote_plus

from gvc_catalogue.text.long_words import cut_long_words
from gvc_catalogue.web.facets import Chip, Choice, Facet, percentage
from gvc_catalogue.web.querystring import Pairs, address, with_removed, with_replaced

from ..schema.ticked_programmes import ticked_pairs
from .catalogue_snapshot import CatalogueSnapshot
from .facet_definitions import BY_NAME, DEFINITIONS, FACETS, FacetLabel
from .facet_labels import FacetLabels
from .filter_words import filter_in_words, values_in_words
from .list_query import ListQuery, minus
from .search import counts_without

LABELS = {"q": "Words"} | {facet.name: facet.label for facet in DEFINITIONS}


@dataclass(frozen=True)
class ListView:
    """Context for links and headings of the list: its path, list query, catalogue snapshot and ticked programmes.

    Every link of a page keeps the ticked programmes. They are not part of the list query.
    """

    path: str
    selection: ListQuery
    edition: CatalogueSnapshot
    ticked: tuple[str, ...] = ()

    @property
    def pairs(self) -> Pairs:
        """The query string of this page as pairs: the list query, then the ticked programmes."""
        return (*self.selection.pairs, *ticked_pairs(self.ticked))

    @property
    def vocabulary(self) -> FacetLabels:
        return self.edition.vocabulary

    def entries(self, name: str) -> list[FacetLabel]:
        """Return the entries of a facet: those of the catalogue, and every chosen or excluded one."""
        return self.vocabulary.listed(name, self.asked(name))

    def asked(self, name: str) -> tuple[str, ...]:
        """Return the chosen values of a facet, then the excluded ones."""
        return (*getattr(self.selection, name), *self.selection.excluded_from(name))

    def url(self, name: str, *values: str) -> str:
        """Return the address of the list in which parameter `name` has exactly these values."""
        return address(self.path, with_replaced(self.pairs, name, values))

    def url_without(self, name: str, value: str | None = None) -> str:
        """Return the address of the list without this value of `name`, or without `name` if `value` is None."""
        return address(self.path, with_removed(self.pairs, name, value))

    def url_with(self, name: str, value: str) -> str:
        """Return the address of the list in which `value` is chosen too, in place of its exclusion."""
        others = with_removed(with_removed(self.pairs, name, minus(value)), name, value)
        return address(self.path, (*others, (name, value)))


def facet_choices(view: ListView, counts: dict[str, dict[str, int]]) -> list[Facet]:
    """Return all facets with all values of the catalogue, every chosen one, and counts.

    The order of the catalogue's values does not depend on the chosen ones.
    """
    return [Facet(n, LABELS[n], choices_of(view, n, counts[n], view.entries(n))) for n in FACETS]


def choices_of(view: ListView, name: str, counts: Mapping[str, int], entries: list[FacetLabel]) -> list[Choice]:
    """Return these entries of a facet as choices, with counts and links."""
    chosen, excluded = getattr(view.selection, name), view.selection.excluded_from(name)
    largest, constant = max(counts.values(), default=1), BY_NAME[name].constant
    url, leave_out = _number_url(view, name), _leave_out_url(view, name)
    return [
        Choice(
            value=entry.value,
            label=entry.label,
            count=(count := counts.get(entry.value, 0)),
            selected=entry.value in chosen,
            url=url(entry.value),
            share=percentage(count, largest),
            name=name,
            noun="programme" if count == 1 else "programmes",
            excluded=entry.value in excluded,
            leave_out_url=leave_out(entry.value) if count and entry.value not in excluded else "",
            constant=entry.value in constant,
        )
        for entry in entries
    ]


def _number_url(view: ListView, name: str) -> Callable[[str], str]:
    """Return a function from a value to the list of as many programmes as its number says.

    The value is alone in its facet, or added where every value is asked for.
    """
    if name in view.selection.every:
        return lambda value: view.url_with(name, value)
    # The same addresses as view.url(), but the common prefix is computed once: a facet can have hundreds of values.
    only = _address_up_to(view.path, with_removed(view.pairs, name), name)
    return lambda value: f"{only}{quote_plus(value)}"


def _leave_out_url(view: ListView, name: str) -> Callable[[str], str]:
    """Return a function from a value to the list in which it is excluded, in place of its choice."""
    chosen, pairs = getattr(view.selection, name), view.pairs
    others = _address_up_to(view.path, pairs, name)

    def url(value: str) -> str:
        start = _address_up_to(view.path, with_removed(pairs, name, value), name) if value in chosen else others
        return f"{start}{quote_plus(minus(value))}"

    return url


def _address_up_to(path: str, pairs: Pairs, name: str) -> str:
    """Return an address that ends in `name=`, to which values are added."""
    return f"{address(path, pairs)}{'&' if pairs else '?'}{name}="


def chips(view: ListView) -> list[Chip]:
    """Return filter chips: for `q` and for each chosen or excluded facet value, in the order of the page."""
    words = [Chip(LABELS["q"], cut_long_words(view.selection.q), view.url_without("q"))] if view.selection.q else []
    return words + [chip for name in FACETS for chip in _facet_chips(view, name)]


def _facet_chips(view: ListView, name: str) -> list[Chip]:
    label = partial(view.vocabulary.label, name)
    return [
        *(Chip(LABELS[name], label(v), view.url_without(name, v)) for v in getattr(view.selection, name)),
        *(
            Chip(LABELS[name], f"not {label(v)}", view.url_without(name, minus(v)))
            for v in view.selection.excluded_from(name)
        ),
    ]


QUOTE = re.compile(r"[\"“”„]")


def describe_filters(view: ListView) -> str:
    """Return the active filters as the end of a heading: "in Japan or Mexico, not in Asia, with “enterprises”"."""
    parts = [part for name in FACETS for part in filter_in_words(name, view.selection, view.vocabulary)]
    return ", ".join([*parts, *([f"with {_quoted(view.selection.q)}"] if view.selection.q else [])])


def _quoted(words: str) -> str:
    """Return the search words in quotation marks, or without if they contain quotation marks; long words are cut."""
    words = cut_long_words(words)
    return words if QUOTE.search(words) else f"“{words}”"


@dataclass(frozen=True)
class FilterToDrop:
    """Query relaxation: a filter to drop, the number of programmes without it, and the address of that list."""

    label: str
    value: str
    count: int
    url: str


def filters_to_drop(view: ListView) -> list[FilterToDrop]:
    """Return query relaxations for a list without matches: each drops one filter; most programmes first.

    Filters without which there are still no programmes are left out. No query.
    """
    counts = counts_without(view.selection, view.edition)
    found = [
        FilterToDrop(LABELS[name], _asked(view, name), counts[name], view.url_without(name))
        for name in view.selection.active
        if counts.get(name)
    ]
    return sorted(found, key=lambda drop: -drop.count)


def _asked(view: ListView, name: str) -> str:
    return cut_long_words(view.selection.q) if name == "q" else values_in_words(name, view.selection, view.vocabulary)
