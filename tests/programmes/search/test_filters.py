"""What may be asked of the list, and what is said of the rest."""

import pytest
from django.http import QueryDict

from programmes.search.facet_labels import FacetLabels
from programmes.search.filters import ProgrammeFilter
from programmes.search.list_query import ListQuery

pytestmark = pytest.mark.django_db


def asked(query: str) -> ProgrammeFilter:
    return ProgrammeFilter(QueryDict(query), FacetLabels.load().known)


@pytest.mark.parametrize(
    ("query", "selection"),
    [
        ("", ListQuery()),
        ("q=&country=&country=+&sort=&provider=", ListQuery()),
        ("q=+trade+fairs+", ListQuery(q="trade fairs")),
        ("country=JP&country=MX&country=JP", ListQuery(country=("JP", "MX"))),
        ("country=&country=JP", ListQuery(country=("JP",))),
        ("category=i&recommendation=iii.5", ListQuery(category=("i",), recommendation=("iii.5",))),
        ("region=africa&provider=business-body", ListQuery(region=("africa",), provider=("business-body",))),
        ("sort=country", ListQuery(sort="country")),
        ("colour=red&utm_source=x&page=7", ListQuery()),
    ],
)
def test_what_can_be_asked_becomes_a_selection(query: str, selection: ListQuery) -> None:
    filters = asked(query)
    assert filters.is_valid(), filters.problems
    assert filters.selection == selection


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ("country=XX", {"country": ["There is no country or economy “XX” in the catalogue."]}),
        ("country=jp", {"country": ["There is no country or economy “jp” in the catalogue."]}),
        ("region=moon", {"region": ["There is no region “moon” in the catalogue."]}),
        ("category=9", {"category": ["There is no category “9” in the catalogue."]}),
        ("recommendation=9.9", {"recommendation": ["There is no recommendation “9.9” in the catalogue."]}),
        ("provider=nobody", {"provider": ["There is no kind of provider “nobody” in the catalogue."]}),
        (
            "country=JP&country=XX&country=YY&region=moon",
            {
                "country": [
                    "There is no country or economy “XX” in the catalogue.",
                    "There is no country or economy “YY” in the catalogue.",
                ],
                "region": ["There is no region “moon” in the catalogue."],
            },
        ),
        ("sort=age", {"sort": ["There is no order “age”; possible are relevance, name, country, recommendation."]}),
        ("q=" + "x" * 2001, {"q": ["The search has 2001 characters; at most 2000 are possible."]}),
    ],
)
def test_each_value_that_does_not_exist_is_named_in_a_sentence(query: str, problems: dict[str, list[str]]) -> None:
    filters = asked(query)
    assert not filters.is_valid()
    assert filters.problems == problems
    assert filters.sentences == [sentence for sentences in problems.values() for sentence in sentences]


def test_what_does_exist_is_kept() -> None:
    filters = asked("country=JP&country=XX&country=&country=JP&region=moon&sort=country&q=trade")
    assert not filters.is_valid()
    assert filters.known_selection == ListQuery(q="trade", country=("JP",), sort="country")
    filters = asked("sort=age&q=trade")
    assert not filters.is_valid()
    assert filters.known_selection == ListQuery(q="trade")
