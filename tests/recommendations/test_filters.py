"""What may be asked of the list of recommendations."""

import pytest
from django.http import QueryDict

from programmes.search.search import count_facets
from recommendations.filters import RecommendationFilter, possible_keys

pytestmark = pytest.mark.django_db


def asked(query: str) -> RecommendationFilter:
    return RecommendationFilter(QueryDict(query), possible_keys(count_facets()))


@pytest.mark.parametrize(
    ("query", "categories", "countries"),
    [
        ("", [], []),
        ("category=&country=", [], []),
        ("category=2&category=i&category=2", ["2", "i"], []),
        ("country=JP&country=MX&category=1", ["1"], ["JP", "MX"]),
        ("colour=red&q=trade", [], []),
    ],
)
def test_categories_and_countries_can_be_asked(query: str, categories: list[str], countries: list[str]) -> None:
    filters = asked(query)
    assert filters.is_valid()
    assert (filters.categories, filters.countries) == (categories, countries)


def test_each_value_that_does_not_exist_is_named_in_a_sentence() -> None:
    filters = asked("category=9&category=2&country=XX&country=YY")
    assert not filters.is_valid()
    assert filters.sentences == [
        "There is no category “9” in the catalogue.",
        "There is no country or economy with an example “XX” in the catalogue.",
        "There is no country or economy with an example “YY” in the catalogue.",
    ]


def test_the_keys_are_those_of_the_catalogue_in_its_order() -> None:
    possible = possible_keys(count_facets())
    assert list(possible["category"]) == ["i", "1", "2", "3", "4", "5", "iii"]
    assert len(possible["country"]) == 21
    assert next(iter(possible["country"].items())) == ("AU", "Australia")
    assert list(possible["country"].items())[-1] == ("VN", "Viet Nam")
