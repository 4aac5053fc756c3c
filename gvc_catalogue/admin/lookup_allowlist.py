"""Allow-list of changelist lookups: the filters that a query string of the admin may use.

Django allows any lookup of the model's own fields, including regular expressions, with which the lowest staff role
could block the database or a process (denial of service).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_FACETS_VAR, IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import (
    ALL_VAR,
    ERROR_FLAG,
    ORDER_VAR,
    PAGE_VAR,
    SEARCH_VAR,
    ChangeList,
    ChangeListSearchForm,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

LONGEST_VALUE = 500
LONGEST_SEARCH = 300
MOST_VALUES = 100
OWN_PARAMETERS = {ALL_VAR, ERROR_FLAG, ORDER_VAR, PAGE_VAR, SEARCH_VAR, IS_FACETS_VAR, IS_POPUP_VAR, TO_FIELD_VAR}
OWN_PARAMETERS |= {"_changelist_filters"}
DATE_RANGE = ("gt", "gte", "lt", "lte")


class BoundedSearchForm(ChangeListSearchForm):
    """Changelist search form with a maximum length: each word costs a comparison of each row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {SEARCH_VAR: forms.CharField(required=False, strip=False, max_length=LONGEST_SEARCH)}


class BoundedSearchChangeList(ChangeList):
    """ChangeList that refuses an overlong search term with a message."""

    search_form_class = BoundedSearchForm


class LookupAllowlistMixin(admin.ModelAdmin):
    """Base of every ModelAdmin: a changelist accepts the lookups of its `list_filter` and Django's own parameters.

    Of a field these are exact, in and isnull, of a date also gt, gte, lt and lte. Everything else is a
    DisallowedModelAdminLookup, status 400; so is a value that the field cannot have.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Return whether a parameter may filter the list; no query."""
        if "\x00" in value or len(value) > LONGEST_VALUE:
            return False
        if lookup in OWN_PARAMETERS:
            return True
        # Not by super(): UserAdmin calls ModelAdmin, which would allow all lookups of own fields.
        named = self.list_filter if request is None else self.get_list_filter(request)
        return any(self._accepts(one, lookup, value) for one in named)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedSearchChangeList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Return search results, none for an overlong term: an autocomplete has no form that would refuse it."""
        if is_overlong(search_term):
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Run an action; a selected value that the primary key cannot have is refused in a message."""
        if all(is_key(self.opts.pk, value) for value in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset, *args, **kwargs)
        messages.error(request, "A selected value is not a key of this list: nothing was done.")
        return None

    def _accepts(self, named: Any, lookup: str, value: str) -> bool:
        """Return whether one item of `list_filter` accepts a lookup with this value."""
        if isinstance(named, type) and issubclass(named, admin.SimpleListFilter):
            return lookup == named.parameter_name
        path, kind = named if isinstance(named, (tuple, list)) else (named, None)
        if kind and issubclass(kind, admin.EmptyFieldListFilter):
            return lookup == f"{path}__isempty" and value in ("0", "1")
        field: Any = get_fields_from_path(self.model, path)[-1]
        operators = dict(allowed_lookups(path, field))
        return lookup in operators and is_value(target(field), operators[lookup], value)


def is_overlong(term: str) -> bool:
    """Return whether a search term exceeds the bound of searches."""
    return len(term) > LONGEST_SEARCH


def allowed_lookups(path: str, field: Any) -> Iterator[tuple[str, str]]:
    """Yield each allowed lookup of a field with its operator: `status__in`, `in`."""
    yield f"{path}__isnull", "isnull"
    for start in (path, f"{path}__{target(field).name}") if field.is_relation else (path,):
        yield start, "exact"
        yield from ((f"{start}__{operator}", operator) for operator in ("exact", "in"))
    if isinstance(field, models.DateField):
        yield from ((f"{path}__{operator}", operator) for operator in DATE_RANGE)


def target(field: Any) -> Any:
    """Return the field that holds the value: of a relation, the key that it points to."""
    return field.target_field if field.is_relation else field


def is_value(field: Any, operator: str, value: str) -> bool:
    """Return whether a field of the database can be compared with a value of a query string."""
    if operator == "isnull":
        return value.lower() in ("true", "false", "1", "0", "")
    values = value.split(",") if operator == "in" else [value]
    return len(values) <= MOST_VALUES and all(is_one_value(field, one) for one in values)


def is_key(field: Any, value: str) -> bool:
    """Return whether a text can be a value of a primary key."""
    return "\x00" not in value and len(value) <= LONGEST_VALUE and is_one_value(target(field), value)


def is_one_value(field: Any, value: str) -> bool:
    """Return whether a text is a value of a field, within the range of its column."""
    try:
        typed = field.to_python(value)
        field.run_validators(typed)
    except ValidationError:
        return False
    if isinstance(field, models.DateField):
        # At either end of the calendar a date has no other time zone.
        return isinstance(typed, (date, datetime)) and date.min.year < typed.year < date.max.year
    return typed is not None
