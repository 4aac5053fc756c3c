"""Spelling correction: the word of the catalogue that a misspelt word of a query most likely means."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.search_index.snapshot import Snapshot

from .matching import matches_words
from .parser import Clause, Synonyms, parse_query


def with_correction(clause: Clause, corrected: dict[str, str], synonyms: Synonyms) -> Clause:
    """Return the clause of the corrected word, with `typed` unchanged; the same clause when there is no correction."""
    if clause.typed not in corrected:
        return clause
    return replace(parse_query(corrected[clause.typed], synonyms)[0], typed=clause.typed)


def correct_spelling(snapshot: Snapshot, clause: Clause) -> str | None:
    """Return the spelling correction of a misspelt word, a word of the catalogue; None when none is near enough.

    Only words of 4 or more letters are corrected. The edit distance (optimal string alignment) is at most 1 for words
    of fewer than 6 letters and at most 2 for others.
    """
    if len(clause.typed) < 4 or not clause.typed.isalpha():
        return None
    allowed = 1 if len(clause.typed) < 6 else 2
    near = extract(clause.typed, snapshot.forms, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None)
    # Of equal distances the word that most entries contain.
    ranked = [
        (distance, -len(matches_words(snapshot, (stem(word),))), word)
        for word, distance, _ in near
        if snapshot.is_printed(word)
    ]
    return min(ranked)[2] if ranked else None
