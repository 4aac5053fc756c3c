"""How many questions each page asks the database: a handful, and no more when the catalogue grows."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from programmes.search.index_document import INDEX
from tests.factories import make_many_programmes

pytestmark = pytest.mark.both

QUERIES = {
    "/": 4,
    "/recommendations/": 2,
    "/recommendations/?category=2&country=CZ": 2,
    "/recommendations/?category=9": 1,
    "/recommendations/2.1/": 7,
    "/recommendations/2.6/": 4,
    "/programmes/": 1,
    "/programmes/?country=JP&category=2&q=sme&sort=country": 1,
    "/programmes/?country=KE&q=zebra": 1,
    "/programmes/?country=XX": 1,
    "/programmes/?programme=rosettanet&programme=covisint": 1,
    "/programmes/global-fund-for-smes/": 1,
    "/programmes/global-fund-for-smes/?country=JP&sort=name&page=1": 1,
    "/programmes/rosettanet/history/": 3,
    "/changes/": 3,
    "/programmes/rosettanet/correct/": 2,
    "/countries/": 1,
    "/countries/JP/": 1,
    "/compare/": 1,
    "/compare/?country=JP&country=MX&country=TR&country=KE&country=NZ&country=CZ": 1,
    "/compare/?country=XX": 1,
    "/brief/": 1,
    "/brief/?programme=rosettanet&programme=covisint": 1,
    "/brief/?programme=rosettanet&programme=no-such-one": 2,
    "/brief.md?programme=rosettanet&programme=covisint": 1,
    "/evidence-map/": 1,
    "/vocabulary/": 1,
    "/vocabulary/standards/": 1,
    "/statement/": 6,
    "/search/": 1,
    "/search/?q=sme": 1,
    "/api/": 17,
    "/about/": 6,
    "/about/data/": 4,
    "/accessibility/": 1,
    "/privacy/": 1,
    "/programmes.json": 1,
    "/programmes.csv": 1,
    "/programmes.xlsx": 1,
    "/programmes.bib": 1,
    "/citations/programmes.ris?country=JP": 1,
    "/programmes/global-fund-for-smes.bib": 1,
    "/recommendations.xlsx": 3,
    "/recommendations/2.1.ris": 2,
    "/feeds/programmes.atom?q=sme": 1,
    "/feeds/changes.atom": 2,
    "/sitemap.xml": 1,
    "/sitemap-pages.xml": 4,
    "/robots.txt": 1,
    "/opensearch.xml": 1,
    "/examples.json": 6,
    "/recommendations.json": 2,
    "/recommendations/2.1.json": 7,
    "/programmes/global-fund-for-smes.json": 1,
    "/api/v1/openapi.json": 1,
    "/api/v1/categories": 2,
    "/api/v1/countries": 1,
    "/api/v1/countries/JP": 1,
    "/api/v1/providers": 3,
    "/api/v1/examples": 7,
}


def caught_up() -> None:
    """Have the index know of all changes: following them costs whoever comes first a few queries more."""
    INDEX.current_snapshot()


@pytest.mark.parametrize(("path", "number"), QUERIES.items())
def test_a_page_asks_the_database_a_handful_of_times(
    path: str, number: int, client: Client, catalogue: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    caught_up()
    with django_assert_num_queries(number):
        assert b"".join(client.get(path))


def test_it_asks_no_more_with_hundreds_of_programmes(
    client: Client, catalogue: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_many_programmes(300)
    for path, number in QUERIES.items():
        caught_up()
        with django_assert_num_queries(number, info=path):
            assert b"".join(client.get(path))
