"""Words of English by a frequency list, which symspellpy ships: 82,000 correctly spelt words with their counts.

Only the list is read. The package itself is not imported: its code is for corrections by the list.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from math import log10
from pathlib import Path

LIST = "frequency_dictionary_en_82_765.txt"
# The least frequency of a word that counts as English, on the Zipf scale: the logarithm (base 10) of its occurrences
# per thousand million words. 46,000 words of the list are at least as frequent as 2.5.
LEAST_ZIPF = 2.5


def is_english(word: str) -> bool:
    """Return whether a folded word is a word of English that is in use; one look into a dictionary in memory."""
    return word in english_words()


def zipf(word: str) -> float:
    """Return the frequency of a folded word on the Zipf scale, from 2.5 to 7.4; 0 for words that are not in use."""
    return english_words().get(word, 0) / 10


@cache
def english_words() -> dict[str, int]:
    """Return the words of English with at least LEAST_ZIPF, with ten times their frequency on the Zipf scale, rounded.

    Read on first use, about 0.1 s and 8 MB for a process. Raises FileNotFoundError when the installed package has no
    such list.
    """
    spec = find_spec("symspellpy")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The package symspellpy is not installed: it has the list of English words.")
    source = Path(spec.origin).with_name(LIST)
    # Read twice: a dictionary of all counts would take 15 MB more.
    total = sum(count for _, count in _counts(source))
    least = 10 ** (LEAST_ZIPF - 9) * total
    return {word: round(10 * (log10(count / total) + 9)) for word, count in _counts(source) if count >= least}


def _counts(source: Path) -> Iterator[tuple[str, int]]:
    """Yield each word of the list with its count, the most frequent first."""
    with source.open(encoding="utf-8-sig") as file:
        for line in file:
            word, _, count = line.partition(" ")
            yield word, int(count)
