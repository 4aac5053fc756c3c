"""Tokenising of texts and queries: folded words, and the characters of the text that each of them covers.

- Apostrophes, also U+02BB and U+02BC, are alike. A possessive 's is left out; inside a word the apostrophe is left
  out ("O'Brien", "Hawaiʻi"), after an article of French or Italian it separates ("l'Oréal").
- All Unicode dashes are hyphens. Compounds are one word however they are spelt (see compounds.py).
- Dotted acronyms are one word: "W.I.P.O.".
- Combining marks belong to their word.
- Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are read as overlapping pairs of characters (bigrams), a
  single character as itself. The others have no spaces between words; Korean has, but its particles join the word.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from .compounds import FIRST_WORDS, TELLING, closes_up
from .folding import fold, fold_with_offsets

# Punctuation of most texts that are not ASCII otherwise: replaced first, such a text is as fast as an ASCII text.
COMMON_PUNCTUATION = tuple(zip("’‘“”–—…\u00a0", "''\"\"-- \u0020", strict=True))
APOSTROPHES = "‘’‛ʻʼʽꞌ՚"
DASHES = (
    "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c"
    "\u3030\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead"
)
PUNCTUATION = {**dict.fromkeys(map(ord, APOSTROPHES), "'"), **dict.fromkeys(map(ord, DASHES), "-")}
# In a folded text this character stands for one that is left out of a word, so that the length is unchanged.
JOINT = "\0"
# These patterns begin with a plain character, which makes them fast; what is before it is looked at afterwards.
POSSESSIVE = re.compile(r"'s(?![^\W_])")
INNER_APOSTROPHE = re.compile(r"'(?=[^\W\d_])")
ELIDED = frozenset(["c", "d", "j", "l", "all", "dall", "dell", "nell", "sull", "jusqu", "lorsqu", "puisqu", "qu"])
ACRONYM = re.compile(r"(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?")
DOT_IN_WORD = re.compile(r"\.[^\W\d_]")
HYPHEN = re.compile(r"-(?=[^\W\d_])")
GAP = re.compile(r"(?<=[^\W_])-?\s+(?=[^\W\d_])")
LAST_WORD = re.compile(r"[^\W_]+\Z")
FIRST_WORD = re.compile(r"[^\W_]+")
# First words of compounds are shorter than this.
FIRST_LENGTH = 12
# A word of a text in which BLANKS has replaced the separators.
WORD = re.compile(r"[^\W_]\S*")
# Scripts without spaces between words (and Korean), as the ranges of a character class.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3021-\u3029\u3040-\u312f\u31f0-\u31ff\u3400-\u9fff"
UNSPACED += "\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED_RUN = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
HAS_UNSPACED = re.compile(f"[{UNSPACED}]")


class _Blanks(dict[int, str | int]):
    """Translation table to blanks of all characters but letters, digits and their marks; computed once for each."""

    def __missing__(self, code: int) -> str | int:
        character = chr(code)
        part_of_word = character.isalnum() or unicodedata.category(character)[0] == "M" or character == JOINT
        self[code] = found = code if part_of_word else " "
        return found


BLANKS = _Blanks()
# The same as a plain dictionary, with which `translate` is faster.
ASCII_BLANKS: dict[int, str | int] = {code: BLANKS[code] for code in range(128)}


def folded_words(text: str) -> list[str]:
    """Return the words of a text (tokenising), folded to no case and no accents, in order."""
    folded = fold(_plain(text))
    if not folded.isascii():
        return [word for _, _, word in _spans(folded)]
    joined = _joined(folded)
    words = joined.translate(ASCII_BLANKS).split()
    if _has_open_compound(words):
        joined = GAP.sub(_closed, joined)
        words = joined.translate(ASCII_BLANKS).split()
    return [word.replace(JOINT, "") for word in words] if JOINT in joined else words


def word_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded word of each word of `folded_words(text)`, in order.

    Offsets are in characters of `text`. Spans of bigrams overlap, and of words that one character folds to.
    """
    text = _plain(text)
    if text.isascii():
        yield from _spans(text.lower())
        return
    folded, starts, ends = fold_with_offsets(text)
    for start, end, word in _spans(folded):
        yield starts[start], ends[end - 1], word


