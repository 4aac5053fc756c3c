"""Template contexts of a search: what both the search page and the list say of its words, and the search page."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from gvc_catalogue.web.querystring import address

from ..search.facet_choices import ListView, facets_at_first
from ..search.list_query import ListQuery
from ..search.nearest import widened
from ..search.reference_search import KINDS, Hit, named, search_reference
from ..search.result_cards import partial_cards, result_cards
from ..search.search import SearchResult, find
from .asked_parts import AskedPart, asked_parts, expanded_words
from .query_in_words import completed, heading, partial_heading, renamed, terms_of_results, unquoted

# Partial matches that are shown before the others are unfolded.
SHOWN_PARTIAL = 5
# Best answers, and hits of each kind, that the page shows.
MOST_BEST, MOST_HITS = 4, 8


def exactly(selection: ListQuery) -> str:
    """Return the search words as quoted phrases, which turns off synonyms, terms and spelling correction."""
    return " ".join(f'{"-" if token.excluded else ""}"{" ".join(token.words)}"' for token in selection.tokens)


def understood_context(view: ListView, found: SearchResult) -> dict[str, Any]:
    """Return the part of a context that says how the words were understood. No query."""
    query = found.query
    parts = asked_parts(found, view.edition) if query.absent or query.unknown or not found.page.total else []
    begun = completed(found, [token.printed for token in view.selection.tokens])
    return {
        "asked_parts": parts,
        "corrected": list(query.corrected.items()),
        "dropped": query.ignored,
        "read": [*begun, *renamed(found), *unquoted(found)],
        "unchanged": not (query.corrected or query.completed or query.ignored),
        "expanded": [] if parts else expanded_words(found, view.edition, terms_of_results(found)),
        "exactly_url": view.url("q", exactly(view.selection)) if query.corrected else "",
    }


def partial_context(found: SearchResult) -> dict[str, Any] | None:
    """Return the partial matches as cards under their heading, None without any. No query.

    `own` are those that have words of their own, `context` those that have one only in the wording of a recommendation.
    Of both the first are shown, the others folded.
    """
    if not found.partial:
        return None
    cards = partial_cards(found)
    own = [card for card, match in zip(cards, found.partial, strict=True) if not match.in_context]
    context = cards[len(own) :]
    return {"heading": partial_heading(found), "own": folded(own), "context": folded(context)}


def folded(cards: list[Any]) -> dict[str, Any]:
    """Return cards as those that are shown and those that are folded; a single one is not folded."""
    shown = len(cards) if len(cards) <= SHOWN_PARTIAL + 1 else SHOWN_PARTIAL
    return {"total": len(cards), "shown": cards[:shown], "more": cards[shown:]}


def search_context(view: ListView) -> dict[str, Any]:
    """Return the context of the search page for a query with words. No query.

    Facets and the link to the list belong to the full matches, and lead to the list. `view` is that of the search page.
    """
    found = find(view.selection, edition=view.edition)
    understood = understood_context(view, found)
    total, of_list = found.page.total, ListView(reverse("programmes:list"), view.selection, view.edition)
    best = named(view.selection.q, view.edition)[:MOST_BEST]
    by_key = "" if total else heading_of_key(view, found, best)
    understood |= {"asked_parts": []} if by_key else {}
    return {
        "page": found.page,
        "heading": by_key or heading(found),
        "best": best,
        "widened": None if total else widened(found, view.edition),
        "facets": facets_at_first(of_list, found.counts, QueryDict()) if total else [],
        "programmes": result_cards(found),
        "list_url": address(of_list.path, of_list.pairs),
        "kinds": other_kinds(search_reference(found, view.edition), best, understood["asked_parts"]),
        "catching_up": found.catching_up,
        "partial": partial_context(found),
        **understood,
    }


def heading_of_key(view: ListView, found: SearchResult, best: list[Hit]) -> str:
    """Return the heading of a search for a key, which is no word of a programme: the record; "" for other searches.

    Of the code of a country without a record it is the sentence that no programme is from there.
    """
    if any(clause.names for clause in found.answer.wanted):
        return ""
    labels = {"Country": "{0.label}", "Recommendation": "{0.kind} {0.label}", "Category": "{0.kind} {0.label}"}
    country = view.vocabulary.known["country"].get(view.selection.q.strip(), "")
    absent = f"No programme is from {country}" if country else ""
    return next((labels[hit.kind].format(hit) for hit in best if hit.kind in labels), absent)


def other_kinds(hits: dict[str, list[Hit]], best: list[Hit], parts: list[AskedPart]) -> list[dict[str, Any]]:
    """Return the hits that are no programmes by kind: the kind, and the first of them.

    Without the best answers, and without the terms where the parts of the query name them.
    """
    kinds = [kind for kind in KINDS if not (parts and kind == "term")]
    shown = {kind: [hit for hit in hits[kind] if hit not in best] for kind in kinds}
    return [{"kind": kind, "hits": found[:MOST_HITS]} for kind, found in shown.items() if found]
