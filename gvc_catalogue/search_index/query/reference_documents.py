"""In-memory search over the reference documents, by the same clauses and stems as the search over entries.

They are a few hundred, all in memory; see `SharedTexts.documents`.
"""

from __future__ import annotations

from collections.abc import Iterable

from gvc_catalogue.search_index.analysis import folded_words, stem
from gvc_catalogue.search_index.snapshot import Snapshot

from .gazetteer import kind_of
from .parser import Clause


def search_documents(snapshot: Snapshot, clauses: Iterable[Clause]) -> list[str]:
    """Return the keys of the documents that match every clause and no excluded one, best first.

    The list is empty without a clause that is not excluded. Documents are ranked by the number of clauses that match
    their first text; ties keep the order of the documents.
    """
    matches = [(clause.excluded, texts_with(snapshot, clause)) for clause in clauses]
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


def texts_with(snapshot: Snapshot, clause: Clause) -> set[str]:
    """Return the keys of the shared texts that match a clause, and of the documents of its entities."""
    names = {entity.kind for entity in clause.names}
    found = {key for words in clause.phrases for key in snapshot.shared_keys(words) if kind_of(key) not in names}
    for words in clause.apart:
        found |= set.intersection(*(set(snapshot.shared_keys((word,))) for word in words))
    return found | {entity.key for entity in clause.entities if entity.key in snapshot.shared.documents}


def suggest_documents(snapshot: Snapshot, typed: str) -> list[str]:
    """Return autocomplete matches: the keys of the documents with all typed words, the last one taken as a prefix."""
    *whole, last = folded_words(typed) or [""]
    stems = set(map(stem, whole))
    return [
        key
        for key, words in snapshot.shared.words_by_document.items()
        if last and any(word.startswith(last) for word in words) and stems <= set(map(stem, words))
    ]
