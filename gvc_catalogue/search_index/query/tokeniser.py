"""Query tokeniser: splits the text of a query into tokens, with Boolean operators and quoted phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from gvc_catalogue.search_index.analysis import folded_words, spans, stem
from gvc_catalogue.text.tokens import STOP_WORDS
from gvc_catalogue.text.words import DASHES

Words = tuple[str, ...]
# An optional minus, which may be any dash, then "quoted words" or a run without spaces. It begins after a space or a
# closing quote.
PIECE = re.compile(rf"(?<![^\s\"“”„])([-{DASHES}]?)(?:[\"“”„]([^\"“”„]*)[\"“”„]|(\S+))")
OPERATORS = frozenset(["AND", "OR", "NOT"])


@dataclass(frozen=True)
class Token:
    """A token of a query: a word, or words in this order that no space separates or that were quoted.

    `words` are folded, `printed` is the text as typed. `excluded` when an entry must not contain it; `exact` when it
    was quoted (a phrase); `alternative` when OR stands between it and the previous token; `in_capitals` when it was
    typed as an acronym is.
    """

    words: Words
    printed: str
    excluded: bool = False
    exact: bool = False
    alternative: bool = False
    in_capitals: bool = False

    @property
    def stems(self) -> Words:
        return tuple(map(stem, self.words))

    @property
    def small(self) -> bool:
        """Whether it is a stop word that is neither quoted nor typed as an acronym."""
        return len(self.words) == 1 and self.words[0] in STOP_WORDS and not (self.exact or self.in_capitals)


def tokenise(query: str) -> list[Token]:
    """Return the tokens of a query in the order typed; never raises, whatever the text.

    Operators, in capitals: `NOT` and a leading minus exclude the token that follows, `OR` makes it an alternative to
    the token before it, `AND` changes nothing.
    """
    found = list(_tokens(query))
    if found and found[0].alternative:
        found[0] = replace(found[0], alternative=False)
    if is_shouted([token.printed for token in found]):
        return found
    return [replace(token, in_capitals=is_acronym(token.printed)) for token in found]


@lru_cache(maxsize=20_000)
def expression_words(text: str) -> Words:
    """Return the folded words of a name or another expression, without stop words unless there are no others.

    Cached: after a change of any name all names are read again.
    """
    found = tokenise(text)
    return tuple(word for token in [token for token in found if not token.small] or found for word in token.words)


def is_acronym(printed: str) -> bool:
    """Return whether a word is typed in capitals, two or more."""
    return len(printed) > 1 and printed.isupper()


def is_shouted(printed: list[str]) -> bool:
    """Return whether all words are in capitals and do not look like a few acronyms."""
    return all(map(str.isupper, printed)) and (len(printed) > 3 or any(len(word) > 5 for word in printed))


def _tokens(query: str) -> Iterator[Token]:
    operators: set[str] = set()
    stretch: list[re.Match[str]] = []
    for piece in PIECE.finditer(query):
        minus, phrase, run = piece.groups()
        if run and not minus and run not in OPERATORS:
            stretch.append(piece)
            continue
        yield from _plain(query, stretch, operators)
        stretch = []
        if run in OPERATORS and not minus:
            operators.add(run)
        elif run:
            yield from _marked(_words_of(query, piece.start(3), piece.end(3)), {"NOT", *operators})
            operators.clear()
        elif words := tuple(folded_words(phrase)):
            yield from _marked([Token(words, phrase.strip(), exact=True)], operators | ({"NOT"} if minus else set()))
            operators.clear()
    yield from _plain(query, stretch, operators)


def _plain(query: str, stretch: list[re.Match[str]], operators: set[str]) -> Iterator[Token]:
    """Yield the tokens of consecutive plain runs; the operators before them belong to the first token."""
    if stretch:
        yield from _marked(_words_of(query, stretch[0].start(3), stretch[-1].end(3)), operators)
        operators.clear()


def _marked(found: list[Token], operators: set[str]) -> Iterator[Token]:
    for n, token in enumerate(found):
        marks = operators if n == 0 else set()
        yield replace(token, excluded="NOT" in marks, alternative="OR" in marks and "NOT" not in marks)


def _words_of(query: str, start: int, stop: int) -> list[Token]:
    """Return a part of the query as tokens: analysed words that no space separates are one token."""
    text = query[start:stop]
    groups: list[tuple[int, int]] = []
    for first, last, _ in spans(text):
        if groups and not any(map(str.isspace, text[groups[-1][1] : first])):
            groups[-1] = (groups[-1][0], last)
        else:
            groups.append((first, last))
    return [
        Token(words, text[first:last]) for first, last in groups if (words := tuple(folded_words(text[first:last])))
    ]
