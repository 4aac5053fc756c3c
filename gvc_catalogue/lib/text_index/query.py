"""Wants answered by a snapshot: which entries have them, what was given up or corrected, how many have each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import log
from typing import Any

from pyroaring import BitMap
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from ..words import SMALL_WORDS
from . import engine
from .analysis import analyse, folded_words, stem
from .snapshot import Snapshot
from .wanted import Synonyms, Want, Words, wanted

# Of more words than this the commonest are given up before the best choice among the rest is looked for.
MOST_CHOICES = 7
# Fewer hits than this are ranked all at once, so that ties are by slug to the letter.
FEW = 2_000
# So many at a time are read of all.
MANY = 10_000
# Phrases are dear: so many are kept for as long as a snapshot lives.
KEPT = 500


@dataclass(frozen=True)
class Found:
    """What an index answers. `dropped` are words given up, `corrected` words read as others, by what was typed."""

    snapshot: Snapshot
    members: BitMap
    counts: dict[str, dict[str, int]]
    wants: list[Want] = field(default_factory=list)
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.members)

    def keys(self, order: str, start: int, stop: int) -> list[int]:
        """Return the keys of the entries from one place to another, in an order: relevance, name, or a grouped one."""
        if order == "relevance":
            return self._by_relevance(start, stop)
        snapshot = self.snapshot
        by_name = order == "name"
        ordinals = (
            snapshot.by_name(self.members, start, stop)
            if by_name
            else snapshot.by_group(order, self.members, start, stop)
        )
        return [snapshot.pk(ordinal) for ordinal in ordinals]

    def every(self, order: str) -> Iterator[int]:
        """Yield the keys of all entries found, in an order."""
        if order == "relevance":
            yield from self._by_relevance(0, self.total)
        elif order == "name":
            for start in range(0, self.total, MANY):
                yield from self.keys(order, start, start + MANY)
        else:
            yield from map(self.snapshot.pk, self.snapshot.all_by_group(order, self.members))

    def _by_relevance(self, start: int, stop: int) -> list[int]:
        if all(want.excluded for want in self.wants):
            return [self.snapshot.pk(ordinal) for ordinal in self.snapshot.by_slug(self.members)[start:stop]]
        query = ranking(self.snapshot, self.wants, self.chosen)
        if self.total > FEW:
            return [pk for pk, _ in self.snapshot.engine.ranked(query, start, min(stop, self.total))]
        slugs = {self.snapshot.pk(o): n for n, o in enumerate(self.snapshot.by_slug(self.members))}
        # Weights that differ only by rounding are ties.
        hits = [(-round(w, 4), slugs[pk], pk) for pk, w in self.snapshot.engine.ranked(query, 0, FEW) if pk in slugs]
        return [pk for _, _, pk in sorted(hits)][start:stop]


def ask(snapshot: Snapshot, query: str, chosen: dict[str, tuple[str, ...]]) -> Found:
    """Return what has all that is wanted and one of the chosen values of each facet. Never raises.

    Each facet of `chosen` is counted, also where no entry has a value of it.
    """
    understood = understand(snapshot, query) if query else Understood(snapshot.all, [])
    sets = {name: union(snapshot.facet(name, value) for value in values) for name, values in chosen.items() if values}
    members = intersection(understood.members, sets.values())
    counts = {
        name: (count_values(snapshot, name, intersection(understood.members, leave_out(sets, name))))
        for name in {**snapshot.facets, **chosen}
    }
    return Found(snapshot, members, counts, understood.wants, chosen, understood.dropped, understood.corrected)


def leave_out(sets: dict[str, BitMap], name: str) -> list[BitMap]:
    return [members for other, members in sets.items() if other != name]


def count_values(snapshot: Snapshot, name: str, among: BitMap) -> dict[str, int]:
    """Return how many of these entries have each value of a facet; values that none has are left out."""
    if among is snapshot.all:
        return snapshot.facet_totals.get(name, {})
    counts = {
        value: among.intersection_cardinality(members) for value, members in snapshot.facets.get(name, {}).items()
    }
    return {value: number for value, number in counts.items() if number}


def union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *sets)


def intersection(members: BitMap, sets: Iterable[BitMap]) -> BitMap:
    """Return what is in all; the very same set where nothing narrows it."""
    for other in sets:
        members = members & other
    return members


# ---- What is understood of a query


@dataclass(frozen=True)
class Understood:
    """Which entries have what is wanted, as far as it could be had."""

    members: BitMap
    wants: list[Want]
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)


def understand(snapshot: Snapshot, query: str) -> Understood:
    """Return the entries with all that is wanted; when none has it, those with the most of it, and what was dropped."""
    wants = wanted(query, snapshot.synonyms)
    firm = [want for want in wants if want.firm]
    soft = [want for want in wants if not want.firm]
    base = firm_members(snapshot, firm) if wants else BitMap()
    if not soft:
        return Understood(base, firm)
    if base and (members := intersection(base, (having(snapshot, want) for want in soft))):
        return Understood(members, wants)
    return with_the_most(snapshot, base, firm, soft)


def firm_members(snapshot: Snapshot, firm: list[Want]) -> BitMap:
    """Return the entries with every phrase and nothing excluded."""
    members = intersection(snapshot.all, (having(snapshot, want) for want in firm if not want.excluded))
    return members - union(having(snapshot, want) for want in firm if want.excluded)


def with_the_most(snapshot: Snapshot, base: BitMap, firm: list[Want], soft: list[Want]) -> Understood:
    """Words that nobody has are corrected where a near one exists; then as many words as go together are kept.

    Of choices of the same number of words that of the rarer ones wins, then the one that comes first.
    """
    corrected = {want.typed: near for want in soft if not having(snapshot, want) and (near := nearest(snapshot, want))}
    read = [replacing(want, corrected, snapshot.synonyms) for want in soft]
    rare_first = sorted(
        (want for want in read if having(snapshot, want) & base), key=lambda want: -weight(snapshot, want)
    )
    kept = set(rare_first[:MOST_CHOICES])
    candidates = [want for want in read if want in kept]
    best = choose(snapshot, base, candidates)
    if not best:
        return Understood(BitMap(), [*soft, *firm])
    dropped = [old.typed for old, want in zip(soft, read, strict=True) if want not in best]
    members = intersection(base, (having(snapshot, want) for want in best))
    return Understood(members, [*best, *firm], dropped, {k: v for k, v in corrected.items() if k not in dropped})


def choose(snapshot: Snapshot, base: BitMap, candidates: list[Want]) -> tuple[Want, ...]:
    """Return the most words that one entry has together, the rarest of them; empty when nobody has any."""
    for size in range(len(candidates), 0, -1):
        possible = [
            choice
            for choice in combinations(candidates, size)
            if intersection(base, (having(snapshot, want) for want in choice))
        ]
        if possible:
            return max(possible, key=lambda choice: sum(weight(snapshot, want) for want in choice))
    return ()


def weight(snapshot: Snapshot, want: Want) -> float:
    """How much a want tells: the rarer, the more."""
    return log((1 + len(snapshot.all)) / (1 + len(having(snapshot, want))))


def replacing(want: Want, corrected: dict[str, str], synonyms: Synonyms) -> Want:
    """Return a want with its word replaced by the one it was corrected to; any other as it is."""
    if want.typed not in corrected:
        return want
    return replace(wanted(corrected[want.typed], synonyms)[0], typed=want.typed)


def nearest(snapshot: Snapshot, want: Want) -> str | None:
    """Return the word of the catalogue that a misspelt one most likely means; None when none is near enough."""
    if len(want.typed) < 4 or not want.typed.isalpha():
        return None
    allowed = 1 if len(want.typed) < 6 else 2
    near = extract(
        want.typed, snapshot.surfaces.values(), scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=20
    )
    # Of the nearest the one that most entries have.
    ranked = [(distance, -len(having_words(snapshot, (stem(word),))), word) for word, distance, _ in near]
    return min(ranked)[2] if ranked else None


# ---- Which entries have something


def having(snapshot: Snapshot, want: Want) -> BitMap:
    """Return the entries that have a want; kept for as long as the snapshot lives."""
    key = (want.phrases, want.apart)
    if key not in snapshot.kept:
        if len(snapshot.kept) >= KEPT:
            snapshot.kept.clear()
        forms = [having_words(snapshot, words) for words in want.phrases]
        apart = intersection(snapshot.all, (having_words(snapshot, (word,)) for word in want.apart))
        snapshot.kept[key] = union([*forms, *([apart] if want.apart else [])])
    return snapshot.kept[key]


def having_words(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the entries with these words in this order, in a text of their own or in one that they share."""
    shared = snapshot.shared_members(snapshot.shared_keys(words))
    own = own_word(snapshot, words[0]) if len(words) == 1 else own_phrase(snapshot, words)
    return shared | own


