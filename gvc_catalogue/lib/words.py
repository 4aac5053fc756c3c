"""A reader's words, taken apart, and each as a pattern that SQLite and PostgreSQL understand alike."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .folding import fold

# A term of the search box: an optional minus, then "quoted words" or a run without spaces.
TERM = re.compile(r"(?<!\S)(-?)(?:[\"“”„]([^\"“”„]*)[\"“”„]|(\S+))")
# Everything that is neither a letter nor a digit parts two words.
WORD = re.compile(r"[^\W_]+")
# Too common to ask for, unless inside a phrase or alone.
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "do",
        "does",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "what",
        "who",
        "with",
    ]
)
# The same as WORD, as ranges: PostgreSQL in the C locale takes only ASCII for letters.
LETTERS = "0-9A-Za-zÀ-ÖØ-öø-\u1fff\u2c00-\ud7ff"
EDGE = f"[^{LETTERS}]"
ACCENTS = "[\u0300-\u036f]*"


@dataclass(frozen=True)
class Term:
    """One thing asked for: a word, or words in this order; `excluded` where it must not stand in the text."""

    words: tuple[str, ...]
    excluded: bool = False
    exact: bool = False

    @property
    def pattern(self) -> str:
        """A regular expression for the words with an edge on both sides; singular and plural are one unless exact."""
        between = f"{EDGE}+"
        last = spelt(self.words[-1]) if self.exact else either_number(self.words[-1])
        inner = between.join([*map(spelt, self.words[:-1]), last])
        return f"(^|{EDGE}){inner}($|{EDGE})"


def terms(query: str) -> list[Term]:
    """Return the terms of a search box's text, in order, each once; never raises, whatever was typed."""
    found = dict.fromkeys(_terms(query))
    wanted = [term for term in found if not (term.words[0] in SMALL_WORDS and len(term.words) == 1)]
    return wanted or list(found)


def _terms(query: str) -> Iterator[Term]:
    for minus, phrase, run in TERM.findall(query):
        words = tuple(WORD.findall(fold(phrase or run)))
        if words:
            yield Term(words, excluded=bool(minus), exact=bool(phrase))


def either_number(word: str) -> str:
    """Return a pattern for a word in singular and plural: cluster, clusters; policy, policies; process, processes."""
    if len(word) <= 3 or not word.isascii():
        return spelt(word) + "(s|S)?"
    if word.endswith(("ies", "y")):
        return spelt(word.removesuffix("ies").removesuffix("y")) + "([yY]|[iI][eE][sS])"
    if word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return spelt(word) + "([eE]?[sS])?"


def spelt(word: str) -> str:
    """Return a pattern for a folded word in any case and with any accents."""
    return "".join(_any_case_and_accent(letter) + ACCENTS for letter in word)


@cache
def _any_case_and_accent(letter: str) -> str:
    if not letter.isalnum():
        return re.escape(letter)
    return "[" + "".join(sorted({letter, letter.lower(), letter.upper()[:1]} | _accented().get(letter, set()))) + "]"


@cache
def _accented() -> dict[str, set[str]]:
    """Return for each folded letter the Latin letters that fold to it."""
    table: dict[str, set[str]] = {}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        character = chr(code)
        if unicodedata.category(character).startswith("L") and len(folded := fold(character)) == 1:
            table.setdefault(folded, set()).add(character)
    return table
