"""Folded column: a model field with the folded value of another field, so that SQLite and PostgreSQL sort alike."""

from typing import Any

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
