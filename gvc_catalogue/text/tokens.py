"""Words of a text: their pattern, stop words, and regexes of a word for SQLite and PostgreSQL."""

import re
import unicodedata
from functools import cache

from .folding import fold

# Every character that is neither a letter nor a digit separates two words.
WORD = re.compile(r"[^\W_]+")
# Stop words: too common to search for, except in a phrase or when the query has no other terms.
# fmt: off
STOP_WORDS = frozenset([
    "a", "across", "against", "all", "along", "also", "although", "am", "among", "amongst", "an", "and", "any",
    "are", "as", "at", "be", "because", "been", "being", "between", "both", "but", "by", "during", "each", "either",
    "every", "for", "from", "had", "has", "have", "he", "her", "here", "his", "however", "i", "if", "in", "into",
    "is", "it", "its", "just", "me", "more", "most", "much", "my", "no", "nor", "not", "of", "on", "only", "onto",
    "or", "other", "others", "our", "over", "own", "per", "same", "she", "so", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "through", "throughout", "to", "toward",
    "towards", "under", "until", "upon", "via", "was", "we", "were", "whether", "while", "will", "with",
    "within", "without", "you", "your",
])
# Words of questions and of requests: not searched for when the query has other words.
FILLERS = frozenset([
    "about", "can", "could", "countries", "country", "did", "do", "does", "example", "examples", "find", "get", "give",
    "gives", "help", "helps", "how", "programme", "programmes", "program", "programs",
    "provide", "provides", "scheme", "schemes", "should", "support", "supports", "tell", "us", "what",
    "when", "where", "which", "who", "whom", "whose", "why", "would",
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
