"""Filters of the list of recommendations."""

from gvc_catalogue.web.facet_counts import FacetCounts
from gvc_catalogue.web.filters import CatalogueFilter, KeysFilter
from gvc_catalogue.web.querystring import Pairs

from .models import Recommendation


class RecommendationFilter(CatalogueFilter):
    """`category` is one of the seven; `country` selects recommendations with an example from that country."""

    category = KeysFilter(noun="category")
    country = KeysFilter(noun="country or economy with an example")

    class Meta:
        model = Recommendation
        fields: list[str] = []

    @property
    def categories(self) -> list[str]:
        return list(self.form.cleaned_data["category"] or [])

    @property
    def countries(self) -> list[str]:
        return list(self.form.cleaned_data["country"] or [])

    @property
    def pairs(self) -> Pairs:
        """Return the filters as pairs of a query string."""
        return (*(("category", code) for code in self.categories), *(("country", code) for code in self.countries))


def possible_keys(counts: FacetCounts) -> dict[str, dict[str, str]]:
    """Return the valid keys of each filter with their labels; of countries only those with programmes."""
    return {
        "category": {code: count.label for code, count in counts["category"].items()},
        "country": {code: count.label for code, count in counts["country"].items() if count.number},
    }
