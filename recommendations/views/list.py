"""Views of the list of recommendations by category: as a page, and as JSON."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.openapi import documented
from gvc_catalogue.web.facet_counts import CountFacets
from gvc_catalogue.web.list_responses import ListResponse, json_answer, list_response
from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import root

from ..filters import RecommendationFilter, possible_keys
from ..list_query import in_words, matching
from ..metadata import of_list
from ..models import Category
from ..serializers import CategoryRecord, WholeRecommendationRecord, category_record, recommendation_record


@require_safe
def recommendation_list(request: HttpRequest, count_facets: CountFacets) -> HttpResponse:
    """Recommendations that match, by category, each with its number of programmes.

    For an unknown value of a filter, an error message is shown instead.
    """
    counts = count_facets()
    possible = possible_keys(counts)
    asked = RecommendationFilter(request.GET, possible)
    pairs = {name: list(labels.items()) for name, labels in possible.items()}
    context: dict[str, Any] = {"section": "recommendations", "asked": asked, "possible": pairs}
    if not asked.is_valid():
        return render(request, "recommendations/unknown.html", context)
    recommendations = list(matching(asked, counts))
    groups = [(category, list(rows)) for category, rows in groupby(recommendations, key=lambda r: r.category)]
    words = in_words(asked, possible)
    context |= {
        "groups": groups,
        "total": len(recommendations),
        "query": request.GET.urlencode(),
        "in_words": words,
    }
    context |= of_list(asked.pairs, f"Recommendations {words}".strip(), len(recommendations), root(request))
    return render(request, "recommendations/list.html", context)


@documented(ListResponse[CategoryRecord])
@require_safe
def categories_json(request: HttpRequest, count_facets: CountFacets) -> HttpResponse:
    """All categories, in the order of the statement."""
    categories = Category.objects.with_counts(count_facets()["category"])
    return json_answer(list_response([category_record(category) for category in categories]))


@documented(ListResponse[WholeRecommendationRecord], asked=RecommendationFilter)
@require_safe
def recommendations_json(request: HttpRequest, count_facets: CountFacets) -> HttpResponse:
    """All recommendations that match, in the order of the statement."""
    counts = count_facets()
    asked = RecommendationFilter(request.GET, possible_keys(counts))
    if not asked.is_valid():
        return unknown_values(asked.problems)
    return json_answer(
        list_response([recommendation_record(recommendation) for recommendation in matching(asked, counts)])
    )
