"""What the list's page shows: one key a line for its template."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from gvc_catalogue.lib.filters import printable
from gvc_catalogue.lib.querystring import Pairs, address, with_replaced

from .comparison import comparable, compare_address
from .facets import View, chips, drops, facets_at_first, in_words
from .hits import cards
from .search import Found, find
from .selection import SORTS, Selection


def listing(view: View, found: Found, asked: QueryDict) -> dict[str, Any]:
    """Return the context of the list's page; one query more when nothing was found."""
    total, selection = found.page.total, view.selection
    return {
        "section": "programmes",
        "selection": selection,
        "page": found.page,
        "programmes": cards(found),
        "dropped": found.dropped,
        "corrected": found.corrected,
        "exactly_url": view.url("q", exactly(selection)) if found.dropped or found.corrected else "",
        "from_database": found.answer is None,
        "catching_up": found.catching_up,
        "facets": facets_at_first(view, found.counts, asked),
        "chips": chips(view),
        "in_words": in_words(view),
        "compare_url": compare_address(selection.country) if comparable(selection.country) else "",
        "drops": [] if total else drops(view),
        "sorts": sorts(view),
        "page_urls": page_urls(view, found),
        "detail_query": urlencode(list_context(selection, found.page.number)),
        "query": urlencode(selection.pairs),
        "json_query": urlencode(page_pairs(selection, found.page.number)),
    }


def unknown(view: View, sentences: list[str], asked: QueryDict) -> dict[str, Any]:
    """Return the context of the page that says which value does not exist; the form keeps all that does."""
    found = find(view.selection, edition=view.edition)
    return {
        "section": "programmes",
        "action": view.path,
        "sentences": sentences,
        "q": printable(asked.get("q", "")),
        "facets": facets_at_first(view, found.counts, asked),
        "chips": chips(view),
        "kept": found.page.total,
        "kept_url": address(view.path, view.selection.pairs),
    }


def exactly(selection: Selection) -> str:
    """Return the words of a search so that each of them is kept to: as phrases."""
    return " ".join(f'{"-" if term.excluded else ""}"{" ".join(term.words)}"' for term in selection.terms)


def sorts(view: View) -> list[dict[str, Any]]:
    """Return the orders that can be asked; relevance needs words. The default is not asked: it changes with words."""
    possible = [name for name in SORTS if name != "relevance" or view.selection.q]
    default = replace(view.selection, sort="").order
    return [
        {"value": "" if n == default else n, "label": SORTS[n], "selected": n == view.selection.order} for n in possible
    ]


def page_urls(view: View, found: Found) -> list[dict[str, Any]]:
    """Return the links to other pages: number and address, both None for a gap."""
    selection, path = view.selection, view.path
    return [{"number": n, "url": n and address(path, page_pairs(selection, n))} for n in found.page.shown_numbers]


def page_pairs(selection: Selection, number: int) -> Pairs:
    """Return the query string of one page of a list; the first needs no number."""
    return with_replaced(selection.pairs, "page", [str(number)]) if number > 1 else selection.pairs


def list_context(selection: Selection, page_number: int) -> Pairs:
    """Return what a programme's address carries of the list it was reached from; never empty."""
    pairs = with_replaced(selection.pairs, "sort", [selection.order])
    return with_replaced(pairs, "page", [str(page_number)])
