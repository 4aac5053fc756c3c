"""A column that keeps another one folded, so that SQLite and PostgreSQL sort alike."""

from typing import Any

from django.db import models
from django.db.models.signals import pre_save

from gvc_catalogue.text.folding import fold

# Characters of a folded column with an index: PostgreSQL refuses B-tree rows of more than 2,704 bytes, and a character
# has up to 4.
LONGEST_INDEXED = 600


class FoldedField(models.CharField):
    """Holds `fold(source)`, cut at `max_length`, renewed on every save, `bulk_create` and `loaddata`.

    Folding makes a text up to GROWTH times as long. Lookups cut what they compare with alike.
    `QuerySet.update()` and raw SQL do not pass here: they must set this column with the other.
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
        # loaddata saves "raw", which asks no field for its value; this signal reaches it too.
        pre_save.connect(self.renew, sender=cls)

    def renew(self, instance: models.Model, **kwargs: Any) -> None:
        setattr(instance, self.attname, fold(getattr(instance, self.source))[: self.max_length])

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        self.renew(model_instance)
        return str(getattr(model_instance, self.attname))

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared[: self.max_length] if isinstance(prepared, str) else prepared
