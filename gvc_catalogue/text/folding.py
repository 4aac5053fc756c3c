"""Case folding and removal of accents, with the same result on every database."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters that Unicode does not decompose into a base letter and an accent.
UNDECOMPOSED = {"ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
# Invisible characters outside of the category Cf: a joiner of graphemes, the Arabic stretching character.
INVISIBLE = "\u034f\u0640"
VARIATION_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
# Vowels and final consonants of Korean syllables: typed apart, they compose with the character before.
KOREAN_PARTS = (*range(0x1160, 0x1200), *range(0x3131, 0x318F), *range(0xD7B0, 0xD800), *range(0xFFA0, 0xFFDD))

# Maximum number of characters that one character folds to: U+FDFA becomes four Arabic words.
GROWTH = 18
# A run of characters of which any may fold to more or fewer characters, with the letter before.
SPECIAL = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


class _Bare(dict[int, int | str | None]):
    """Translation table that removes accents and invisible characters; each character is looked up once."""

    def __missing__(self, code: int) -> int | str | None:
        character = chr(code)
        unfit = unicodedata.combining(character) or unicodedata.category(character) == "Cf"
        unfit = unfit or character in INVISIBLE or code in VARIATION_SELECTORS
        self[code] = found = None if unfit else UNDECOMPOSED.get(character, code)
        return found


BARE = _Bare()


def fold(text: str) -> str:
    """Return `text` in lower case without accents and invisible characters.

    "Türkiye" and "TURKIYE" both give "turkiye". Vowel signs that are letters of their script stay, as in Hindi.
    """
    if text.isascii():  # Most text is ASCII, and this is ten times as fast.
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("™", "").casefold())
    # Some symbols decompose into capitals; NFC composes Korean syllables again.
    return unicodedata.normalize("NFC", decomposed.translate(BARE).casefold())


def fold_with_offsets(text: str) -> tuple[str, list[int], list[int]]:
    """Return `fold(text)`, and for each character of it the start and the end of what it comes from in `text`."""
    folded, starts, ends, done = [], list[int](), list[int](), 0
    for start, end in (*_special_clusters(text), (len(text), len(text))):
        folded.append(text[done:start].lower())
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        folded.append(_fold_cluster(text[start:end]))
        starts.extend([start] * len(folded[-1]))
        ends.extend([end] * len(folded[-1]))
        done = end
    return "".join(folded), starts, ends


def _special_clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each character that is not ASCII or has marks, with its marks (a grapheme cluster)."""
    for run in SPECIAL.finditer(text):
        start = run.start()
        for place in range(start + 1, run.end()):
            if not _continues(text[place]):
                yield start, place
                start = place
        yield start, run.end()


@lru_cache(maxsize=10_000)
def _continues(character: str) -> bool:
    """Return whether a character belongs to the one before: a mark, an invisible character, a part of a syllable."""
    return not fold(character) or unicodedata.category(character)[0] == "M" or ord(character) in KOREAN_PARTS


@lru_cache(maxsize=10_000)
def _fold_cluster(cluster: str) -> str:
    return fold(cluster)
