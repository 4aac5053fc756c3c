"""Template context of the list of programmes; one key per line."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from gvc_catalogue.web.filters import printable
from gvc_catalogue.web.querystring import Pairs, address, with_replaced

from ..schema.ticked_programmes import brief_address, ticked_pairs
from ..search.facet_choices import ListView, chips, describe_filters, facets_at_first, filters_to_drop
from ..search.filters import ProgrammeFilter
from ..search.list_query import SORTS, ListQuery
from ..search.result_cards import ResultCard, result_cards
from ..search.search import SearchResult, absent_values, find
from .comparison import comparable, compare_address
from .search_page import partial_context, understood_context


def list_context_of(view: ListView, found: SearchResult, asked: QueryDict) -> dict[str, Any]:
    """Return the template context of the list's page. One more query when there is no result."""
    total, selection = found.page.total, view.selection
    compared = [code for code in selection.country if code in view.vocabulary.countries]
    return {
        "section": "programmes",
        "selection": selection,
        "page": found.page,
        "programmes": with_ticks(result_cards(found), view.ticked),
        **brief_form(view, found),
        **understood_context(view, found),
        "partial": partial_context(found),
        "absent_values": absent_values(selection, view.edition),
        "catching_up": found.catching_up,
        "away": view.edition.stamp if view.edition.away else None,
        "facets": facets_at_first(view, found.counts, asked),
        "chips": chips(view),
        "in_words": describe_filters(view),
        "compare_url": compare_address(compared) if comparable(compared) else "",
        "clear_url": clear_url(view),
        "drops": [] if total else filters_to_drop(view),
        "sorts": sorts(view),
        "page_urls": page_urls(view, found),
        "detail_query": urlencode(list_context(selection, found.page.number, view.ticked)),
        "query": urlencode(selection.pairs),
        "json_query": urlencode(page_pairs(selection, found.page.number)),
    }


def unknown(view: ListView, asked: ProgrammeFilter) -> dict[str, Any]:
    """Return the context of the error page for a query string that is not valid; the form keeps all valid values."""
    found = find(view.selection, edition=view.edition)
    return {
        "section": "programmes",
        "action": view.path,
        "sentences": asked.sentences,
        "q": printable(asked.data.get("q", "")),
        "facets": facets_at_first(view, found.counts, asked.data),
        "chips": chips(view),
        "canonical": address(view.path, view.selection.pairs),
        "kept": found.page.total,
        "kept_url": address(view.path, view.pairs),
        "ticked": view.ticked,
        "clear_url": clear_url(view),
    }


def sorts(view: ListView) -> list[dict[str, Any]]:
    """Return the available sort orders; relevance needs search words.

    The default order has the value "", since it depends on whether there are search words.
    """
    possible = [name for name in SORTS if name != "relevance" or view.selection.q]
    default = view.selection.default_order
    return [
        {"value": "" if n == default else n, "label": SORTS[n], "selected": n == view.selection.order} for n in possible
    ]


def page_urls(view: ListView, found: SearchResult) -> list[dict[str, Any]]:
    """Return the pagination links: number and address, both None for a gap."""
    ticked = ticked_pairs(view.ticked)
    return [
        {"number": n, "url": n and address(view.path, (*page_pairs(view.selection, n), *ticked))}
        for n in found.page.shown_numbers
    ]


def clear_url(view: ListView) -> str:
    """Return the address of the list without any filter; ticked programmes are kept."""
    return address(view.path, ticked_pairs(view.ticked))


def page_pairs(selection: ListQuery, number: int) -> Pairs:
    """Return the query string of one page of a list; the first page needs no number."""
    return with_replaced(selection.pairs, "page", [str(number)]) if number > 1 else selection.pairs


def list_context(selection: ListQuery, page_number: int, ticked: tuple[str, ...] = ()) -> Pairs:
    """Return the query string by which a programme's address refers to the list that links to it. Never empty.

    It includes the ticked programmes.
    """
    sorted_so = with_replaced(selection.pairs, "sort", [selection.order])
    return (*with_replaced(sorted_so, "page", [str(page_number)]), *ticked_pairs(ticked))


def with_ticks(shown: list[ResultCard], ticked: tuple[str, ...]) -> list[ResultCard]:
    """Return the result cards of a page, with `ticked` set for those that are ticked."""
    return [replace(card, ticked=True) if card.slug in ticked else card for card in shown] if ticked else shown


def brief_form(view: ListView, found: SearchResult) -> dict[str, Any]:
    """Return the form fields for ticked programmes: all of them, and those that are not on this page."""
    here = {programme["slug"] for programme in found.programmes}
    elsewhere = [slug for slug in view.ticked if slug not in here]
    ticked_url = brief_address(view.ticked) if view.ticked else ""
    return {"ticked": view.ticked, "ticked_elsewhere": elsewhere, "ticked_url": ticked_url}
