"""Filter set (django-filter) of the programme list: parameters of the query string and their validation."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.core.validators import MaxLengthValidator

from gvc_catalogue.web.filters import CatalogueFilter, ExcludableKeysFilter, KeysField, KeysFilter

from ..models import Programme
from .facet_definitions import DEFINITIONS, FACETS, STAND_TOGETHER
from .list_query import SORTS, ListQuery

# Characters. A quotation of the statement is shorter, so that it can be pasted.
LONGEST_SEARCH = 2_000


class FacetNamesField(KeysField):
    """Form field of names of facets whose values can stand together."""

    known = STAND_TOGETHER

    def sentence(self, key: str) -> str:
        return f"Several values of “{key}” cannot stand together; possible are {', '.join(self.known)}."


class FacetNamesFilter(KeysFilter):
    """The facets of which a programme has all chosen values."""

    field_class = FacetNamesField


class ProgrammeFilter(CatalogueFilter):
    """Validated query string of the list. Values of the same facet are combined by OR, different facets by AND.

    With `every` the values of a facet are combined by AND; values with a leading minus are excluded.
    """

    q = django_filters.CharFilter(
        help_text="Words, of which each must be found; “quoted words” are a phrase; a word after a minus is excluded.",
        validators=[
            MaxLengthValidator(
                LONGEST_SEARCH,
                "The search has %(show_value)d characters; at most %(limit_value)d are possible.",
            ),
        ],
    )
    every = FacetNamesFilter(
        noun="facet",
        help_text="Name of a facet of which a programme has all values, not any. It may stand several times.",
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
        facets = {f.name: ExcludableKeysFilter(field_name=f.name, noun=f.noun, aliases=f.aliases) for f in DEFINITIONS}
        return {"q": declared.pop("q"), **facets, **declared}

    @property
    def selection(self) -> ListQuery:
        """The list query. Available after `is_valid()` has returned True."""
        return list_query(self.form.cleaned_data)

    @property
    def known_selection(self) -> ListQuery:
        """The list query without facet values that do not exist."""
        words = {name: value for name, value in self.form.cleaned_data.items() if isinstance(value, str)}
        return list_query(words | {name: list(dict.fromkeys(keys)) for name, keys in self.known().items()})


def list_query(asked: Mapping[str, Any]) -> ListQuery:
    """Return the list query of valid values by parameter; keys with a leading minus become its exclusions."""
    keys: dict[str, list[str]] = {name: asked.get(name) or [] for name in (*FACETS, "every")}
    chosen: dict[str, Any] = {name: tuple(k for k in found if not k.startswith("-")) for name, found in keys.items()}
    excluded = tuple((name, key[1:]) for name in FACETS for key in keys[name] if key.startswith("-"))
    return ListQuery(**chosen, q=asked.get("q") or "", excluded=excluded, sort=asked.get("sort") or "")
