"""Prefix search of curators: entries that contain every typed word or a longer one that begins with it.

There is no spelling correction.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot

from .matching import beginning, intersection, matches, matches_in_context, own_word, union
from .parser import Clause, parse_query
from .search import permitted

# Maximum number of words of the index to which a typed prefix is expanded.
CONTINUATIONS = 20


def match_prefixes(snapshot: Snapshot, typed: str) -> BitMap:
    """Return the entries that match a prefix search: all typed words, each possibly the prefix of a longer word.

    "Quoted words" are a phrase, and -word excludes, as in the readers' search. The entry with the typed text as its
    slug is a match too; apart from it, a text without a word has no matches. Raises ValueError or OSError when a file
    is damaged.
    """
    clauses = parse_query(typed, snapshot.lexicon).clauses
    named = snapshot.of_slug(typed.strip())
    if not clauses:
        return BitMap() if named is None else BitMap([named])
    wanted = [clause for clause in clauses if not clause.excluded]
    members = intersection(permitted(snapshot, clauses), (match_prefix(snapshot, clause) for clause in wanted))
    return members if named is None else members | BitMap([named])


def match_prefix(snapshot: Snapshot, clause: Clause) -> BitMap:
    """Return the entries that match a clause; for a single plain word also those with a word of this prefix."""
    found = matches(snapshot, clause) | matches_in_context(snapshot, clause)
    if clause.exact or " " in clause.typed:
        return found
    longer = beginning(snapshot, clause.typed, CONTINUATIONS)
    shared = [word for word in snapshot.shared.lines_by_word if word.startswith(clause.typed)]
    keys = (key for word in shared for key in snapshot.shared_keys((word,)))
    own = union(own_word(snapshot, word) for word in longer)
    return found | own | snapshot.shared_members(keys)


def keys(snapshot: Snapshot, members: BitMap, limit: int | None, backwards: bool = False) -> list[int]:
    """Return the primary keys of the first `limit` entries by name, of all for None.

    With `backwards` they are those of the last entries, the last first.
    """
    shown = len(members) if limit is None else min(limit, len(members))
    start = len(members) - shown if backwards else 0
    found = snapshot.pks_of(snapshot.by_name(members, start, start + shown))
    return found[::-1] if backwards else found


def narrowed(snapshot: Snapshot, sets: Iterable[BitMap], typed: str = "") -> BitMap:
    """Return the entries in all of the sets that match a prefix search; every entry without sets and typed text."""
    return intersection(match_prefixes(snapshot, typed) if typed.strip() else snapshot.all, sets)
