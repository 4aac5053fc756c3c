"""The programmes of a chart, and their numbers by the values of a facet."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from gvc_catalogue.search_index.query.facet_filters import count_values

from ...search.catalogue_snapshot import CatalogueSnapshot
from ...search.facet_choices import ListView, describe_filters
from ...search.facet_definitions import FacetLabel
from ...search.list_query import ListQuery
from ...search.search import matching
from .links import ChartLinks


@dataclass(frozen=True)
class Counting:
    """Programmes that are counted under a label: those of a chart with one value of a facet.

    `asked` are the values by which the list of the programmes is asked for, by facet.
    """

    key: str
    label: str
    members: BitMap
    links: ChartLinks
    asked: dict[str, list[str]]
    kind: str = "data"
    level: int = 0

    def link(self, **further: list[str]) -> str:
        """Return the address of the list of these programmes, with these values of these facets instead."""
        return self.links.to(**{**self.asked, **further})


@dataclass(frozen=True)
class Counted:
    """The programmes that match a list query, in one snapshot, as the charts count them. No query."""

    selection: ListQuery
    edition: CatalogueSnapshot

    @cached_property
    def members(self) -> BitMap:
        """The matching programmes."""
        return matching(self.selection, self.edition).members

    @cached_property
    def links(self) -> ChartLinks:
        return ChartLinks(self.selection)

    @cached_property
    def in_words(self) -> str:
        """The filters in words, as the end of a title; "" without any."""
        return describe_filters(ListView(self.links.path, self.selection, self.edition))

    @cached_property
    def day(self) -> str:
        """The date of the catalogue in words: "27 November 2026"."""
        made = self.edition.stamp.made
        return f"{made.day} {made:%B %Y}"

    def by(self, facet: str, among: BitMap | None = None) -> dict[str, int]:
        """Return the number of programmes with each value of a facet, those `among` others; zeros left out."""
        return count_values(self.edition.snapshot, facet, self.members if among is None else self.members & among)

    def having_any(self, facet: str) -> BitMap:
        """Return the programmes of the catalogue that have a value of a facet."""
        return BitMap.union(BitMap(), *self.edition.snapshot.facets.get(facet, {}).values())

    def having(self, facet: str, values: Iterable[str]) -> BitMap:
        """Return the programmes of the catalogue that have any of these values of a facet."""
        return BitMap.union(BitMap(), *(self.edition.snapshot.facet(facet, value) for value in values))

    def entries(self, facet: str) -> list[FacetLabel]:
        """Return the values of a facet that the chart shows, in the order of the catalogue."""
        paths = self.edition.vocabulary.tree.paths
        listed = self.edition.vocabulary.listed(facet, getattr(self.selection, facet))
        return [entry for entry in listed if self.links.counts(facet, *paths.get(entry.value, (entry.value,)))]

    def value(self, facet: str, key: str, label: str, kind: str = "data", level: int = 0) -> Counting:
        """Return the chart's programmes with a value of a facet, under the label of that value."""
        members = self.members & self.edition.snapshot.facet(facet, key)
        return Counting(key, label, members, self.links, {facet: [key]}, kind, level)

    def others(self, facet: str, shown: list[str], number: int, hidden: list[str] | None = None) -> Counting:
        """Return the chart's programmes with none of the shown values of a facet, as those of `number` others.

        `hidden` are the others, for a facet that a programme may have no value of.
        """
        members = self.members - self.having(facet, shown)
        members = members if hidden is None else members & self.having(facet, hidden)
        values = [*(hidden or ()), *(f"-{key}" for key in shown)]
        return Counting("", f"{number} others", members, self.links, {facet: values})
