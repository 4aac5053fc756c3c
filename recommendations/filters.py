"""What may be asked of the list of recommendations."""

from gvc_catalogue.lib.filters import CatalogueFilter, KeysFilter

from .models import Category, Recommendation


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


def possible_keys() -> dict[str, dict[str, str]]:
    """Return the keys that exist, with their words: two queries.

    Countries belong to the floor above; here they are reached by name, through the examples.
    """
    there = Recommendation.objects.filter(examples__programmes__countries__isnull=False).order_by()
    path = "examples__programmes__countries__"
    countries = there.values_list(f"{path}code", f"{path}name").distinct().order_by(f"{path}sort_name")
    return {
        "category": {category.code: str(category) for category in Category.objects.all()},
        "country": dict(countries.values_list(f"{path}code", f"{path}name")),
    }
