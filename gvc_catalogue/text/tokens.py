"""Tokeniser of search queries: splits a query into terms, and makes regexes for SQLite and PostgreSQL."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from .folding import fold
from .words import DASHES, folded_words, word_spans

# A term of the query: an optional minus, which may be any dash, then "quoted words" or a run without spaces. It begins
# after a space or a closing quote.
TERM = re.compile(rf"(?<![^\s\"“”„])([-{DASHES}]?)(?:[\"“”„]([^\"“”„]*)[\"“”„]|(\S+))")
# Every character that is neither a letter nor a digit separates two words.
WORD = re.compile(r"[^\W_]+")
# Stop words: too common to search for, except in a phrase or when the query has no other terms.
# fmt: off
STOP_WORDS = frozenset([
    "a", "about", "an", "and", "are", "as", "at", "be", "by", "do", "does", "for", "from", "has", "have", "how", "in",
    "is", "it", "its", "of", "on", "or", "that", "the", "there", "this", "to", "what", "when", "where", "which", "who",
    "with",
])
# fmt: on
# The same as WORD, as ranges: PostgreSQL in the C locale recognises only ASCII letters.
LETTERS = "0-9A-Za-zªµºÀ-ÖØ-öø-\u1fff\u2c00-\u2dff\u3005-\u3007\u3040-\ud7ff\uf900-\ufb06"
EDGE = f"[^{LETTERS}]"
# Combining accents, and the voicing marks of Japanese.
ACCENTS = "[\u0300-\u036f\u3099\u309a]*"
# Code points of letters with accents: Latin, Greek and Cyrillic, more of them, and kana.
ALPHABETS = (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000), *range(0x3040, 0x3100))
# The letters of a folded word, and pairs that replace one letter: æ, œ, ß, þ.
PART = re.compile("ae|oe|ss|th|.", re.DOTALL)


@dataclass(frozen=True)
class Term:
    """A term of the query: a word, or words in this order.

    `excluded` when the text must not contain it; `exact` when it was quoted (a phrase). `printed` is the term as typed,
    without minus and quotes; it does not count when terms are compared.
    """

    words: tuple[str, ...]
    excluded: bool = False
    exact: bool = False
    printed: str = field(default="", compare=False)


def terms(query: str) -> list[Term]:
    """Return the terms of a search query, in order, without duplicates; never raises, whatever the text.

    Stop words are left out, unless the query consists of them.
    """
    found = dict.fromkeys(_terms(query))
    wanted = [term for term in found if not (term.words[0] in STOP_WORDS and len(term.words) == 1)]
    return wanted or list(found)


def _terms(query: str) -> Iterator[Term]:
    for plain, found in groupby(TERM.finditer(query), key=_is_plain):
        matches = list(found)
        yield from _plain_terms(query, matches) if plain else _firm_terms(matches)


def _is_plain(match: re.Match[str]) -> bool:
    return not match[1] and match[2] is None


def _firm_terms(found: list[re.Match[str]]) -> Iterator[Term]:
    for match in found:
        printed = match[2] or match[3] or ""
        if words := tuple(folded_words(printed)):
            yield Term(words, excluded=bool(match[1]), exact=bool(match[2]), printed=printed)


def _plain_terms(query: str, runs: list[re.Match[str]]) -> Iterator[Term]:
    """Yield the terms of plain runs in succession; a compound that is spelt open is one term: "start ups"."""
    offset = runs[0].start()
    ends = [run.end() - offset for run in runs]
    spans = word_spans(query[offset : runs[-1].end()])
    for _, inside in groupby(spans, key=lambda span: bisect_right(ends, span[0])):
        words = list(inside)
        yield Term(tuple(word for _, _, word in words), printed=query[offset + words[0][0] : offset + words[-1][1]])


def spelt(word: str) -> str:
    """Return a regex for a folded word in any case, with any accents, and with letters such as æ and ß."""
    return "".join(map(_any_spelling, PART.findall(word)))


@cache
def _any_spelling(part: str) -> str:
    apart = "".join(_any_case_and_accent(letter) + ACCENTS for letter in part)
    if len(part) == 1:
        return apart
    return f"({apart}|[{''.join(sorted(_folded_to()[part]))}]{ACCENTS})"


@cache
def _any_case_and_accent(letter: str) -> str:
    if not letter.isalnum():
        return re.escape(letter)
    return "[" + "".join(sorted({letter, letter.lower(), letter.upper()[:1]} | _folded_to().get(letter, set()))) + "]"


@cache
def _folded_to() -> dict[str, set[str]]:
    """Return for each folded letter, and for some pairs, the set of letters that fold to it."""
    table: dict[str, set[str]] = {}
    for character in map(chr, ALPHABETS):
        if unicodedata.category(character).startswith("L") and (folded := fold(character)):
            table.setdefault(folded, set()).add(character)
    return table
