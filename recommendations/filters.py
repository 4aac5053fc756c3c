"""What may be asked of the list of recommendations."""

from gvc_catalogue.lib.filters import CatalogueFilter, KeysFilter
from gvc_catalogue.lib.querystring import Pairs
from gvc_catalogue.lib.tallies import tallies

from .models import Recommendation


class RecommendationFilter(CatalogueFilter):
    """`category` is one of the seven; `country` asks for those with an example from there."""

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
        """What is asked as the pairs of a query string."""
        return (*(("category", code) for code in self.categories), *(("country", code) for code in self.countries))


def possible_keys() -> dict[str, dict[str, str]]:
    """Return the keys that exist, with their words: one query, for the revision.

    Countries belong to the floor above, which tells those that have programmes.
    """
    known = tallies()
    return {
        "category": {code: tally.label for code, tally in known["category"].items()},
        "country": {code: tally.label for code, tally in known["country"].items() if tally.number},
    }
