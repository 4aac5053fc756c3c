"""Synthetic vocabulary with known word frequencies, for synthetic programmes.

Frequencies follow Zipf's law, except at both ends: the first few dozen words are equally frequent, so that many words
occur in a quarter of all programmes each; and rare words are placed in a fixed number of programmes.
"""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from random import Random

from gvc_catalogue.text.folding import fold
from gvc_catalogue.text.tokens import WORD

STATEMENT = Path(__file__).resolve().parents[3] / "fixtures/20_recommendations.json"
INVENTED = 20_000
# The share of each common word in a text; with about 55 words per programme, a quarter of them contain it.
COMMON, COMMON_SHARE = 64, 0.0052
RARE, PROGRAMMES_WITH_A_RARE_ONE = 400, 20
# The ranks of words that about one programme in a hundred contains.
UNCOMMON = slice(360, 560)
# The size of the sampling table: even the last rank has a few entries.
DRAWS = 1 << 20
ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
VOWELS = ("a", "e", "i", "o", "u", "ai", "eu")
CODAS = ("k", "l", "m", "n", "p", "rk", "rn", "t", "x", "")


@dataclass(frozen=True)
class Words:
    """Vocabulary of a seed, deterministic: the same words in the same ranks."""

    seed: int

    @cached_property
    def invented(self) -> list[str]:
        """Return all invented words: common, intermediate, then rare ones. The statement contains none of them."""
        random = Random(f"words {self.seed}")
        found = dict.fromkeys(invented(random) for _ in range(3 * (INVENTED + RARE)))
        return [word for word in found if word not in statement_words()][: INVENTED + RARE]

    @property
    def common(self) -> list[str]:
        """Return words that about a quarter of all programmes contain."""
        return self.invented[:COMMON]

    @property
    def rare(self) -> list[str]:
        """Return words that about twenty programmes contain, whatever the number of programmes."""
        return self.invented[INVENTED:]

    @cached_property
    def ranked(self) -> list[str]:
        """Return all words except rare ones, the most frequent first, with the words of the statement among them."""
        others = self.invented[COMMON:INVENTED] + sorted(statement_words())
        Random(f"ranks {self.seed}").shuffle(others)
        return self.common + others

    @property
    def uncommon(self) -> list[str]:
        """Return words that about one programme in a hundred contains, and no recommendation."""
        return [word for word in self.ranked[UNCOMMON] if word not in statement_words()]

    @cached_property
    def table(self) -> list[str]:
        """Return the sampling table: each word repeated in proportion to its frequency, for uniform random draws."""
        common = int(DRAWS * COMMON_SHARE)
        weights = [1 / rank for rank in range(COMMON, len(self.ranked))]
        scale = (DRAWS - common * COMMON) / sum(weights)
        ends = [round(end) for end in accumulate(weight * scale for weight in weights)]
        table = [word for word in self.common for _ in range(common)]
        for word, start, end in zip(self.ranked[COMMON:], [0, *ends], ends, strict=False):
            table += [word] * (end - start)
        return table


def invented(random: Random) -> str:
    """Return a pronounceable random word of two or three syllables that stemming hardly shortens: "plaitrok"."""
    syllables = (random.choice(ONSETS) + random.choice(VOWELS) for _ in range(random.choice((2, 2, 3))))
    return "".join(syllables) + random.choice(CODAS)


@cache
def statement_words() -> set[str]:
    """Return the folded ASCII words of the fixtures' recommendations, of three letters or more; no query."""
    rows = json.loads(STATEMENT.read_text(encoding="utf-8"))
    texts = " ".join(row["fields"]["text"] for row in rows)
    return {word for word in WORD.findall(fold(texts)) if len(word) > 2 and word.isascii()}
