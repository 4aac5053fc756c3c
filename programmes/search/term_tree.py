"""Vocabulary in memory: terms with their broader and narrower terms, and the topics of recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from gvc_catalogue.text.folding import fold

from ..models import RecommendationTopic, Term
from ..schema.terms import SCHEMES


@dataclass(frozen=True)
class TermTree:
    """Terms by key: by scheme, each followed by its narrower terms, those of one broader term sorted by label.

    `topics` are the topics of recommendations, in the order of creation.
    """

    terms: dict[str, Term]
    topics: list[RecommendationTopic]

    @classmethod
    def load(cls) -> TermTree:
        """Return the vocabulary, read from the database. Two queries."""
        terms = sorted(Term.objects.all(), key=lambda term: (SCHEMES.index(term.scheme), fold(term.label), term.key))
        topics = list(RecommendationTopic.objects.select_related("recommendation", "term"))
        return cls({term.key: term for term in _in_tree_order(terms)}, topics)

    def of_scheme(self, scheme: str) -> list[Term]:
        """Return the terms of a scheme, each followed by its narrower terms."""
        return [term for term in self.terms.values() if term.scheme == scheme]

    @cached_property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """For the key of each term its own key and those of its broader terms, nearest first."""
        return paths(self.terms.values())

    def broader(self, term: Term) -> list[Term]:
        """Return the terms above a term, the broadest first."""
        return [self.terms[key] for key in reversed(self.paths[term.key][1:])]

    def narrower(self, term: Term) -> list[Term]:
        """Return the terms directly below a term, sorted by label."""
        return [other for other in self.terms.values() if other.broader_id == term.pk]


def _in_tree_order(terms: list[Term]) -> Iterator[Term]:
    """Yield terms depth first; `terms` are sorted."""

    def below(key: int | None) -> Iterator[Term]:
        for term in terms:
            if term.broader_id == key:
                yield term
                yield from below(term.pk)

    return below(None)


def paths(terms: Iterable[Term]) -> dict[str, tuple[str, ...]]:
    """Return for the key of each term the keys that a programme of it is found by: its own, then its broader terms'."""
    by_pk = {term.pk: term for term in terms}

    def above(term: Term | None) -> tuple[str, ...]:
        found: list[str] = []
        # A circle, which only a write past the models' validation can make, ends here.
        while term and term.key not in found:
            found.append(term.key)
            term = by_pk.get(term.broader_id or 0)
        return tuple(found)

    return {term.key: above(term) for term in by_pk.values()}
