"""Query of the list of recommendations: its queryset, and its filters in words."""

from gvc_catalogue.web.facet_counts import FacetCounts

from .filters import RecommendationFilter
from .models import Recommendation
from .querysets import RecommendationQuerySet


def matching(asked: RecommendationFilter, counts: FacetCounts) -> RecommendationQuerySet:
    """Return the queryset of matching recommendations, in the order of the statement. No query yet.

    Each has its `number_of_programmes`.
    """
    found = Recommendation.objects.with_number_of_programmes(counts["recommendation"])
    return found.asked_for(asked.categories, asked.countries)


def in_words(asked: RecommendationFilter, possible: dict[str, dict[str, str]]) -> str:
    """Return the filters as the end of a heading: "on 2 Collective action, with an example from Czechia"."""
    categories, countries = possible["category"], possible["country"]
    said = {
        "on": [categories[code] for code in asked.categories],
        "with an example from": [countries[code] for code in asked.countries],
    }
    return ", ".join(f"{words} {' or '.join(labels)}" for words, labels in said.items() if labels)
