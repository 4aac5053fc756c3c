"""Views of one recommendation: as a page, and as JSON."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.openapi import documented
from gvc_catalogue.text.word_diff import word_diff
from gvc_catalogue.web.facet_counts import CountFacets
from gvc_catalogue.web.list_responses import json_answer
from gvc_catalogue.web.querystring import root

from ..metadata import of_recommendation
from ..models import Recommendation
from ..serializers import RecommendationRowRecord, with_examples

# Limit of examples on the page. The annex has fewer; of a larger catalogue the first are shown.
SHOWN = 60
# Limit of examples in one JSON record; the lists of programmes and examples contain all.
MOST = 1_000


@require_safe
def recommendation_detail(request: HttpRequest, number: str, count_facets: CountFacets) -> HttpResponse:
    """Page of a recommendation: both wordings, their diff, examples by economy, place in the statement, neighbours."""
    near = list(Recommendation.objects.with_number_of_programmes(count_facets()["recommendation"]))
    recommendation = get_recommendation(number, near)
    place = near.index(recommendation)
    siblings = [r for r in near if r.category_id == recommendation.category_id]
    examples = first_examples(recommendation)
    economies = by_economy(examples)
    acting = {country: None for economy in economies for country in economy["countries"]}
    context = {
        "section": "recommendations",
        "recommendation": recommendation,
        "differences": word_diff(recommendation.text, recommendation.annex_text) if recommendation.annex_text else [],
        "examples": examples,
        "number_of_examples": recommendation.examples.count(),
        "economies": economies,
        "acting": list(acting),
        "siblings": [r for r in siblings if r != recommendation],
        "place": siblings.index(recommendation) + 1,
        "places": len(siblings),
        "previous": near[place - 1] if place else None,
        "next": near[place + 1] if place + 1 < len(near) else None,
        "nearest": nearest_recommendations(recommendation, near),
    }
    context |= of_recommendation(recommendation, root(request))
    return render(request, "recommendations/detail.html", context)


@documented(RecommendationRowRecord, places={"number": "Its number in the statement."})
@require_safe
def recommendation_json(request: HttpRequest, number: str, count_facets: CountFacets) -> HttpResponse:
    """One recommendation with its examples, in the order of the row."""
    counted = Recommendation.objects.with_number_of_programmes(count_facets()["recommendation"])
    recommendation = get_recommendation(number, counted)
    return json_answer(with_examples(recommendation, first_examples(recommendation, MOST)))


def get_recommendation(number: str, among: Iterable[Recommendation]) -> Recommendation:
    """Return the recommendation with this number. Raises Http404, with a sentence for readers, when there is none."""
    found = next((recommendation for recommendation in among if recommendation.number == number), None)
    if found is None:
        raise Http404(f"There is no recommendation “{number}” in the statement: they go from i and 1.1 to iii.5.")
    return found


def first_examples(recommendation: Recommendation, most: int = SHOWN) -> list[Any]:
    """Return the first examples of the row; their programmes, providers and countries prefetched. Three queries."""
    examples: Any = recommendation.examples.select_related("source", "recommendation").order_by("position")
    return list(examples.prefetch_related("programmes__provider", "programmes__countries")[:most])


def by_economy(examples: list[Any]) -> list[dict[str, Any]]:
    """Return the examples grouped by the countries they name, in the order of the row. No query once prefetched."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for example in examples:
        countries = {country: None for programme in example.programmes.all() for country in programme.countries.all()}
        groups.setdefault(tuple(countries), []).append(example)
    return [{"countries": countries, "examples": examples} for countries, examples in groups.items()]


def nearest_recommendations(recommendation: Recommendation, near: list[Recommendation]) -> list[Recommendation]:
    """Return the two nearest recommendations that have programmes, those of the same category first. No query."""
    served = [r for r in near if r.number_of_programmes and r != recommendation]

    def distance(other: Recommendation) -> tuple[bool, int]:
        return other.category_id != recommendation.category_id, abs(other.position - recommendation.position)

    return sorted(served, key=distance)[:2]
