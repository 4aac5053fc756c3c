"""Text analysis (tokenising, case and accent folding, stemming), the same for indexing, queries and highlighting."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from gvc_catalogue.text.spelling_variants import AMERICAN_AND_BRITISH, british
from gvc_catalogue.text.stems import SINGULARS, STEMS
from gvc_catalogue.text.words import folded_words, word_spans

__all__ = ["analyse", "folded_words", "spans", "stem"]

STEMMER = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()
# Plurals of acronyms, which the stemmer does not change: "mnes", "gvcs", "fdis", "ftas".
ACRONYMS = re.compile(r"(?!this$|chris$|kris$)([^aeiouy]{2,}[ia]|.{2,}[^isua])s")


def snowball(word: str) -> str:
    """Return the stem of the Snowball stemmer for English; a word of which it leaves nothing unchanged."""
    stemmed = STEMMER.analyze(word)
    return stemmed[0] if stemmed else word


# The stems of American spellings, with those of the British ones.
BRITISH_STEMS = {snowball(american): snowball(british) for american, british in AMERICAN_AND_BRITISH}


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word (stemming): "patents", "patenting" and "patent" have the same stem. Cached.

    British and American spellings have the same stem. Exceptions of the stemmer are in text/stems.py.
    """
    word = british(SINGULARS.get(word, word))
    if word in STEMS:
        return STEMS[word]
    found = snowball(word)
    if found == word and ACRONYMS.fullmatch(word):
        return word[:-1]
    return BRITISH_STEMS.get(found, found)


def analyse(text: str) -> list[str]:
    """Return the stems of the words of a text, in order (tokenising, folding and stemming)."""
    return list(map(stem, folded_words(text)))


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and stem of each word of `analyse(text)`; offsets are in characters of the unfolded text."""
    return ((start, end, stem(word)) for start, end, word in word_spans(text))
