"""The recommendations: the list by category, one recommendation, and both as data."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.lib.answers import Whole, answer, whole
from gvc_catalogue.lib.differences import pieces
from gvc_catalogue.lib.exports import csv_response
from gvc_catalogue.lib.openapi import described
from gvc_catalogue.lib.problems import unknown_values

from .filters import RecommendationFilter, possible_keys
from .models import Category, Recommendation
from .querysets import RecommendationQuerySet
from .serializers import (
    RECOMMENDATION_COLUMNS,
    CategoryRecord,
    RecommendationRowRecord,
    WholeRecommendationRecord,
    category_record,
    recommendation_record,
    with_examples,
)

# All that the annex has; of a larger catalogue the first.
SHOWN = 60
# So many of them one record gives as data; the lists of programmes and examples give all.
MOST = 1_000


@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """What is asked, by category, each with its number of programmes; of an unknown value a sentence."""
    possible = possible_keys()
    asked = RecommendationFilter(request.GET, possible)
    context: dict[str, Any] = {"section": "recommendations", "asked": asked, "possible": possible}
    if not asked.is_valid():
        return render(request, "recommendations/unknown.html", context)
    recommendations = list(matching(asked))
    groups = [(category, list(rows)) for category, rows in groupby(recommendations, key=lambda r: r.category)]
    context |= {
        "groups": groups,
        "total": len(recommendations),
        "query": request.GET.urlencode(),
        "in_words": in_words(asked, possible),
    }
    return render(request, "recommendations/list.html", context)


def in_words(asked: RecommendationFilter, possible: dict[str, dict[str, str]]) -> str:
    """Return the filters as the end of a heading: "on 2 Collective action, with an example from Czechia"."""
    categories, countries = possible["category"], possible["country"]
    said = {
        "on": [categories[code] for code in asked.categories],
        "with an example from": [countries[code] for code in asked.countries],
    }
    return ", ".join(f"{words} {' or '.join(labels)}" for words, labels in said.items() if labels)


@described(Whole[CategoryRecord])
@require_safe
def categories_json(request: HttpRequest) -> HttpResponse:
    """The categories, all of them, in the order of the statement."""
    return answer(whole([category_record(category) for category in Category.objects.with_counts()]))


@described(Whole[WholeRecommendationRecord], asked=RecommendationFilter)
@require_safe
def recommendations_json(request: HttpRequest) -> HttpResponse:
    """The recommendations that match, all of them, in the order of the statement."""
    asked = RecommendationFilter(request.GET, possible_keys())
    if not asked.is_valid():
        return unknown_values(asked.problems)
    return answer(whole([recommendation_record(recommendation) for recommendation in matching(asked)]))


@require_safe
def recommendations_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table."""
    asked = RecommendationFilter(request.GET, possible_keys())
    if not asked.is_valid():
        return unknown_values(asked.problems)
    root = request.build_absolute_uri("/").rstrip("/")
    records = (recommendation_record(recommendation) for recommendation in matching(asked))
    rows = ({**record, "url": f"{root}{record['url']}"} for record in records)
    return csv_response("recommendations", RECOMMENDATION_COLUMNS, rows)


def matching(asked: RecommendationFilter) -> RecommendationQuerySet:
    """Return what is asked, in the order of the statement. No query yet."""
    return Recommendation.objects.with_number_of_programmes().asked_for(asked.categories, asked.countries)


@require_safe
def recommendation_detail(request: HttpRequest, number: str) -> HttpResponse:
    """Both wordings, the examples by economy, its place in the statement and what stands near it."""
    recommendation = one(number)
    near = list(Recommendation.objects.with_number_of_programmes())
    place = near.index(recommendation)
    siblings = [r for r in near if r.category_id == recommendation.category_id]
    examples = first_examples(recommendation)
    economies = by_economy(examples)
    acting = {country: None for economy in economies for country in economy["countries"]}
    context = {
        "section": "recommendations",
        "recommendation": recommendation,
        "differences": pieces(recommendation.text, recommendation.annex_text) if recommendation.annex_text else [],
        "examples": examples,
        "number_of_examples": recommendation.examples.count(),
        "economies": economies,
        "acting": list(acting),
        "siblings": [r for r in siblings if r != recommendation],
        "place": siblings.index(recommendation) + 1,
        "places": len(siblings),
        "previous": near[place - 1] if place else None,
        "next": near[place + 1] if place + 1 < len(near) else None,
        "nearest": nearest(recommendation, near),
    }
    return render(request, "recommendations/detail.html", context)


@described(RecommendationRowRecord, places={"number": "Its number in the statement."})
@require_safe
def recommendation_json(request: HttpRequest, number: str) -> HttpResponse:
    """One recommendation with its examples, in the order of the row."""
    recommendation = one(number)
    return answer(with_examples(recommendation, first_examples(recommendation, MOST)))


def one(number: str) -> Recommendation:
    """Return a recommendation. Raises Http404, in words, when there is none."""
    found = Recommendation.objects.with_number_of_programmes().filter(number=number).first()
    if found is None:
        raise Http404(f"There is no recommendation “{number}” in the statement: they go from i and 1.1 to iii.5.")
    return found


def first_examples(recommendation: Recommendation, most: int = SHOWN) -> list[Any]:
    """Return the first examples of the row with their programmes, those's providers and countries; three queries."""
    examples: Any = recommendation.examples.select_related("source", "recommendation").order_by("position")
    return list(examples.prefetch_related("programmes__provider", "programmes__countries")[:most])


def by_economy(examples: list[Any]) -> list[dict[str, Any]]:
    """Return the examples grouped by the countries they name, in the order of the row; no query once prefetched."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for example in examples:
        countries = {country: None for programme in example.programmes.all() for country in programme.countries.all()}
        groups.setdefault(tuple(countries), []).append(example)
    return [{"countries": countries, "examples": examples} for countries, examples in groups.items()]


def nearest(recommendation: Recommendation, near: list[Recommendation]) -> list[Recommendation]:
    """Return, for one without programmes, the two nearest that have some, those of its own category first."""
    served = [r for r in near if r.number_of_programmes and r != recommendation]

    def distance(other: Recommendation) -> tuple[bool, int]:
        return other.category_id != recommendation.category_id, abs(other.position - recommendation.position)

    return sorted(served, key=distance)[:2]
