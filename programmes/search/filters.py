"""Filter set (django-filter) of the programme list: parameters of the query string and their validation."""

from dataclasses import fields
from typing import Any

import django_filters
from django.core.validators import MaxLengthValidator

from gvc_catalogue.web.filters import CatalogueFilter, KeysFilter

from ..models import Programme
from .facet_definitions import DEFINITIONS
from .list_query import SORTS, ListQuery

# Characters. A quotation of the statement is shorter, so that it can be pasted.
LONGEST_SEARCH = 2_000
ASKED = [field.name for field in fields(ListQuery)]


class ProgrammeFilter(CatalogueFilter):
    """Validated query string of the list. Values of the same facet are combined by OR, different facets by AND."""

    q = django_filters.CharFilter(
        help_text="Words, of which each must be found; “quoted words” are a phrase; a word after a minus is excluded.",
        validators=[
            MaxLengthValidator(
                LONGEST_SEARCH,
                "The search has %(show_value)d characters; at most %(limit_value)d are possible.",
            ),
        ],
    )
    sort = django_filters.ChoiceFilter(
        choices=list(SORTS.items()),
        help_text="The order; without it by relevance where words are asked for, else by name.",
        error_messages={
            "invalid_choice": f"There is no order “%(value)s”; possible are {', '.join(SORTS)}.",
        },
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Return the filters by name, in the order of the API description: `q`, the facets, then the others."""
        declared = super().get_filters()
        facets = {f.name: KeysFilter(field_name=f.name, noun=f.noun) for f in DEFINITIONS}
        return {"q": declared.pop("q"), **facets, **declared}

    @property
    def selection(self) -> ListQuery:
        """The list query. Available after `is_valid()` has returned True."""
        asked: dict[str, Any] = self.form.cleaned_data
        values: dict[str, Any] = {n: tuple(v) if isinstance(v := asked[n], list) else v or "" for n in ASKED}
        return ListQuery(**values)

    @property
    def known_selection(self) -> ListQuery:
        """The list query without facet values that do not exist."""
        words: dict[str, Any] = {name: v for name, v in self.form.cleaned_data.items() if isinstance(v, str)}
        kept: dict[str, Any] = {name: words[name] for name in words.keys() & set(ASKED)}
        kept |= {name: tuple(dict.fromkeys(keys)) for name, keys in self.known().items()}
        return ListQuery(**kept)
