"""Query understanding: spelling correction of unknown words, and the words that no entry contains."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from itertools import compress
from operator import not_

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.text.english import is_english

from .gazetteer import Entity
from .matching import matches, matches_in_context, matches_words
from .parser import Clause, either, parse_query
from .reference_documents import texts_with
from .spelling import correct_spelling
from .tokeniser import Token

# More words that no entry has are not looked for: they are a text in another language, not mistakes.
MOST_CORRECTED = 20
# The least letters of a beginning that is completed, and of each part of a word that closes up two.
LEAST_BEGINNING, LEAST_PART = 4, 3
# A word is completed to at most this number of words, of fewer letters than LONGEST_FORM.
MOST_COMPLETIONS, LONGEST_FORM = 4, 40


@dataclass(frozen=True)
class UnderstoodQuery:
    """A query as it is searched for. Keys are words as typed, in small letters.

    `clauses` are its clauses, misspelt words corrected. `ignored` are words that are not searched for. `corrected` maps
    a misspelt word to its correction, `completed` the beginning of names to the words that begin with it, `expanded`
    words to the terms of the vocabulary that they are a label of. `absent` are the words that are known, by the
    gazetteer or as English, and that no entry has; `unknown` are other words that no entry has.
    """

    clauses: list[Clause] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    completed: dict[str, list[str]] = field(default_factory=dict)
    expanded: dict[str, tuple[Entity, ...]] = field(default_factory=dict)
    absent: list[Clause] = field(default_factory=list)
    unknown: list[Clause] = field(default_factory=list)


def understand(snapshot: Snapshot, query: str) -> UnderstoodQuery:
    """Return the understood query. No query text raises an exception."""
    parsed = parse_query(query, snapshot.lexicon)
    typed = [part for clause in parsed.clauses for part in clause.parts]
    missing = [part for part in typed if is_unknown(snapshot, part)][:MOST_CORRECTED]
    completed = {part: found for part in missing if (found := completions(snapshot, part.typed))}
    others = [part for part in missing if part not in completed]
    corrected = {part: near for part in others if (near := correction(snapshot, part))}
    readings = {part.typed: any_of(found) for part, found in completed.items()}
    readings |= {part.typed: [Token(tuple(near.split()), near)] for part, near in corrected.items()}
    if readings:
        parsed = parse_query(query, snapshot.lexicon, readings)
    parts = [part for clause in parsed.clauses if not clause.excluded for part in clause.parts]
    lacking = [part for part in parts if is_missing(snapshot, part)]
    known = [is_known(snapshot, part) for part in lacking]
    return UnderstoodQuery(
        [with_some(clause, lacking) for clause in parsed.clauses],
        parsed.ignored,
        {part.printed.casefold(): found for part, found in corrected.items()},
        {part.printed.casefold(): found for part, found in completed.items()},
        {part.printed.casefold(): part.concepts for part in parts if part.concepts},
        list(compress(lacking, known)),
        list(compress(lacking, map(not_, known))),
    )


def any_of(words: list[str]) -> list[Token]:
    """Return words as alternative tokens."""
    return [Token((word,), word, alternative=n > 0) for n, word in enumerate(words)]


def with_some(clause: Clause, lacking: list[Clause]) -> Clause:
    """Return a clause without the alternatives that no entry has, unless no entry has any of them."""
    if not clause.alternatives:
        return clause
    there = [part for part in clause.parts if part not in lacking]
    return reduce(either, there) if there and len(there) < len(clause.parts) else clause


def is_unknown(snapshot: Snapshot, clause: Clause) -> bool:
    """Return whether a clause is one plain word that no entry has and that is not known."""
    plain = not (clause.exact or clause.excluded or " " in clause.typed)
    return plain and is_missing(snapshot, clause) and not is_known(snapshot, clause)


def is_missing(snapshot: Snapshot, clause: Clause) -> bool:
    """Return whether no entry has the words of a clause."""
    return not (matches(snapshot, clause) or matches_in_context(snapshot, clause))


def is_known(snapshot: Snapshot, clause: Clause) -> bool:
    """Return whether the words are a name, a label, words of a reference document, or English."""
    if clause.entities or clause.meanings or texts_with(snapshot, clause):
        return True
    return all(map(is_english, clause.typed.split()))


def correction(snapshot: Snapshot, clause: Clause) -> str | None:
    """Return the two words that a word closes up, separated by a space, or its spelling correction; None for none."""
    gazetteer = snapshot.lexicon.gazetteer
    return separated(snapshot, clause.typed) or correct_spelling(
        snapshot, clause.typed, clause.printed, gazetteer.words.__contains__, gazetteer.spellings
    )


def separated(snapshot: Snapshot, word: str) -> str | None:
    """Return the two words that a word closes up and that some entry contains side by side; None for none."""
    for at in range(LEAST_PART, len(word) - LEAST_PART + 1):
        first, last = word[:at], word[at:]
        if matches_words(snapshot, (stem(first), stem(last))):
            return f"{first} {last}"
    return None


def completions(snapshot: Snapshot, word: str) -> list[str]:
    """Return the words of the entries that begin with a word, sorted; empty when they are many.

    Words of English are left out: those that remain are names.
    """
    if len(word) < LEAST_BEGINNING:
        return []
    forms = snapshot.forms_with(word[0], range(len(word) + 1, LONGEST_FORM))
    longer = {form for form in forms if form.startswith(word) and not is_english(form) and snapshot.is_printed(form)}
    return sorted(longer) if len(longer) <= MOST_COMPLETIONS else []
