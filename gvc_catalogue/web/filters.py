"""Base classes of the lists' FilterSets (django-filter): multi-valued parameters, validated against known keys."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError


class KeysField(forms.MultipleChoiceField):
    """Form field of several keys of one facet. Empty keys are dropped.

    Each key that is not in `known` is named in the ValidationError.
    """

    # Not the field's `choices`: Django copies those with each form, and there are hundreds of countries.
    known: Collection[str] = ()

    def __init__(self, *args: Any, noun: str, **kwargs: Any) -> None:
        self.noun = noun
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        return [key for key in dict.fromkeys(super().to_python(value)) if key.strip()]

    def valid_value(self, value: str) -> bool:
        return value in self.known

    def validate(self, value: list[str]) -> None:
        unknown = [key for key in value if not self.valid_value(key)]
        if unknown:
            raise ValidationError([f"There is no {self.noun} “{key}” in the catalogue." for key in unknown])


def printable(text: str) -> str:
    """Return a text with U+FFFD in place of each character that is not printable."""
    return "".join(character if character.isprintable() else "�" for character in text)


class KeysFilter(django_filters.MultipleChoiceFilter):
    """Filter by any of several keys; `noun` names a key's kind in error messages."""

    field_class = KeysField


# Form class of each FilterSet, cached; the known keys are set on each request's form.
FORMS: dict[type, type[forms.Form]] = {}


class CatalogueFilter(django_filters.FilterSet):
    """FilterSet with known keys that are set for each request, and with errors as sentences."""

    def __init__(self, data: Any, keys: Mapping[str, Collection[str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, known in keys.items():
            self.form.fields[name].known = known

    def filter_queryset(self, queryset: Any) -> Any:
        """Raise TypeError: the search index returns the rows, and `.qs` would ignore the filters and return all."""
        raise TypeError("This FilterSet declares and validates a query string; ask the search index for the rows.")

    def get_form_class(self) -> type[forms.Form]:
        """Return the form class, cached; django-filter would create one with each request."""
        kind = type(self)
        if kind not in FORMS:
            FORMS[kind] = super().get_form_class()
        return FORMS[kind]

    @property
    def problems(self) -> dict[str, Sequence[str]]:
        """Return the validation errors of each parameter as sentences; empty if the query string is valid."""
        return {name: [printable(str(error)) for error in errors] for name, errors in self.form.errors.items()}

    @property
    def sentences(self) -> list[str]:
        return [sentence for sentences in self.problems.values() for sentence in sentences]

    def known(self) -> dict[str, list[str]]:
        """Return the requested values of each facet that exist, in request order.

        The response to a query string with unknown values keeps these.
        """
        fields = {name: field for name, field in self.form.fields.items() if isinstance(field, KeysField)}
        return {
            name: [key for key in self.data.getlist(name) if key and field.valid_value(key)]
            for name, field in fields.items()
        }
