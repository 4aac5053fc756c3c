"""A made-up language for synthetic programmes: how often each of its words comes is known beforehand.

Words come by rank as in a real language (Zipf), except at both ends: the first few dozen are all about as frequent,
so that there are many words which a quarter of all programmes have; and some rare ones are sprinkled in by number.
"""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from random import Random

from gvc_catalogue.text.folding import fold
from gvc_catalogue.text.tokens import WORD

STATEMENT = Path(__file__).resolve().parent.parent / "fixtures/20_recommendations.json"
INVENTED = 20_000
# Each of the common words makes up this part of a text; with about 55 words to a programme a quarter has it.
COMMON, COMMON_SHARE = 64, 0.0052
RARE, PROGRAMMES_WITH_A_RARE_ONE = 400, 20
# The ranks whose words about one programme in a hundred has.
UNCOMMON = slice(360, 560)
# How many entries the table has that words are drawn from: even the last rank comes a few times.
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
    """The language that a seed gives: always the same words in the same ranks."""

    seed: int

    @cached_property
    def invented(self) -> list[str]:
        """All made-up words: common ones, those between, rare ones. None is in the statement."""
        random = Random(f"words {self.seed}")
        found = dict.fromkeys(invented(random) for _ in range(3 * (INVENTED + RARE)))
        return [word for word in found if word not in statement_words()][: INVENTED + RARE]

    @property
    def common(self) -> list[str]:
        """Words that about a quarter of all programmes have."""
        return self.invented[:COMMON]

    @property
    def rare(self) -> list[str]:
        """Words that about twenty programmes have, however many there are."""
        return self.invented[INVENTED:]

    @cached_property
    def ranked(self) -> list[str]:
        """All words but the rare ones, by how often they come: those of the real statement stand among them."""
        others = self.invented[COMMON:INVENTED] + sorted(statement_words())
        Random(f"ranks {self.seed}").shuffle(others)
        return self.common + others

    @property
    def uncommon(self) -> list[str]:
        """Words that about one programme in a hundred has, and no recommendation."""
        return [word for word in self.ranked[UNCOMMON] if word not in statement_words()]

    @cached_property
    def table(self) -> list[str]:
        """Each word as many times as its share of a text is: drawing evenly from it gives the language."""
        common = int(DRAWS * COMMON_SHARE)
        weights = [1 / rank for rank in range(COMMON, len(self.ranked))]
        scale = (DRAWS - common * COMMON) / sum(weights)
        ends = [round(end) for end in accumulate(weight * scale for weight in weights)]
        table = [word for word in self.common for _ in range(common)]
        for word, start, end in zip(self.ranked[COMMON:], [0, *ends], ends, strict=False):
            table += [word] * (end - start)
        return table


def invented(random: Random) -> str:
    """A word of two or three syllables that can be said, and that no stemmer shortens much: "plaitrok"."""
    syllables = (random.choice(ONSETS) + random.choice(VOWELS) for _ in range(random.choice((2, 2, 3))))
    return "".join(syllables) + random.choice(CODAS)


@cache
def statement_words() -> set[str]:
    """The words of the real statement, folded, of three letters or more."""
    rows = json.loads(STATEMENT.read_text(encoding="utf-8"))
    texts = " ".join(row["fields"]["text"] for row in rows)
    return {word for word in WORD.findall(fold(texts)) if len(word) > 2 and word.isascii()}
