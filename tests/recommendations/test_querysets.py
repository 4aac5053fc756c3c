"""Questions to the statement."""

import pytest

from programmes.models import Country, Programme
from programmes.search.search import count_facets
from recommendations.models import Category, Recommendation
from recommendations.querysets import RecommendationQuerySet
from tests.factories import make_country, make_example, make_programme

pytestmark = pytest.mark.django_db


def recommendations() -> RecommendationQuerySet:
    return Recommendation.objects.with_number_of_programmes(count_facets()["recommendation"])


def served(**asked: object) -> dict[str, int]:
    """By plain counting: how many programmes serve each recommendation."""
    numbers: dict[str, set[int]] = {}
    for programme in Programme.objects.filter(**asked).prefetch_related("examples__recommendation"):
        for example in programme.examples.all():
            numbers.setdefault(example.recommendation.number, set()).add(programme.pk)
    return {number: len(found) for number, found in numbers.items()}


def test_each_recommendation_knows_how_many_programmes_serve_it() -> None:
    counted = {r.number: r.number_of_programmes for r in recommendations()}
    assert len(counted) == 34
    assert {number: count for number, count in counted.items() if count} == served()


def test_asking_for_some_changes_no_number() -> None:
    there = recommendations().asked_for([], ["JP", "MX"])
    assert {r.number: r.number_of_programmes for r in there}.items() <= served().items()
    assert {r.number for r in there} == served(countries__code__in=["JP", "MX"]).keys()


def test_so_does_looking_for_those_that_a_programme_serves() -> None:
    rosettanet = Programme.objects.get(slug="rosettanet")
    serving = recommendations().serving(rosettanet.pk)
    assert {r.number: r.number_of_programmes for r in serving} == {n: served()[n] for n in ("1.1", "5.3")}


def test_a_category_counts_a_programme_once_though_it_serves_two_of_its_recommendations() -> None:
    for category in Category.objects.with_counts(count_facets()["category"]):
        counted = vars(category)
        ours = Programme.objects.filter(examples__recommendation__category=category).distinct()
        assert counted["number_of_programmes"] == ours.count()
        assert counted["number_of_recommendations"] == category.recommendations.count()


def test_a_programme_with_two_examples_in_a_row_is_counted_once() -> None:
    land = make_country("XA")
    programme = make_programme(countries=[land])
    for _ in range(2):
        make_example("2.6", programme)
    assert recommendations().get(number="2.6").number_of_programmes == 1
    countries = Country.objects.with_number_of_programmes(count_facets()["country"])
    assert vars(countries.get(code="XA"))["number_of_programmes"] == 1
