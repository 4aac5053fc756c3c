"""Faceted search, display: facet choices with counts, filter chips, the heading, and query relaxation by filter."""

import heapq
import re
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.http import QueryDict

from gvc_catalogue.text.folding import fold
from gvc_catalogue.text.long_words import cut_long_words
from gvc_catalogue.web.facets import Chip, Choice, Facet, percentage
from gvc_catalogue.web.querystring import Pairs, address, with_removed, with_replaced

from ..schema.ticked_programmes import ticked_pairs
from .catalogue_snapshot import CatalogueSnapshot
from .facet_definitions import DEFINITIONS, FACETS, FacetLabel
from .facet_labels import FacetLabels
from .list_query import ListQuery
from .search import counts_without

LABELS = {"q": "Words"} | {facet.name: facet.label for facet in DEFINITIONS}
FOLDED = {facet.name for facet in DEFINITIONS if facet.folded}


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
        """Return the entries of a facet: those of the catalogue, and every chosen one."""
        return self.vocabulary.listed(name, getattr(self.selection, name))

    def url(self, name: str, *values: str) -> str:
        """Return the address of the list in which parameter `name` has exactly these values."""
        return address(self.path, with_replaced(self.pairs, name, values))

    def url_without(self, name: str, value: str | None = None) -> str:
        """Return the address of the list without this value of `name`, or without `name` if `value` is None."""
        return address(self.path, with_removed(self.pairs, name, value))


# A facet with more than MANY values shows FEW of them at first.
MANY, FEW = 50, 12


def facet_choices(view: ListView, counts: dict[str, dict[str, int]]) -> list[Facet]:
    """Return all facets with all values of the catalogue, every chosen one, and counts.

    The order of the catalogue's values does not depend on the chosen ones.
    """
    return [Facet(n, LABELS[n], _choices(view, n, counts[n], view.entries(n))) for n in FACETS]


def facets_at_first(view: ListView, counts: dict[str, dict[str, int]], asked: QueryDict) -> list[Facet]:
    """Return all facets. A facet with many values is shortened to the chosen and the largest values, or to a search.

    `asked` is the query string: `find_country=jap` searches the labels of a facet, `all=country` shows all its values.
    """
    return [_facet_at_first(view, name, counts[name], asked) for name in FACETS]


def _facet_at_first(view: ListView, name: str, counts: dict[str, int], asked: QueryDict) -> Facet:
    entries, looked_for = view.entries(name), asked.get(f"find_{name}", "").strip()
    few = len(entries) > MANY and not entries[0].group and name not in asked.getlist("all")
    chosen = getattr(view.selection, name)
    if few and looked_for:
        entries = [e for e in entries if e.value in chosen or fold(looked_for) in fold(e.label)]
    elif few:
        largest = heapq.nlargest(FEW, entries, key=lambda e: (e.value in chosen, counts.get(e.value, 0)))
        entries = [e for e in largest if e.value in chosen or counts.get(e.value)]
    hidden = len(view.entries(name)) - len(entries)
    everything = address(view.path, (*view.pairs, ("all", name))) if hidden else ""
    return Facet(
        name, LABELS[name], _choices(view, name, counts, entries), hidden, everything, looked_for, name in FOLDED
    )


def _choices(view: ListView, name: str, counts: dict[str, int], entries: list[FacetLabel]) -> list[Choice]:
    chosen, largest = getattr(view.selection, name), max(counts.values(), default=1)
    # The same addresses as view.url(), but the common prefix is computed once: a facet can have hundreds of values.
    others = with_removed(view.pairs, name)
    only = f"{address(view.path, others)}{'&' if others else '?'}{name}="
    return [
        Choice(
            value=entry.value,
            label=entry.label,
            count=(count := counts.get(entry.value, 0)),
            selected=entry.value in chosen,
            url=f"{only}{quote_plus(entry.value)}",
            share=percentage(count, largest),
            group=entry.group,
            noun="programme" if count == 1 else "programmes",
        )
        for entry in entries
    ]


def chips(view: ListView) -> list[Chip]:
    """Return filter chips: one for `q` and one for each chosen facet value, in the order of the page."""
    words = [Chip(LABELS["q"], cut_long_words(view.selection.q), view.url_without("q"))] if view.selection.q else []
    return words + [
        Chip(LABELS[name], view.vocabulary.label(name, value), view.url_without(name, value))
        for name in FACETS
        for value in getattr(view.selection, name)
    ]


QUOTE = re.compile(r"[\"“”„]")
# Format of each filter in the heading.
IN_WORDS = {facet.name: facet.in_words for facet in DEFINITIONS} | {"q": "with {}"}


def describe_filters(view: ListView) -> str:
    """Return the active filters as the end of a heading: "in Japan or Mexico, with “enterprises”"."""
    parts = []
    for name, form in IN_WORDS.items():
        values = getattr(view.selection, name)
        labels = [_quoted(values)] if name == "q" else [view.vocabulary.label(name, value) for value in values]
        if values:
            parts.append(form.format(" or ".join(labels)))
    return ", ".join(parts)


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
    values = getattr(view.selection, name)
    if name == "q":
        return cut_long_words(view.selection.q)
    return " or ".join(view.vocabulary.label(name, value) for value in values)
