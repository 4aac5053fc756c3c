"""Query parser: turns the text of a query into clauses, each a word, phrase or name with its synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.text.tokens import FILLERS, STOP_WORDS

from .gazetteer import Entity, Gazetteer, without_stop_words
from .tokeniser import Token, Words, tokenise

# What stands between the alternatives of a clause, as typed.
ALTERNATIVE = " OR "


@dataclass(frozen=True)
class Clause:
    """One clause of a query. An entry matches by any of `phrases`, of `apart` or of `entities`.

    A phrase is words in this order; an element of `apart` is words that may stand anywhere; an entity stands for the
    entries of its sets. `typed` are the folded words as typed, `printed` the text as typed. `meanings` are the synonyms
    among the phrases, with their written form. `exact` clauses are quoted.
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
        """Return the synonyms of these words, as (written, analysed) pairs; empty when there are none.

        Stop words of the expressions are ignored in the comparison.
        """
        group = self.groups_by_words.get(words, ())
        return tuple((text, form) for text, form in group if without_stop_words(form) != words)

    @cached_property
    def groups_by_words(self) -> dict[Words, tuple[tuple[str, Words], ...]]:
        """The group of each expression, by its analysed words without stop words; the first group of several."""
        return {without_stop_words(form): group for group in reversed(self.groups) for _, form in group}

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
        return bool(self.synonyms.of_words(stems_of(run)) or self.gazetteer.named(words_of(run), printed(run)))


@dataclass(frozen=True)
class ParsedQuery:
    """The clauses of a query in the order typed, and the words that are not searched for, as typed.

    These are stop words, and words of questions unless there are no others.
    """

    clauses: list[Clause]
    ignored: list[str]


def parse_query(query: str, lexicon: Lexicon) -> ParsedQuery:
    """Return the parsed query; it has no clause when the query has no word. Never raises."""
    found = tokenise(query)
    wanted = [token for token in found if not is_small(token)]
    clauses = list(_clauses(wanted or found, lexicon))
    telling = [clause for clause in clauses if not is_filler(clause)]
    kept = telling if any(not clause.excluded for clause in telling) else clauses
    ignored = [token.printed for token in found if wanted and token not in wanted]
    return ParsedQuery(kept, ignored + [clause.printed for clause in clauses if clause not in kept])


def is_small(token: Token) -> bool:
    """Return whether a token is a stop word that is neither quoted nor typed as an acronym."""
    return len(token.words) == 1 and token.words[0] in STOP_WORDS and not (token.exact or token.in_capitals)


def is_filler(clause: Clause) -> bool:
    """Return whether a clause is one word of a question, such as "which" or "countries"."""
    return clause.typed in FILLERS and not (clause.exact or clause.in_capitals or clause.excluded)


def _clauses(found: list[Token], lexicon: Lexicon) -> Iterator[Clause]:
    """Yield a clause for each token, and one for a run of tokens that is a name or has synonyms: the longest run.

    A clause after OR is merged with the one before it.
    """
    before: Clause | None = None
    start = 0
    while start < len(found):
        length = next((n for n in _lengths(found, start, lexicon) if lexicon.knows(found[start : start + n])), 1)
        clause = clause_of(found[start : start + length], lexicon)
        if before and found[start].alternative and not before.excluded:
            before = either(before, clause)
        else:
            if before:
                yield before
            before = clause
        start += length
    if before:
        yield before


def _lengths(found: list[Token], start: int, lexicon: Lexicon) -> range:
    """Return the possible lengths of a run: it ends before a quoted, an excluded or an alternative token."""
    if found[start].exact:
        return range(1, 0, -1)
    stop = start + 1
    while stop < min(start + lexicon.longest, len(found)):
        if found[stop].exact or found[stop].excluded or found[stop].alternative:
            break
        stop += 1
    return range(stop - start, 0, -1)


def words_of(run: list[Token]) -> Words:
    return tuple(word for token in run for word in token.words)


def stems_of(run: list[Token]) -> Words:
    return tuple(stem for token in run for stem in token.stems)


def printed(run: list[Token]) -> str:
    return " ".join(token.printed for token in run)


def clause_of(run: list[Token], lexicon: Lexicon) -> Clause:
    """Return the clause of a run of tokens. An exclusion is widened by names, never by synonyms or concepts.

    The words are also a label of the terms that a synonym is a label of.
    """
    words, first = stems_of(run), run[0]
    literal = first.exact or first.excluded
    others = () if literal else lexicon.synonyms.of_words(words)
    entities = lexicon.gazetteer.named(words_of(run), printed(run))
    labels = lexicon.gazetteer.labels
    entities = tuple(
        dict.fromkeys(
            (*entities, *(entity for _, form in others for entity in labels.get(without_stop_words(form), ())))
        )
    )
    # The words of a label or synonym may also stand apart; those of a name may not.
    whole = len(run) == 1 or literal or not (entities or others) or any(not entity.concept for entity in entities)
    return Clause(
        " ".join(words_of(run)),
        printed(run),
        phrases=(*((words,) if whole else ()), *(form for _, form in others)),
        apart=() if whole else (words,),
        entities=tuple(entity for entity in entities if not (literal and entity.concept)),
        excluded=first.excluded,
        exact=first.exact,
        in_capitals=all(token.in_capitals for token in run),
        meanings=tuple((form, text) for text, form in others),
    )


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
        exact=one.exact or other.exact,
    )
