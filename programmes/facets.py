"""A selection as a reader sees it: facets, chips, a heading in words, and what to drop when nothing is found."""

import re
from dataclasses import dataclass

from gvc_catalogue.lib.facets import Chip, Choice, Facet, percentage
from gvc_catalogue.lib.querystring import address, with_removed, with_replaced

from .search import counts_without
from .selection import FACETS, Selection
from .vocabulary import Vocabulary

LABELS = {
    "q": "Words",
    "country": "Country or economy",
    "region": "Region",
    "category": "Category",
    "recommendation": "Recommendation",
    "provider": "Provider",
}


@dataclass(frozen=True)
class View:
    """What links and words are made of: the list's address, what is asked, and the words for keys."""

    path: str
    selection: Selection
    vocabulary: Vocabulary

    def url(self, name: str, *values: str) -> str:
        """The list where `name` has just these values."""
        return address(self.path, with_replaced(self.selection.pairs, name, values))

    def url_without(self, name: str, value: str | None = None) -> str:
        """The list without that value of `name`, or without `name`."""
        return address(self.path, with_removed(self.selection.pairs, name, value))


def facets(view: View, counts: dict[str, dict[str, int]]) -> list[Facet]:
    """Return every facet with every value, in the same order whatever is chosen."""
    return [Facet(name, LABELS[name], _choices(view, name, counts[name])) for name in FACETS]


def _choices(view: View, name: str, counts: dict[str, int]) -> list[Choice]:
    chosen, largest = getattr(view.selection, name), max(counts.values(), default=1)
    return [
        Choice(
            value=entry.value,
            label=entry.label,
            count=(count := counts.get(entry.value, 0)),
            selected=entry.value in chosen,
            url=view.url(name, entry.value),
            share=percentage(count, largest),
            group=entry.group,
        )
        for entry in view.vocabulary.entries[name]
    ]


def chips(view: View) -> list[Chip]:
    """Return a chip for each filter that is on, in the order of the page."""
    words = [Chip(LABELS["q"], view.selection.q, view.url_without("q"))] if view.selection.q else []
    return words + [
        Chip(LABELS[name], view.vocabulary.label(name, value), view.url_without(name, value))
        for name in FACETS
        for value in getattr(view.selection, name)
    ]


QUOTE = re.compile(r"[\"“”„]")
# How a filter says itself in the heading.
IN_WORDS = {
    "country": "in {}",
    "region": "in {}",
    "category": "on {}",
    "recommendation": "serving {}",
    "provider": "run by: {}",
    "q": "with {}",
}


def in_words(view: View) -> str:
    """Return the filters as the end of a heading: "in Japan or Mexico, with “enterprises”"."""
    parts = []
    for name, form in IN_WORDS.items():
        values = getattr(view.selection, name)
        labels = [_quoted(values)] if name == "q" else [view.vocabulary.label(name, value) for value in values]
        if values:
            parts.append(form.format(" or ".join(labels)))
    return ", ".join(parts)


def _quoted(words: str) -> str:
    """The words in quotation marks, unless they bring their own."""
    return words if QUOTE.search(words) else f"“{words}”"


@dataclass(frozen=True)
class Drop:
    """A filter that could be dropped, and how many programmes that would give."""

    label: str
    value: str
    count: int
    url: str


def drops(view: View) -> list[Drop]:
    """Return which one filter to drop when nothing is found, the most helpful first."""
    counts = counts_without(view.selection)
    found = [
        Drop(LABELS[name], _asked(view, name), counts[name], view.url_without(name))
        for name in view.selection.active
        if counts.get(name)
    ]
    return sorted(found, key=lambda drop: -drop.count)


def _asked(view: View, name: str) -> str:
    values = getattr(view.selection, name)
    return str(values) if name == "q" else " or ".join(view.vocabulary.label(name, value) for value in values)
