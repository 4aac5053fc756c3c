"""Export of a whole list of recommendations: as rows, as references, and the citation of the list."""

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
    """The filters, the title of the list, the root URL of the request, the cited revision, and the facet counts."""

    asked: RecommendationFilter
    title: str
    root: str
    stamp: CitedRevision
    counts: FacetCounts

    def records(self) -> list[Recommendation]:
        """Return the matching recommendations, in the order of the statement. One query."""
        return list(matching(self.asked, self.counts))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Return an iterator of the same as rows of RECOMMENDATION_COLUMNS. One query."""
        return (recommendation_row(recommendation, self.root) for recommendation in self.records())

    def references(self) -> Iterator[Reference]:
        """Return an iterator of the same as references. One query."""
        return (recommendation_reference(recommendation, self.root, self.stamp) for recommendation in self.records())

    def reference(self) -> Reference:
        """Return the list itself as one reference. One query."""
        path = f"{self.root}{reverse('recommendations:list')}"
        return list_reference(path, self.asked.pairs, self.title, matching(self.asked, self.counts).count(), self.stamp)


def whole_list(make: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return a view (decorator) that parses the query string of the list and passes its Export to `make`.

    An unknown value is answered by problem details (RFC 9457).
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
