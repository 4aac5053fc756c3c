"""Text analysis (tokenising, case and accent folding, stemming), the same for indexing, queries and highlighting."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from gvc_catalogue.text.folding import fold
from gvc_catalogue.text.tokens import ACCENTS

# Every character that is neither a letter nor a digit separates words.
WORD = re.compile(r"[^\W_]+")
# The same separators for ASCII text, as a translation table to blanks.
BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}
# A word of an unfolded text: combining accents may follow their letters.
WORD_WITH_ACCENTS = re.compile(rf"(?:[^\W_]{ACCENTS})+")
LANGUAGE = "english"
STEMMER = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(LANGUAGE)).build()
# Plurals for which the English stemmer does not give the stem of the singular.
IRREGULAR = {"consortia": "consortium", "criteria": "criterion", "analyses": "analysis", "smes": "sme"}
# Endings in s that are not plurals.
NO_PLURAL = ("ss", "us", "is", "as")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word (stemming): "patents", "patenting" and "patent" have the same stem. Cached."""
    word = IRREGULAR.get(word, word)
    stemmed = STEMMER.analyze(word)
    found = stemmed[0] if stemmed else word
    # The stemmer does not change acronyms in the plural: "mnes", "gvcs".
    if found == word and len(word) > 3 and word.endswith("s") and not word.endswith(NO_PLURAL):
        return word[:-1]
    return found


def analyse(text: str) -> list[str]:
    """Return the stems of the words of a text, in order (tokenising, folding and stemming)."""
    return list(map(stem, folded_words(text)))


def folded_words(text: str) -> list[str]:
    """Return the words of a text (tokenising), folded to no case and no accents, in order."""
    folded = fold(text)
    # Most text is ASCII, for which `translate` is twice as fast.
    return folded.translate(BLANKS).split() if folded.isascii() else WORD.findall(folded)


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and stem of each word of a text; offsets are in characters of the unfolded text."""
    # ASCII text has no combining accents, and the simpler pattern is faster.
    for match in (WORD if text.isascii() else WORD_WITH_ACCENTS).finditer(text):
        if word := printed_stem(match[0]):
            yield match.start(), match.end(), word


@lru_cache(maxsize=200_000)
def printed_stem(printed: str) -> str | None:
    """Return the stem of an unfolded word; None when folding leaves no word. A letter may fold to two. Cached."""
    return next((stem(part) for part in WORD.findall(fold(printed))), None)
