"""Two nodes at one revision answer the same bytes: one whose index followed every change, and one that built it anew.

What a node shows is a function of the catalogue and of what is asked. So page 2 from another node repeats and omits
nothing, and an export has the same checksum wherever it is made.
"""

import hashlib
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import Settings

from programmes.models import Country, Example, Programme
from programmes.search.index_document import INDEX
from tests.factories import make_example, make_programme

pytestmark = pytest.mark.django_db

EDITS = 500
# Many forms of few stems, so that a word loses one of its forms and keeps others; some are near to each other.
WORDS = """
 cluster clusters clustering network networks networking supplier suppliers supplying patent patents patenting
 export exports exporting exporter loan loans lending credit guarantee guarantees training trained skills skill
 regional region firm firms small medium zebra zebras zebu quagga quaggas okapi""".split()  # noqa: SIM905 (a list would be thirty lines)
COUNTRIES, ROWS = ["JP", "MX", "KR", "FR"], ["1.1", "2.1", "2.2"]
QUERIES = [
    *("cluster", "network suppliers", "small firms export", "japan", '"small firms"', "zebra", "patents -loans", "sme"),
    # Corrected, given up, or neither.
    *("zebars", "quaga", "clusterin", "netwrks", "okapy", "exprot lones", "zebra unheardof", "firm training okapi"),
]


def text(chance: Random, least: int, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))


def create(chance: Random, n: int) -> None:
    countries = list(Country.objects.filter(code__in=chance.sample(COUNTRIES, 2)))
    programme = make_programme(f"p-{chance.randrange(10**6)}-{n}", name=text(chance, 1, 4), countries=countries)
    make_example(chance.choice(ROWS), programme, text=text(chance, 3, 60), position=1_000 + n)


def change(chance: Random, n: int) -> None:
    programme = chance.choice(list(Programme.objects.order_by("pk")))
    programme.name = text(chance, 1, 4)
    programme.save()
    Example.objects.filter(programmes=programme).update(text=text(chance, 3, 60))


def delete(chance: Random, n: int) -> None:
    chance.choice(list(Programme.objects.order_by("pk"))).delete()


def follow_edits(seed: int) -> None:
    """Make the edits, and let the index follow now and then; it builds nothing anew."""
    chance = Random(seed)  # noqa: S311 (nothing secret)
    build = INDEX.current_snapshot().snapshot.build.directory
    for n in range(EDITS):
        chance.choice([create, change, delete])(chance, n)
        if n % 7 == 0:
            INDEX.current_snapshot()
    assert INDEX.current_snapshot().snapshot.build.directory == build


def new_node(settings: Settings, directory: Path) -> None:
    """A node that has no index yet."""
    settings.INDEX_DIR = directory
    INDEX._served = None
    assert not INDEX.current_snapshot().snapshot.delta.entries


def addresses() -> list[str]:
    found = [f"/programmes/?sort={sort}" for sort in ("name", "country", "recommendation")]
    for query in map(quote, QUERIES):
        found += [f"/programmes{kind}?q={query}" for kind in ("/", ".json", ".csv", ".xlsx", ".bib")]
        found += [f"/programmes/?q={query}&country=JP", f"/search/?q={query}", f"/search/suggest?q={query}"]
    found += [f"/search/suggest?q={word[:end]}" for word in WORDS for end in (1, 3, len(word))]
    found += [f"/programmes/{slug}/" for slug in Programme.objects.order_by("slug").values_list("slug", flat=True)]
    return [*found, "/programmes.csv", "/programmes.xlsx", "/evidence-map.csv", "/evidence-map/", "/countries/jp/"]


def answers() -> dict[str, str]:
    """The status of each answer, also of further pages of a list, and the checksum of those that were found."""
    client, found = Client(), {}
    for address in addresses():
        pages = (
            [address, *(f"{address}&page={n}" for n in (2, 3))] if address.startswith("/programmes/?q") else [address]
        )
        for page in pages:
            response = client.get(page)
            content = response.getvalue() if response.status_code == 200 else b""
            found[page] = f"{response.status_code} {hashlib.sha256(content).hexdigest()}"
    return found


def test_an_index_that_followed_500_edits_answers_what_a_fresh_one_does(settings: Settings, tmp_path: Path) -> None:
    new_node(settings, tmp_path / "old")
    follow_edits(seed=13)
    followed = answers()
    new_node(settings, tmp_path / "fresh")
    fresh = answers()
    different = [address for address in followed if followed[address] != fresh[address]]
    assert not different, "\n".join(different)
