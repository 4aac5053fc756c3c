"""Model fields: a folded column, so that SQLite and PostgreSQL sort alike, and a choice with aliases of its keys."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.db import models
from django.db.models.signals import pre_save

from gvc_catalogue.text.folding import fold

# Maximum length in characters of a folded column with an index: PostgreSQL refuses B-tree rows of more than 2,704
# bytes, and a character has up to 4.
LONGEST_INDEXED = 600


class FoldedField(models.CharField):
    """Contains `fold(source)`, truncated to `max_length`, updated on every save, `bulk_create` and `loaddata`.

    Folding makes a text up to GROWTH times as long. Lookups truncate the compared value in the same way.
    `QuerySet.update()` and raw SQL do not call this field: they must set this column together with the source.
    """

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs |= {"editable": False, "max_length": kwargs.get("max_length", 300), "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # loaddata saves with raw=True, which does not call the field's pre_save; this signal is sent then too.
        pre_save.connect(self.renew, sender=cls)

    def renew(self, instance: models.Model, **kwargs: Any) -> None:
        setattr(instance, self.attname, fold(getattr(instance, self.source))[: self.max_length])

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        self.renew(model_instance)
        return str(getattr(model_instance, self.attname))

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared[: self.max_length] if isinstance(prepared, str) else prepared


class AliasedChoiceFormField(forms.TypedChoiceField):
    """Form field of a choice; an alias is read as the key that it stands for."""

    aliases: Mapping[str, str] = MappingProxyType({})

    def to_python(self, value: Any) -> str:
        key = super().to_python(value)
        return self.aliases.get(key, key)


class AliasedChoiceField(models.CharField):
    """Choice of a key. `aliases` maps a former key to its present one.

    An alias is read as the present key wherever it comes from: a form, a fixture, a backup, the content of a version or
    of a draft, a lookup, or a row that a release before has written. It is never written.
    """

    def __init__(self, *args: Any, aliases: Mapping[str, str] = MappingProxyType({}), **kwargs: Any) -> None:
        self.aliases = aliases
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return the field as a plain CharField: aliases concern no column, and a migration finds the stored key."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def present(self, value: Any) -> Any:
        """Return the present key of an alias; any other value unchanged."""
        return self.aliases.get(value, value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.present(value)

    def to_python(self, value: Any) -> Any:
        return self.present(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return self.present(super().get_prep_value(value))

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(choices_form_class=AliasedChoiceFormField, **kwargs)
        if isinstance(field, AliasedChoiceFormField):
            field.aliases = self.aliases
        return field
