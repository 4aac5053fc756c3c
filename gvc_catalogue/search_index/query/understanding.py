"""Query understanding: spelling correction of unknown words, and the words that no entry contains."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.text.english import is_english

from .gazetteer import Entity
from .matching import matches, matches_in_context, matches_words
from .parser import Clause, clause_of, either, parse_query
from .reference_documents import texts_with
from .spelling import correct_spelling
from .tokeniser import tokenise

# More words that no entry has are not looked for: they are a text in another language, not mistakes.
MOST_CORRECTED = 20
# The least letters of a beginning that is completed, and of each part of a word that closes up two.
LEAST_BEGINNING, LEAST_PART = 4, 3
# A word is completed to at most this number of words, of fewer letters than LONGEST_FORM.
MOST_COMPLETIONS, LONGEST_FORM = 4, 40


@dataclass(frozen=True)
class UnderstoodQuery:
    """A query as it is searched for. All words are as typed and folded, in the order typed.

    `clauses` are its clauses, misspelt words corrected. `ignored` are words that are not searched for. `corrected` maps
    a misspelt word to its correction, `expanded` words to the terms of the vocabulary that they are a label of.
    `absent` are the words that are known, by the gazetteer or as English, and that no entry has; `unknown` are other
    words that no entry has.
    """

    clauses: list[Clause] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    expanded: dict[str, tuple[Entity, ...]] = field(default_factory=dict)
    absent: list[Clause] = field(default_factory=list)
    unknown: list[Clause] = field(default_factory=list)


def understand(snapshot: Snapshot, query: str) -> UnderstoodQuery:
    """Return the understood query. No query text raises an exception."""
    parsed = parse_query(query, snapshot.lexicon)
    missing = [clause for clause in parsed.clauses if not clause.excluded and is_missing(snapshot, clause)]
    read = {clause: near for clause in missing[:MOST_CORRECTED] if (near := nearest(snapshot, clause))}
    clauses = [read.get(clause, clause) for clause in parsed.clauses]
    lacking = [clause for clause in missing if clause not in read]
    absent = [clause for clause in lacking if is_known(snapshot, clause)]
    return UnderstoodQuery(
        clauses,
        parsed.ignored,
        {clause.typed: near.printed for clause, near in read.items()},
        {clause.typed: clause.concepts for clause in clauses if clause.concepts},
        absent,
        [clause for clause in lacking if clause not in absent],
    )


def is_missing(snapshot: Snapshot, clause: Clause) -> bool:
    """Return whether no entry has the words of a clause."""
    return not (matches(snapshot, clause) or matches_in_context(snapshot, clause))


def is_known(snapshot: Snapshot, clause: Clause) -> bool:
    """Return whether the words are a name, a label, words of a reference document, or English."""
    if clause.entities or clause.meanings or texts_with(snapshot, clause):
        return True
    return all(map(is_english, clause.typed.split()))


def nearest(snapshot: Snapshot, clause: Clause) -> Clause | None:
    """Return the clause that an unknown word most likely means; None when there is none.

    In this order: two words that stand together, for a word that closes them up; the words that begin with it, as names
    do; the spelling correction. None for a clause that is not one plain word. `typed` is unchanged.
    """
    if clause.exact or " " in clause.typed or is_known(snapshot, clause):
        return None
    near = separated(snapshot, clause.typed) or completed(snapshot, clause.typed) or corrected(snapshot, clause)
    found = [clause_of(tokenise(each), snapshot.lexicon) for each in near]
    return replace(reduce(either, found), typed=clause.typed, printed=" or ".join(near)) if found else None


def corrected(snapshot: Snapshot, clause: Clause) -> list[str]:
    """Return the spelling correction of a word; empty when there is none."""
    names = snapshot.lexicon.gazetteer.words
    near = correct_spelling(snapshot, clause.typed, clause.printed, names.__contains__, names)
    return [near] if near else []


def separated(snapshot: Snapshot, word: str) -> list[str]:
    """Return the two words, separated by a space, that a word closes up and that some entry contains side by side."""
    for at in range(LEAST_PART, len(word) - LEAST_PART + 1):
        first, last = word[:at], word[at:]
        if matches_words(snapshot, (stem(first), stem(last))):
            return [f"{first} {last}"]
    return []


def completed(snapshot: Snapshot, word: str) -> list[str]:
    """Return the words of the entries that begin with a word, in alphabetical order; empty when they are many."""
    if len(word) < LEAST_BEGINNING:
        return []
    forms = snapshot.forms_with(word[0], range(len(word) + 1, LONGEST_FORM))
    longer = {form for form in forms if form.startswith(word) and snapshot.is_printed(form)}
    return sorted(longer) if len(longer) <= MOST_COMPLETIONS else []
