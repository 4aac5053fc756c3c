"""The fixtures, the transcription of the statement: loading them, and how the catalogue differs from them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.db import models, transaction

FIXTURES: Path = settings.BASE_DIR / "fixtures"
# What names a record of each model, in the order in which they are loaded.
KEYS = {
    "recommendations.category": ("code",),
    "recommendations.recommendation": ("number",),
    "recommendations.passage": ("place", "position"),
    "programmes.country": ("code",),
    "programmes.organisation": ("name",),
    "programmes.programme": ("slug",),
    "programmes.example": ("recommendation", "position"),
    "programmes.synonym": ("label",),
}

Fields = dict[str, Any]
Records = dict[tuple[str, str], Fields]


@dataclass(frozen=True)
class Change:
    """How one record of the catalogue differs from the fixtures; `field` is "" for a whole record."""

    kind: str
    model: str
    key: str
    field: str = ""
    in_fixtures: Any = None
    in_catalogue: Any = None

    def __str__(self) -> str:
        record = f"{self.kind}: {self.model} {self.key}"
        if not self.field:
            return record
        return f"{record}, {self.field}: {_shown(self.in_fixtures)} in the fixtures, {_shown(self.in_catalogue)} here"


def fixture_files() -> list[Path]:
    """The files in the order of loading, which their names begin with."""
    return sorted(FIXTURES.glob("[0-9][0-9]_*.json"))


def is_empty() -> bool:
    """Whether the catalogue holds no record at all of what the fixtures hold; a query a model."""
    return not any(_model(label)._base_manager.exists() for label in KEYS)


def load() -> int:
    """Load all fixtures, or none where one fails. Return how many records there are."""
    with transaction.atomic():
        call_command("loaddata", *map(str, fixture_files()), verbosity=0)
    return len(_fixture_records())


def differences() -> list[Change]:
    """What stands in the catalogue otherwise than in the fixtures: missing and changed records, then added ones.

    A field that the fixtures do not state is not compared: it has come with the catalogue's own work.
    """
    fixtures, catalogue = _fixture_records(), _catalogue_records()
    known = [change for name in fixtures for change in _compared(name, fixtures[name], catalogue.get(name))]
    return known + [Change("added", *name) for name in catalogue if name not in fixtures]


def _compared(name: tuple[str, str], fixture: Fields, record: Fields | None) -> Iterator[Change]:
    if record is None:
        yield Change("missing", *name)
        return
    for field, value in fixture.items():
        if _ordered(value) != _ordered(record[field]):
            yield Change("changed", *name, field, value, record[field])


def _fixture_records() -> Records:
    return _by_name(row for file in fixture_files() for row in json.loads(file.read_text(encoding="utf-8")))


def _catalogue_records() -> Records:
    return _by_name(row for label in KEYS for row in _serialized(_model(label)))


def _serialized(model: type[models.Model]) -> list[dict[str, Any]]:
    """All records of a model in the form that the fixtures have; a query, and one for each relation to many."""
    records = model._base_manager.order_by("pk").select_related(
        *(field.name for field in model._meta.fields if field.many_to_one)
    )
    records = records.prefetch_related(*(field.name for field in model._meta.many_to_many))
    text = serializers.serialize("json", records, use_natural_foreign_keys=True, use_natural_primary_keys=True)
    return list(json.loads(text))


def _by_name(rows: Iterator[dict[str, Any]]) -> Records:
    return {(_verbose(row["model"]), _key(row)): row["fields"] for row in rows}


def _key(row: dict[str, Any]) -> str:
    """What names the record, as readers know it: "2.1", "background-3", "2.1-1"."""
    values = (row["fields"][field] for field in KEYS[row["model"]])
    return "-".join(str(value[0] if isinstance(value, list) else value) for value in values)


def _ordered(value: Any) -> Any:
    """The related records of a list in one order: a database keeps none."""
    return sorted(value) if isinstance(value, list) else value


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _verbose(label: str) -> str:
    return str(_model(label)._meta.verbose_name)


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)
