"""A list of recommendations that leaves the catalogue whole: as rows, as references, and what its file says of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations import Reference
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.formats.xlsx import Column
from gvc_catalogue.web.facet_counts import CountFacets, FacetCounts
from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import root

from .citations import list_reference, recommendation_reference
from .filters import RecommendationFilter, possible_keys
from .list_query import in_words, matching
from .models import Recommendation
from .serializers import RECOMMENDATION_COLUMNS, recommendation_row

WIDE = {"category_title": 40, "title": 40, "text": 60, "annex_text": 60, "place_url": 40, "url": 40}
COLUMNS = [Column(name, WIDE.get(name, 14)) for name in RECOMMENDATION_COLUMNS]


@dataclass(frozen=True)
class Export:
    """What is asked, the list's name in words, and the root by which the reader reached the catalogue."""

    asked: RecommendationFilter
    title: str
    root: str
    stamp: CitedRevision
    counts: FacetCounts

    def records(self) -> list[Recommendation]:
        """Return what is asked, in the order of the statement; one query."""
        return list(matching(self.asked, self.counts))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the same as rows of RECOMMENDATION_COLUMNS."""
        return (recommendation_row(recommendation, self.root) for recommendation in self.records())

    def references(self) -> Iterator[Reference]:
        """Yield the same as references."""
        return (recommendation_reference(recommendation, self.root, self.stamp) for recommendation in self.records())

    def reference(self) -> Reference:
        """Return the list itself as a reference; one query."""
        path = f"{self.root}{reverse('recommendations:list')}"
        return list_reference(path, self.asked.pairs, self.title, matching(self.asked, self.counts).count(), self.stamp)


def whole_list(make: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return the view that reads the list's query string and makes a file of its Export.

    A value that does not exist is answered by a problem document.
    """

    @require_safe
    @wraps(make)
    def view(request: HttpRequest, count_facets: CountFacets, **form: str) -> HttpResponseBase:
        counts = count_facets()
        possible = possible_keys(counts)
        asked = RecommendationFilter(request.GET, possible)
        if not asked.is_valid():
            return unknown_values(asked.problems)
        title = f"Recommendations {in_words(asked, possible)}".strip()
        return make(Export(asked, title, root(request), CitedRevision.now(), counts), **form)

    return view
