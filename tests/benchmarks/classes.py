"""The classes of requests. Each request of a class takes another value or word, drawn by seed."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from random import Random
from urllib.parse import urlencode

from gvc_catalogue.site.synthetic.words import PROGRAMMES_WITH_A_RARE_ONE, Words

from .catalogue import Catalogue
from .floor_index import hits, opened

PAGE = 20
SORTS = ("name", "country", "recommendation")
KINDS = ("government", "company", "business-body", "international-organisation")
SLUGS = 2_000

Pairs = list[tuple[str, object]]


@dataclass(frozen=True)
class Class:
    """A class of requests: `requests` yields their addresses, of the list their query strings."""

    name: str
    requests: Iterator[str]
    is_list: bool = True

    def addresses(self) -> tuple[str, str | None]:
        """The next request of ours, and the same one of the engine's, where there is such."""
        request = next(self.requests)
        if not self.is_list:
            return request, None
        return f"/programmes/?{request}", f"/floors/engine?{request}"


class Values:
    """Values of a synthetic catalogue in an order drawn by seed; none comes twice before all have come."""

    def __init__(self, catalogue: Catalogue, size: int, seed: int) -> None:
        self.size, self.random, self.words = size, Random(f"requests {seed}"), Words(seed)
        connection = sqlite3.connect(catalogue.database)
        self.index = opened(catalogue.floor)
        self.codes = self._column(connection, "SELECT code FROM programmes_country ORDER BY code")
        self.numbers = self._column(
            connection,
            "SELECT DISTINCT number FROM recommendations_recommendation WHERE number GLOB '[1-9]*' ORDER BY 1",
        )
        keys = ", ".join(str(self.random.randint(1, size)) for _ in range(SLUGS))
        self.slugs = self._column(connection, f"SELECT slug FROM programmes_programme WHERE id IN ({keys})")  # noqa: S608
        connection.close()

    @staticmethod
    def _column(connection: sqlite3.Connection, query: str) -> list[str]:
        return [row[0] for row in connection.execute(query)]

    def shuffled(self, values: list[str]) -> Iterator[str]:
        return cycle(self.random.sample(values, len(values)))

    def pairs(self, values: list[str]) -> Iterator[list[str]]:
        """Yield two different ones at a time, at random."""
        while True:
            yield self.random.sample(values, 2)

    @property
    def rare(self) -> list[str]:
        """The rare words that the catalogue has: a small one has not all."""
        return self.words.rare[: max(1, self.size // PROGRAMMES_WITH_A_RARE_ONE)]

    def last_page(self, word: str = "") -> int:
        """The last page of a word's programmes, or of all; asked of the floor, so that nothing of ours gets warm."""
        total = hits(self.index, word, {}, "", 1)[0] if word else self.size
        return max(1, -(-total // PAGE))


def classes(values: Values) -> list[Class]:
    """Return all classes, in the order of the report."""
    lists: dict[str, Callable[[Values], Iterator[Pairs]]] = {
        "unfiltered": unfiltered,
        "one country": one_country,
        "two countries": two_countries,
        "one recommendation": one_recommendation,
        "country + recommendation + provider": three_facets,
        "word in a quarter": common_word,
        "rare word": rare_word,
        "two words + country": two_words,
        "phrase": phrase,
        "first pages sorted": first_pages,
        "page 500": page_500,
        "last page": last_pages,
        "page 500 of a word": page_500_of_a_word,
        "last page of a word": last_page_of_a_word,
    }
    found = [Class(name, map(urlencode, pairs(values))) for name, pairs in lists.items()]
    return [
        *found,
        Class("prefix", prefixes(values), is_list=False),
        Class("programme", programmes(values), is_list=False),
        Class("evidence map", evidence_maps(values), is_list=False),
        Class("about the data", about_the_data(), is_list=False),
    ]


def unfiltered(values: Values) -> Iterator[Pairs]:
    while True:
        yield []


def one_country(values: Values) -> Iterator[Pairs]:
    for code in values.shuffled(values.codes):
        yield [("country", code)]


def two_countries(values: Values) -> Iterator[Pairs]:
    for codes in values.pairs(values.codes):
        yield [("country", code) for code in codes]


def one_recommendation(values: Values) -> Iterator[Pairs]:
    """There are fewer of them than requests: those that come again ask for the next page."""
    for i, number in enumerate(values.shuffled(values.numbers)):
        page = i // len(values.numbers) + 1
        yield [("recommendation", number), *([("page", page)] if page > 1 else [])]


def three_facets(values: Values) -> Iterator[Pairs]:
    """The first page: there is one, even of nothing."""
    codes, numbers = values.shuffled(values.codes), values.shuffled(values.numbers)
    for code, number in zip(codes, numbers, strict=False):
        yield [("country", code), ("recommendation", number), ("provider", values.random.choice(KINDS))]


def common_word(values: Values) -> Iterator[Pairs]:
    for word in values.shuffled(values.words.common):
        yield [("q", word)]


def rare_word(values: Values) -> Iterator[Pairs]:
    for word in values.shuffled(values.rare):
        yield [("q", word)]


def two_words(values: Values) -> Iterator[Pairs]:
    common, uncommon = values.shuffled(values.words.common), values.shuffled(values.words.uncommon)
    for one, other, code in zip(common, uncommon, values.shuffled(values.codes), strict=False):
        yield [("q", f"{one} {other}"), ("country", code)]


def phrase(values: Values) -> Iterator[Pairs]:
    for words in values.pairs(values.words.common):
        yield [("q", f'"{" ".join(words)}"')]


def first_pages(values: Values) -> Iterator[Pairs]:
    yield from sorted_pages(values, 1, +1)


def page_500(values: Values) -> Iterator[Pairs]:
    """The middle one where there are fewer: the last ones are a class of their own, and would be warm."""
    yield from sorted_pages(values, min(500, max(1, values.last_page() // 2)), -1)


def last_pages(values: Values) -> Iterator[Pairs]:
    yield from sorted_pages(values, values.last_page(), -1)


def sorted_pages(values: Values, start: int, step: int) -> Iterator[Pairs]:
    """That page in each order, then those beside it."""
    for i, sort in enumerate(cycle(SORTS)):
        page = min(max(1, start + step * (i // len(SORTS))), values.last_page())
        yield [("sort", sort), ("page", page)]


def page_500_of_a_word(values: Values) -> Iterator[Pairs]:
    for word in values.shuffled(values.words.common):
        yield [("q", word), ("page", min(500, values.last_page(word)))]


def last_page_of_a_word(values: Values) -> Iterator[Pairs]:
    for word in values.shuffled(values.words.common):
        yield [("q", word), ("page", values.last_page(word))]


def evidence_maps(values: Values) -> Iterator[str]:
    """The whole map, of 28 recommendations by 200 countries, under a word that a quarter of all have."""
    for word in values.shuffled(values.words.common):
        yield f"/evidence-map/?{urlencode({'q': word})}"


def about_the_data() -> Iterator[str]:
    """How complete the catalogue is; another address each time, so that no kept page answers."""
    for number in count():
        yield f"/about/data/?{urlencode({'asked': number})}"


def prefixes(values: Values) -> Iterator[str]:
    """The beginnings of words, as somebody types them."""
    for word in values.shuffled(values.words.uncommon):
        yield f"/search/suggest?{urlencode({'q': word[: values.random.choice((2, 3, 4))]})}"


def programmes(values: Values) -> Iterator[str]:
    for slug in values.shuffled(values.slugs):
        yield f"/programmes/{slug}/"
