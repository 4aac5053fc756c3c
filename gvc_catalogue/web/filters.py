"""What every list's filters share: keys that may stand several times, and sentences for those that do not exist."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError


class KeysField(forms.MultipleChoiceField):
    """Several keys of one facet, any of `known`. Empty ones are not asked; each one that does not exist is named."""

    # Not the form's own choices: Django copies those with each form, and there are hundreds of countries.
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
    """Return a text with a sign in place of each character that cannot be shown."""
    return "".join(character if character.isprintable() else "�" for character in text)


class KeysFilter(django_filters.MultipleChoiceFilter):
    """Any of several keys; `noun` says in words what a key stands for."""

    field_class = KeysField


# The class of the form of each filter; the keys that are known come after it, with each request.
FORMS: dict[type, type[forms.Form]] = {}


class CatalogueFilter(django_filters.FilterSet):
    """A FilterSet whose keys come with each request, and whose problems are sentences."""

    def __init__(self, data: Any, keys: Mapping[str, Collection[str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, known in keys.items():
            self.form.fields[name].known = known

    def filter_queryset(self, queryset: Any) -> Any:
        """The search index answers, not SQL: `.qs` would ignore the filters and return every row."""
        raise TypeError("This FilterSet declares and validates a query string; ask the search index for the rows.")

    def get_form_class(self) -> type[forms.Form]:
        """Return the class of the form; django-filter would make one anew with each request."""
        kind = type(self)
        if kind not in FORMS:
            FORMS[kind] = super().get_form_class()
        return FORMS[kind]

    @property
    def problems(self) -> dict[str, Sequence[str]]:
        """For each parameter what is wrong with it, in sentences; empty when all is well."""
        return {name: [printable(str(error)) for error in errors] for name, errors in self.form.errors.items()}

    @property
    def sentences(self) -> list[str]:
        return [sentence for sentences in self.problems.values() for sentence in sentences]

    def known(self) -> dict[str, list[str]]:
        """For each facet the values asked that do exist; what an answer to unknown ones can keep."""
        fields = {name: field for name, field in self.form.fields.items() if isinstance(field, KeysField)}
        return {
            name: [key for key in self.data.getlist(name) if key and field.valid_value(key)]
            for name, field in fields.items()
        }
