"""Spelling correction: the word of the catalogue that a misspelt word of a query most likely means."""

from __future__ import annotations

from collections.abc import Callable, Collection

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.text.english import is_english

from .matching import matches_words

# Shorter words are not corrected; in words of at least TWO_EDITS letters two edits are.
SHORTEST, TWO_EDITS = 4, 8


def correct_spelling(
    snapshot: Snapshot, word: str, typed: str, known: Callable[[str], bool], further: Collection[str] = ()
) -> str | None:
    """Return the spelling correction of a folded word, in its folded form; None when none is near enough.

    `typed` is the word as typed. Only what cannot be right is corrected: no word of English, and none for which
    `known(word)` is true, such as a name (see also `may_be_misspelt`). Candidates are all words of the texts, and
    `further` single folded words, with the same first letter. A word of fewer than 8 letters may differ by 1 edit,
    others by 2; a transposition is one edit (optimal string alignment).

    Of several candidates it is the one with fewest edits, then the one in most entries, then the first in the alphabet;
    none when a further word that no entry has is as near as one that some have.
    """
    if not may_be_misspelt(word, typed) or is_english(word) or known(word):
        return None
    allowed = 1 if len(word) < TWO_EDITS else 2
    forms = snapshot.forms_with(word[0], range(len(word) - allowed, len(word) + allowed + 1))
    printed = [(edits, form) for edits, form in within_edits(word, forms, allowed) if snapshot.is_printed(form)]
    others = within_edits(word, [form for form in further if form.startswith(word[0])], allowed)
    ranked = sorted((edits, -len(matches_words(snapshot, (stem(form),))), form) for edits, form in {*printed, *others})
    closest = [(number, form) for edits, number, form in ranked if edits == ranked[0][0]]
    # "Slovania" is Slovakia or Slovenia: no guess between a word of the entries and a name that none has.
    if any(number for number, _ in closest) and not all(number for number, _ in closest):
        return None
    return closest[0][1] if closest else None


def may_be_misspelt(word: str, typed: str) -> bool:
    """Return whether the form of a word allows a correction: 4 or more letters, no digit, not typed in capitals."""
    return len(word) >= SHORTEST and word.isalpha() and not typed.isupper()


def within_edits(word: str, forms: Collection[str], allowed: int) -> list[tuple[int, str]]:
    """Return the forms within a number of edits, each as (number of edits, form)."""
    near = extract(word, forms, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None)
    return [(edits, form) for form, edits, _ in near]
