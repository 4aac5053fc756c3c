"""Text analysis (tokenising, case and accent folding, stemming), the same for indexing, queries and highlighting."""

from collections.abc import Iterator
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from gvc_catalogue.text.words import folded_words, word_spans

__all__ = ["analyse", "folded_words", "spans", "stem"]

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


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and stem of each word of `analyse(text)`; offsets are in characters of the unfolded text."""
    return ((start, end, stem(word)) for start, end, word in word_spans(text))
