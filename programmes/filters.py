"""What may be asked of the list of programmes."""

import django_filters
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet

from gvc_catalogue.lib.filters import CatalogueFilter, KeysFilter

from .models import Programme
from .selection import SORTS, Selection

LONGEST_SEARCH = 300


class ProgrammeFilter(CatalogueFilter):
    """The list's query string. Several values of a facet mean any of them; different facets mean all of them."""

    q = django_filters.CharFilter(
        validators=[
            MaxLengthValidator(
                LONGEST_SEARCH,
                "The search has %(show_value)d characters; at most %(limit_value)d are possible.",
            )
        ]
    )
    country = KeysFilter(noun="country or economy")
    region = KeysFilter(noun="region")
    category = KeysFilter(noun="category")
    recommendation = KeysFilter(noun="recommendation")
    provider = KeysFilter(noun="kind of provider")
    sort = django_filters.ChoiceFilter(
        choices=list(SORTS.items()),
        error_messages={
            "invalid_choice": f"There is no order “%(value)s”; possible are {', '.join(SORTS)}.",
        },
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    @property
    def selection(self) -> Selection:
        """What is asked, once `is_valid()` said yes."""
        asked = self.form.cleaned_data
        return Selection(**{name: tuple(v) if isinstance(v, list) else v or "" for name, v in asked.items()})

    @property
    def known_selection(self) -> Selection:
        """What is left of it without the values that do not exist."""
        valid = {name: value or "" for name, value in self.form.cleaned_data.items() if isinstance(value, str)}
        return Selection(**valid, **{name: tuple(dict.fromkeys(keys)) for name, keys in self.known().items()})

    def filter_queryset(self, queryset: QuerySet[Programme]) -> QuerySet[Programme]:
        return queryset.matching(self.selection)  # type: ignore[attr-defined]
