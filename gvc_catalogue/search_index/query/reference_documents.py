"""Search over the documents that stand beside the entries, by the same clauses and forms of words.

They are a few hundred, all in memory; see `Shared.documents`.
"""

from __future__ import annotations

from collections.abc import Iterable

from gvc_catalogue.search_index.analysis import folded_words, stem
from gvc_catalogue.search_index.snapshot import Snapshot

from .parser import Clause


def search_documents(snapshot: Snapshot, wants: Iterable[Clause]) -> list[str]:
    """Return the keys of the documents with every want and nothing excluded, best first; none without a want.

    A want found in a document's first text counts twice; ties keep the order of the documents.
    """
    matches = [(want.excluded, texts_with(snapshot, want)) for want in wants]
    wanted = [texts for excluded, texts in matches if not excluded]
    excluded = set().union(*(texts for excluded, texts in matches if excluded))
    if not wanted:
        return []
    found = {
        key: sum(own[0] in texts for texts in wanted)
        for key, own in snapshot.shared.documents.items()
        if excluded.isdisjoint(own) and all(not texts.isdisjoint(own) for texts in wanted)
    }
    return sorted(found, key=lambda key: -found[key])


def texts_with(snapshot: Snapshot, want: Clause) -> set[str]:
    """Return the keys of the shared texts that a want stands in."""
    found = {key for words in want.phrases for key in snapshot.shared_keys(words)}
    if want.apart:
        found |= set.intersection(*(set(snapshot.shared_keys((word,))) for word in want.apart))
    return found


def suggest_documents(snapshot: Snapshot, typed: str) -> list[str]:
    """Return the keys of the documents with all words typed so far; the last word may be unfinished."""
    *whole, last = folded_words(typed) or [""]
    stems = set(map(stem, whole))
    return [
        key
        for key, words in snapshot.shared.words_by_document.items()
        if last and any(word.startswith(last) for word in words) and stems <= set(map(stem, words))
    ]
