"""Query parser: turns the text of a query into clauses, each a word, phrase or name with its synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from gvc_catalogue.search_index.analysis import analyse, stem
from gvc_catalogue.text.tokens import FILLERS, STOP_WORDS

from .gazetteer import Entity, Gazetteer
from .tokeniser import Token, Words, expression_words, tokenise

# What stands between the alternatives of a clause, as typed.
ALTERNATIVE = " OR "
# The tokens that are read instead of a typed word, by its folded form.
Readings = Mapping[str, list[Token]]


@dataclass(frozen=True)
class Clause:
    """One clause of a query. An entry matches by any of `phrases`, of `apart` or of `entities`.

    A phrase is words in this order; an element of `apart` is words that may stand anywhere; an entity stands for the
    entries of its sets. `typed` are the folded words as typed, `printed` the text as typed. `meanings` are the synonyms
    among the phrases, with their written form. `exact` clauses are quoted. `alternatives` are what OR joins.
    """

    typed: str
    printed: str
    phrases: tuple[Words, ...] = ()
    apart: tuple[Words, ...] = ()
    entities: tuple[Entity, ...] = ()
    excluded: bool = False
    exact: bool = False
    in_capitals: bool = False
    meanings: tuple[tuple[Words, str], ...] = ()
    alternatives: tuple[Clause, ...] = ()

    @property
    def parts(self) -> tuple[Clause, ...]:
        """The clauses of which an entry matches any: the alternatives of OR, otherwise the clause itself."""
        return self.alternatives or (self,)

    @property
    def names(self) -> tuple[Entity, ...]:
        """The entities that the words are a name of; terms of the vocabulary only widen the words."""
        return tuple(entity for entity in self.entities if not entity.concept)

    @property
    def concepts(self) -> tuple[Entity, ...]:
        """The terms of the vocabulary that the words are a label of."""
        return tuple(entity for entity in self.entities if entity.concept)


def label_of(clause: Clause) -> str:
    """Return the name of what a clause asks for: the label of the one thing they name, else the words as typed."""
    if len(clause.names) == 1 and ALTERNATIVE not in clause.printed:
        return clause.names[0].label
    return clause.printed.replace(ALTERNATIVE, ALTERNATIVE.lower())


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
        """Return the synonyms of analysed words, as (written, analysed) pairs; empty when there are none.

        Stop words are left out of `words`, and ignored in the expressions.
        """
        group = self.groups_by_words.get(words, ())
        return tuple((text, form) for text, form in group if stems_of(text) != words)

    @cached_property
    def groups_by_words(self) -> dict[Words, tuple[tuple[str, Words], ...]]:
        """The group of each expression, by its analysed words without stop words; the first group of several."""
        return {stems_of(text): group for group in reversed(self.groups) for text, _ in group}

    @cached_property
    def longest(self) -> int:
        return max((len(form) for group in self.groups for _, form in group), default=1)


@dataclass(frozen=True)
class Lexicon:
    """The expressions that the parser knows: synonym groups, and the names of the gazetteer."""

    synonyms: Synonyms = Synonyms(())
    gazetteer: Gazetteer = field(default_factory=Gazetteer)

    @property
    def longest(self) -> int:
        """The number of words of the longest expression."""
        return max(self.synonyms.longest, self.gazetteer.longest)

    def knows(self, run: list[Token]) -> bool:
        """Return whether a run of tokens is a name or has synonyms."""
        words = words_of(run)
        return bool(self.synonyms.of_words(tuple(map(stem, words))) or self.gazetteer.named(words, printed(run)))


@dataclass(frozen=True)
class ParsedQuery:
    """The clauses of a query in the order typed, each once, and the words that are not searched for, as typed.

    These are stop words, and words of questions unless there are no others.
    """

    clauses: list[Clause]
    ignored: list[str]


def parse_query(query: str, lexicon: Lexicon, readings: Readings = MappingProxyType({})) -> ParsedQuery:
    """Return the parsed query; it has no clause when the query has no word. Never raises.

    `readings` are tokens to read instead of a typed word, by its folded form.
    """
    found = [read for token in tokenise(query) for read in read_as(token, readings)]
    places = list(_runs(found, lexicon))
    read = list(joined((run[0].alternative, clause_of(run, lexicon)) for _, run in places))
    clauses = list({(clause.typed, clause.excluded, clause.exact): clause for clause in reversed(read)}.values())[::-1]
    telling = [clause for clause in clauses if not is_filler(clause)]
    fillers = [clause for clause in clauses if is_filler(clause)]
    if all(clause.excluded for clause in telling):
        telling, fillers = clauses, []
    searched = {place for among, _ in places for place in among}
    ignored = [token.printed for place, token in enumerate(found) if place not in searched]
    return ParsedQuery(telling, ignored + [clause.printed for clause in fillers])


def read_as(token: Token, readings: Readings) -> list[Token]:
    """Return the tokens to read instead of a token: itself unless it is one plain word with a reading."""
    if token.exact or len(token.words) > 1 or token.words[0] not in readings:
        return [token]
    first, *others = readings[token.words[0]]
    return [replace(first, excluded=token.excluded, alternative=token.alternative), *others]


def is_filler(clause: Clause) -> bool:
    """Return whether a clause is one word of a question, such as "which" or "countries"."""
    return clause.typed in FILLERS and not (clause.exact or clause.in_capitals or clause.excluded)


def _runs(found: list[Token], lexicon: Lexicon) -> Iterator[tuple[range, list[Token]]]:
    """Yield the tokens of each clause with their places: the longest run that is a name or has synonyms, or one token.

    Stop words are left out, unless they stand inside a run or there are no other tokens.
    """
    small = all(token.small for token in found)
    start, operators = 0, Operators()
    while start < len(found):
        if found[start].small and not small:
            operators = operators.after(found[start])
            start += 1
            continue
        stop = next((n for n in _stops(found, start, lexicon) if lexicon.knows(found[start:n])), start + 1)
        yield range(start, stop), [operators.on(found[start]), *found[start + 1 : stop]]
        start, operators = stop, Operators()


class Operators(NamedTuple):
    """The operators of stop words that are left out: they belong to the token that follows."""

    excluded: bool = False
    alternative: bool = False

    def after(self, token: Token) -> Operators:
        return Operators(self.excluded or token.excluded, self.alternative or token.alternative)

    def on(self, token: Token) -> Token:
        found = self.after(token)
        return replace(token, excluded=found.excluded, alternative=found.alternative) if any(self) else token


def _stops(found: list[Token], start: int, lexicon: Lexicon) -> Iterator[int]:
    """Yield the possible ends of a run, the farthest first: before a quoted, an excluded or an alternative token."""
    stop, words = start + 1, 1
    while stop < len(found) and words < lexicon.longest and not found[start].exact:
        if found[stop].exact or found[stop].excluded or found[stop].alternative:
            break
        words += not found[stop].small
        stop += 1
    return (n for n in range(stop, start, -1) if not found[n - 1].small)


def words_of(run: list[Token]) -> Words:
    """Return the folded words of a run; stop words are left out unless there are no others."""
    kept = [token for token in run if not token.small] or run
    words = tuple(word for token in kept for word in token.words)
    return tuple(word for word in words if word not in STOP_WORDS) or words if run[0].exact else words


def stems_of(expression: str) -> Words:
    """Return the analysed words of an expression, without stop words."""
    return tuple(map(stem, expression_words(expression)))


def printed(run: list[Token]) -> str:
    return " ".join(token.printed for token in run)


def clause_of(run: list[Token], lexicon: Lexicon) -> Clause:
    """Return the clause of a run of tokens. A quoted phrase is widened by names, never by synonyms or concepts.

    The words are also a label of the terms that a synonym is a label of.
    """
    words, first = words_of(run), run[0]
    stems = first.stems if first.exact else tuple(map(stem, words))
    others = () if first.exact else lexicon.synonyms.of_words(stems)
    labels = (lexicon.gazetteer.labels.get(stems_of(text), ()) for text, _ in others)
    entities = dict.fromkeys((*lexicon.gazetteer.named(words, printed(run)), *chain.from_iterable(labels)))
    named = any(not entity.concept for entity in entities)
    # The words of a label or synonym may also stand apart; those of a name may not.
    whole = len(run) == 1 or named or not (entities or others)
    own = (stems,) if whole and not is_acronym_of_stop_word(run) else ()
    return Clause(
        " ".join(word for token in run for word in token.words),
        printed(run),
        phrases=(*own, *(form for _, form in others)),
        apart=() if whole else (stems,),
        entities=tuple(entity for entity in entities if not (first.exact and entity.concept)),
        excluded=first.excluded,
        exact=first.exact,
        in_capitals=all(token.in_capitals for token in run),
        meanings=tuple((form, text) for text, form in others),
    )


def is_acronym_of_stop_word(run: list[Token]) -> bool:
    """Return whether a run is a stop word in capitals: texts have no capitals in the index, so "IT" would find "it"."""
    return len(run) == 1 and run[0].in_capitals and run[0].words[0] in STOP_WORDS | FILLERS


def joined(clauses: Iterable[tuple[bool, Clause]]) -> Iterator[Clause]:
    """Yield the clauses; one that is an alternative is merged with the one before it (disjunction)."""
    before: Clause | None = None
    for alternative, clause in clauses:
        if before and alternative and not before.excluded:
            before = either(before, clause)
        else:
            yield from [before] if before else []
            before = clause
    yield from [before] if before else []


def either(one: Clause, other: Clause) -> Clause:
    """Return the clause that an entry matches if it matches one of two (disjunction)."""
    return replace(
        one,
        typed=f"{one.typed} or {other.typed}",
        printed=f"{one.printed}{ALTERNATIVE}{other.printed}",
        phrases=one.phrases + other.phrases,
        apart=one.apart + other.apart,
        entities=one.entities + other.entities,
        meanings=one.meanings + other.meanings,
        exact=False,
        in_capitals=False,
        alternatives=(*one.parts, *other.parts),
    )
