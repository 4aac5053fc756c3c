"""Synthetic test data: programmes as rows in batches, deterministic for a given number and seed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from gvc_catalogue.text.folding import fold
from programmes.models import ProviderKind, Region
from programmes.models.iso3166 import ALPHA_3

from .words import PROGRAMMES_WITH_A_RARE_ONE, Words

COUNTRIES, ORGANISATIONS = 200, 2_000
# The number of countries per programme, and weights: most have one, some none.
COUNTRIES_EACH, COUNTRIES_WEIGHTS = (0, 1, 2, 3), (8, 77, 10, 5)
KIND_WEIGHTS = (55, 22, 15, 8)
WITH_A_PARTNER = 0.05
WITH_TWO_EXAMPLES = 0.5
# Three of four classifications of the catalogue have high confidence.
CONFIDENCES = ("high", "high", "high", "medium")

Row = tuple[object, ...]


@dataclass
class Batch:
    """A batch of programmes with their related rows, a list of rows for each table."""

    programmes: list[Row] = field(default_factory=list)
    countries: list[Row] = field(default_factory=list)
    partners: list[Row] = field(default_factory=list)
    examples: list[Row] = field(default_factory=list)
    described: list[Row] = field(default_factory=list)
    classifications: list[Row] = field(default_factory=list)


def countries(words: Words, known: set[str]) -> Iterator[Row]:
    """Yield rows of synthetic countries with real codes: code, code3, name, folded name, other names and region."""
    random = Random(f"countries {words.seed}")
    codes = sorted(set(ALPHA_3) - known)
    stems = random.sample(words.ranked[-5_000:], len(codes))
    for code, stem in zip(sorted(random.sample(codes, COUNTRIES - len(known))), stems, strict=False):
        name = f"{stem.capitalize()}ia"
        yield code, ALPHA_3[code], name, fold(name), f"{name}n\nRepublic of {name}", random.choice(Region.values)


def organisations(words: Words, country_ids: list[int]) -> Iterator[Row]:
    """Yield rows of synthetic organisations: id, name, kind and country id (None for a tenth)."""
    random = Random(f"organisations {words.seed}")
    kinds = random.choices(ProviderKind.values, KIND_WEIGHTS, k=ORGANISATIONS)
    for number, kind in enumerate(kinds, start=1):
        what = ProviderKind(kind).label
        name = f"{what} {' '.join(random.sample(words.ranked[-9_000:], 2))} {number}".title()
        yield number, name, kind, random.choice(country_ids) if random.random() < 0.9 else None


def skewed(number: int, flatness: int) -> list[float]:
    """Return cumulative weights of a Zipf-like distribution, the most frequent first; `flatness` evens it out."""
    return list(accumulate(1 / (rank + flatness) for rank in range(1, number + 1)))


class Programmes:
    """Generator of synthetic programmes; the ids of related records are given, the most frequent first."""

    def __init__(self, number: int, words: Words, country_ids: list[int], recommendation_ids: list[int]) -> None:
        self.number, self.words = number, words
        self.random = Random(f"programmes {number} {words.seed}")
        self.country_ids, self.country_weights = country_ids, skewed(len(country_ids), 4)
        self.recommendation_ids = recommendation_ids
        self.recommendation_weights = skewed(len(recommendation_ids), 5)
        self.provider_ids, self.provider_weights = range(1, ORGANISATIONS + 1), skewed(ORGANISATIONS, 30)
        # The id of the quoted source, by recommendation without a row in the annex.
        self.sources: dict[int, int] = {}
        # Sets of ids of terms; a programme gets any of them. Drawn apart, so that all else is the same without terms.
        self.profiles: list[tuple[int, ...]] = [()]
        self.random_terms = Random(f"terms {number} {words.seed}")
        self.positions: Counter[int] = Counter()
        self.example_id = 0
        self.rare = self._rare()

    def _rare(self) -> dict[int, str]:
        """Return the rare word of each programme that gets one, by programme id."""
        rare = self.words.rare[: max(1, self.number // PROGRAMMES_WITH_A_RARE_ONE)]
        placed = min(self.number, len(rare) * PROGRAMMES_WITH_A_RARE_ONE)
        chosen = self.random.sample(range(1, self.number + 1), placed)
        return {programme: rare[i % len(rare)] for i, programme in enumerate(chosen)}

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield all programmes in batches of `size`."""
        for start in range(1, self.number + 1, size):
            batch = Batch()
            for programme in range(start, min(start + size, self.number + 1)):
                self._programme(batch, programme)
            yield batch

    def _programme(self, batch: Batch, key: int) -> None:
        words = self._draw(5, 9)
        name, provider = " ".join(words).capitalize(), self._provider()
        batch.programmes.append((key, f"{'-'.join(words[:4])}-{key}", name, fold(name), provider))
        batch.countries += [(key, country) for country in self._countries()]
        if self.random.random() < WITH_A_PARTNER and (partner := self._provider()) != provider:
            batch.partners.append((key, partner))
        self._example(batch, key, self.rare.get(key))
        self._terms(batch, key)
        if self.random.random() < WITH_TWO_EXAMPLES:
            self._example(batch, key)

    def _example(self, batch: Batch, programme: int, rare: str | None = None) -> None:
        words = self._draw(25, 40)
        if rare:
            words[len(words) // 2] = rare
        self.example_id += 1
        recommendation = self._one(self.recommendation_ids, self.recommendation_weights)
        self.positions[recommendation] += 1
        text = f"{' '.join(words).capitalize()}."
        place = (recommendation, self.positions[recommendation])
        batch.examples.append((self.example_id, *place, text, self.sources.get(recommendation), False, ""))
        batch.described.append((self.example_id, programme))

    def _terms(self, batch: Batch, programme: int) -> None:
        """Classify a programme by a set of terms, each with the first words of its first example."""
        words = " ".join(str(batch.examples[-1][3]).split()[:3])
        terms = self.random_terms.choice(self.profiles)
        batch.classifications += [(programme, term, words, self.random_terms.choice(CONFIDENCES)) for term in terms]

    def _draw(self, least: int, most: int) -> list[str]:
        return self.random.choices(self.words.table, k=self.random.randint(least, most))

    def _countries(self) -> set[int]:
        number = self.random.choices(COUNTRIES_EACH, COUNTRIES_WEIGHTS)[0]
        return set(self.random.choices(self.country_ids, cum_weights=self.country_weights, k=number))

    def _provider(self) -> int:
        return self.random.choices(self.provider_ids, cum_weights=self.provider_weights)[0]

    def _one(self, ids: list[int], weights: list[float]) -> int:
        return self.random.choices(ids, cum_weights=weights)[0]