def _plain(text: str) -> str:
    """Return a text of the same length with ASCII characters for common punctuation, and without JOINT."""
    if not text.isascii():
        for typographic, plain in COMMON_PUNCTUATION:
            text = text.replace(typographic, plain)
    return text.replace(JOINT, " ")


def _spans(folded: str) -> Iterator[tuple[int, int, str]]:
    joined = _joined(folded if folded.isascii() else folded.translate(PUNCTUATION))
    if _has_open_compound(FIRST_WORD.findall(joined)):
        joined = GAP.sub(_closed, joined)
    for match in WORD.finditer(joined.translate(BLANKS)):
        start, word = match.start(), match[0]
        if word.isascii() or not HAS_UNSPACED.search(word):
            yield start, match.end(), word.replace(JOINT, "")
        else:
            yield from _bigrams(start, word)


def _bigrams(start: int, word: str) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of a word in which characters of a script without spaces stand, beside others or not."""
    for run in UNSPACED_RUN.finditer(word):
        first = start + run.start()
        if not HAS_UNSPACED.match(run[0]):
            if other := WORD.search(run[0]):
                yield first + other.start(), first + other.end(), other[0].replace(JOINT, "")
            continue
        # A character begins where no mark stands.
        places = [place for place, character in enumerate(run[0]) if character.isalnum()] or [0]
        ends = [*places[1:], len(run[0])]
        for place, end in zip(places, ends[1:] or ends, strict=False):
            yield first + place, first + end, run[0][place:end]


def _joined(folded: str) -> str:
    """Return a folded text of the same length, with JOINT for what is left out of words and hyphenated compounds."""
    if "'" in folded:
        folded = POSSESSIVE.sub(_without_possessive, folded)
        if "'" in folded:
            folded = INNER_APOSTROPHE.sub(_without_apostrophe, folded)
    if DOT_IN_WORD.search(folded):
        folded = ACRONYM.sub(_without_dots, folded)
    return HYPHEN.sub(_closed, folded) if "-" in folded else folded


def _has_open_compound(words: list[str]) -> bool:
    """Return whether two words in succession are one compound: fast, as most texts have none."""
    if TELLING.isdisjoint(words):
        return False
    telling = TELLING.intersection(words)
    places = [place for place, word in enumerate(words) if word in telling]
    return any(
        closes_up(first, second, hyphen=False)
        for place in places
        for first, second in pairwise(words[max(0, place - 1) : place + 2])
    )


def _without_possessive(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 1)]
    return "  " if before.isalnum() or before == "." else match[0]


def _without_apostrophe(match: re.Match[str]) -> str:
    before = _word_before(match.string, match.start())
    if not before:
        return "'"
    return " " if before in ELIDED else JOINT


def _word_before(text: str, place: int) -> str:
    """Return the word that ends at a place of a folded text, its last letters only if it is long; "" for none."""
    match = LAST_WORD.search(text, max(0, place - FIRST_LENGTH), place)
    return match[0] if match else ""


def _without_dots(match: re.Match[str]) -> str:
    return match[0].rstrip(".").replace(".", JOINT) + " " * match[0].endswith(".")


def _closed(match: re.Match[str]) -> str:
    """Return what stands for the gap between two words: JOINT when they are one compound, else the gap itself."""
    text, gap = match.string, match[0]
    first = _word_before(text, match.start())
    if first not in FIRST_WORDS or text.endswith(JOINT, 0, match.start() - len(first)):
        return gap
    second = FIRST_WORD.match(text, match.end())
    return JOINT * len(gap) if second and closes_up(first, second[0], hyphen=gap == "-") else gap
