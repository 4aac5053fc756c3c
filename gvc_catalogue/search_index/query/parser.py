"""Query parser: turns the text of a query into clauses, each a word or phrase with its synonyms (query expansion)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gvc_catalogue.search_index.analysis import analyse, stem
from gvc_catalogue.text.tokens import STOP_WORDS, Term, terms

Words = tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """One clause of a query. An entry matches if it contains any of `phrases` (words in this order), or all of `apart`.

    `typed` are the folded words as typed. `meanings` are the synonyms among the phrases, with their written form.
    `firm` clauses, which are quoted phrases and exclusions, are never dropped by query relaxation.
    """

    typed: str
    phrases: tuple[Words, ...]
    apart: Words = ()
    excluded: bool = False
    firm: bool = False
    meanings: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True)
class Synonyms:
    """Synonym groups: expressions of the same meaning, each as written and as analysed words."""

    groups: tuple[tuple[tuple[str, Words], ...], ...]

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> Synonyms:
        """Return the analysed synonym groups; an expression without a word, such as a dash, is skipped."""
        formed = ([(text, tuple(analyse(text))) for text in group] for group in groups)
        return cls(tuple(tuple((text, form) for text, form in group if form) for group in formed))

    def of_words(self, words: Words) -> tuple[tuple[str, Words], ...]:
        """Return the synonyms of these words, as (written, analysed) pairs; empty when there are none.

        Stop words of the expressions are ignored in the comparison.
        """
        for group in self.groups:
            if any(without_stop_words(form) == words for _, form in group):
                return tuple((text, form) for text, form in group if without_stop_words(form) != words)
        return ()

    @property
    def longest(self) -> int:
        return max((len(form) for group in self.groups for _, form in group), default=1)


def without_stop_words(words: Words) -> Words:
    """Return the words without stop words; all words when there are only stop words."""
    return tuple(word for word in words if word not in STOP_WORDS) or words


def parse_query(query: str, synonyms: Synonyms) -> list[Clause]:
    """Return the clauses of a query: plain words in the order typed, then phrases and exclusions. Never raises.

    The list is empty when the query has no word.
    """
    found = terms(query)
    plain = [term for term in found if not term.excluded and not term.exact]
    firm = [term for term in found if term.excluded or term.exact]
    return [*_plain(plain, synonyms), *(_firm(term, synonyms) for term in firm)]


def _firm(term: Term, synonyms: Synonyms) -> Clause:
    words = tuple(map(stem, term.words))
    others = () if term.exact or term.excluded else synonyms.of_words(words)
    phrases = (words, *(form for _, form in others))
    return Clause(" ".join(term.words), phrases, excluded=term.excluded, firm=True, meanings=meanings(others))


def _plain(found: list[Term], synonyms: Synonyms) -> Iterator[Clause]:
    """Yield a clause for each word, and one for a run of words with synonyms: the longest run from the left."""
    start = 0
    while start < len(found):
        length = next((n for n in _lengths(found, start, synonyms) if synonyms.of_words(_stems(found, start, n))), 1)
        yield _want(found[start : start + length], synonyms)
        start += length


def _lengths(found: list[Term], start: int, synonyms: Synonyms) -> range:
    return range(min(synonyms.longest, len(found) - start), 0, -1)


def _stems(found: list[Term], start: int, length: int) -> Words:
    return tuple(stem(word) for term in found[start : start + length] for word in term.words)


def _want(run: list[Term], synonyms: Synonyms) -> Clause:
    words = _stems(run, 0, len(run))
    others = synonyms.of_words(words)
    typed = " ".join(word for term in run for word in term.words)
    own = (words,) if len(run) == 1 else ()
    return Clause(
        typed,
        (*own, *(form for _, form in others)),
        apart=words if len(run) > 1 else (),
        meanings=meanings(others),
    )


def meanings(others: tuple[tuple[str, Words], ...]) -> tuple[tuple[Words, str], ...]:
    return tuple((form, text) for text, form in others)