def own_word(snapshot: Snapshot, word: str) -> BitMap:
    """Return the entries that have a word in a text of their own; rare words are asked of the engine."""
    name, build = f"word/{word}", snapshot.build
    if name not in build.places:
        frequency = snapshot.engine.frequency(word)
        if not frequency:
            return BitMap()
        return snapshot.ordinals(snapshot.engine.all_with(snapshot.engine.phrase((word,)), frequency))
    newer = (o for o, words in enumerate(snapshot.newer.words, start=build.count) if word in words)
    return (build.set(name) | BitMap(newer)) - snapshot.newer.gone


def own_phrase(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the entries that have these words in this order in a text of their own."""
    together = intersection(snapshot.all, (own_word(snapshot, word) for word in set(words)))
    if not together:
        return together
    return snapshot.ordinals(snapshot.engine.all_with(snapshot.engine.phrase(words), len(snapshot.all)))


# ---- Ranking


def ranking(snapshot: Snapshot, wants: list[Want], chosen: dict[str, tuple[str, ...]]) -> Any:
    """Return the engine's query for what was found; own words weigh, shared ones only let in."""
    index = snapshot.engine
    parts = [form(snapshot, want) for want in wants if not want.excluded]
    parts += [index.keyed(f"{name}={value}" for value in values) for name, values in chosen.items() if values]
    excluded = [form(snapshot, want) for want in wants if want.excluded]
    query = engine.both(*(parts or [engine.everything()]))
    return engine.without(query, *excluded) if excluded else query


def form(snapshot: Snapshot, want: Want) -> Any:
    """Return the engine's query for a want: any of its forms."""
    forms = [one_form(snapshot, words) for words in want.phrases]
    if want.apart:
        forms.append(engine.both(*(one_form(snapshot, (word,)) for word in want.apart)))
    return forms[0] if len(forms) == 1 else engine.either(*forms)


def one_form(snapshot: Snapshot, words: Words) -> Any:
    """Return the engine's query for words in this order, in own texts or in shared ones."""
    own, keys = snapshot.engine.phrase(words), snapshot.shared_keys(words)
    return engine.either(own, snapshot.engine.keyed(keys)) if keys else own


# ---- Suggestions

# So many words may go on from what is typed so far.
CONTINUATIONS = 20


def suggest(snapshot: Snapshot, typed: str, limit: int) -> list[int]:
    """Return the keys of the entries that best go with what is typed so far; its last word may be unfinished."""
    *whole, last = folded_words(typed) or [""]
    if not last:
        return []
    index = snapshot.engine
    going_on = dict.fromkeys([stem(last), *(word for word, _ in index.vocabulary(last, CONTINUATIONS))])
    unfinished = engine.either(*(index.phrase((word,)) for word in going_on))
    asked = engine.both(*(index.phrase((stem(word),)) for word in whole), unfinished)
    return [pk for pk, _ in index.ranked(asked, 0, limit)]


# ---- What is like an entry

# So many of an entry's rarest words are compared.
TELLING = 20


def like(snapshot: Snapshot, pk: int, texts: Iterable[str], keys: Iterable[str], limit: int) -> list[int]:
    """Return the keys of other entries with any of these shared texts, those with most of the telling words first."""
    index = snapshot.engine
    frequencies = {word: index.frequency(word) for text in texts for word in analyse(text)}
    telling = sorted((word for word, number in frequencies.items() if number > 1), key=frequencies.__getitem__)
    asked = engine.preferably(index.keyed(keys), *(index.phrase((word,)) for word in telling[:TELLING]))
    return [other for other, _ in index.ranked(asked, 0, limit + 1) if other != pk][:limit]


def in_common(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the words that two records' texts have in common, as the second prints them, in its order."""
    stems = {word for text in texts for word in analyse(text)}
    words = (word for text in others for word in folded_words(text))
    found = {stem(word): word for word in words if stem(word) in stems and word not in SMALL_WORDS and len(word) > 2}
    return list(found.values())
