"""How text becomes words to search by: the one place, for what is indexed, asked and marked alike."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from gvc_catalogue.text.folding import fold
from gvc_catalogue.text.tokens import ACCENTS

# Everything that is neither a letter nor a digit parts two words.
WORD = re.compile(r"[^\W_]+")
# The same for ASCII: all of it that parts two words, as blanks.
BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}
# A word as it stands in a text: its accents may follow their letters.
WORD_WITH_ACCENTS = re.compile(rf"(?:[^\W_]{ACCENTS})+")
LANGUAGE = "english"
STEMMER = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(LANGUAGE)).build()
# Plurals that the English stemmer leaves apart from their singular.
IRREGULAR = {"consortia": "consortium", "criteria": "criterion", "analyses": "analysis", "smes": "sme"}
# Endings in s that are no plural.
NO_PLURAL = ("ss", "us", "is", "as")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the form by which a folded word is found: "patents", "patenting" and "patent" have one."""
    word = IRREGULAR.get(word, word)
    stemmed = STEMMER.analyze(word)
    found = stemmed[0] if stemmed else word
    # The stemmer keeps acronyms in the plural as they are: "mnes", "gvcs".
    if found == word and len(word) > 3 and word.endswith("s") and not word.endswith(NO_PLURAL):
        return word[:-1]
    return found


def analyse(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return list(map(stem, folded_words(text)))


def folded_words(text: str) -> list[str]:
    """Return a text's words without case and accents, in order."""
    folded = fold(text)
    # Most of it is ASCII, and this is twice as fast.
    return folded.translate(BLANKS).split() if folded.isascii() else WORD.findall(folded)


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and stem of each word of a text, in characters of the text as it stands."""
    # Most text is plain, and has no accents to be looked for after each letter.
    for match in (WORD if text.isascii() else WORD_WITH_ACCENTS).finditer(text):
        if word := printed_stem(match[0]):
            yield match.start(), match.end(), word


@lru_cache(maxsize=200_000)
def printed_stem(printed: str) -> str | None:
    """Return the stem of a word as it is printed; None where nothing of it is left. A letter may fold to two."""
    return next((stem(part) for part in WORD.findall(fold(printed))), None)
