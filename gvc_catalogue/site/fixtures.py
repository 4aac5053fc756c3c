"""Fixtures, the transcription of the statement and its vocabulary: loading, and their diff with the catalogue."""

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
# The fields of the natural key of each model, in the order of loading.
KEYS = {
    "recommendations.category": ("code",),
    "recommendations.recommendation": ("number",),
    "recommendations.passage": ("place", "position"),
    "programmes.country": ("code",),
    "programmes.organisation": ("name",),
    "programmes.programme": ("slug",),
    "programmes.example": ("recommendation", "position"),
    "programmes.synonym": ("label",),
    "programmes.term": ("key",),
    "programmes.classification": ("programme", "term"),
    "programmes.recommendationtopic": ("recommendation", "term"),
}

Fields = dict[str, Any]
Records = dict[tuple[str, str], Fields]


@dataclass(frozen=True)
class Change:
    """A difference between the catalogue and the fixtures in one record; `field` is "" for a whole record."""

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
    """Return the paths of the fixture files in the order of loading, which is that of their numeric prefixes."""
    return sorted(FIXTURES.glob("[0-9][0-9]_*.json"))


def is_empty() -> bool:
    """Return whether the database has no record of any model in the fixtures; one query per model."""
    return not any(_model(label)._base_manager.exists() for label in KEYS)


def load() -> int:
    """Load all fixtures in one transaction, none when one fails; return the number of records in them."""
    with transaction.atomic():
        call_command("loaddata", *map(str, fixture_files()), verbosity=0)
    return len(_fixture_records())


def differences() -> list[Change]:
    """Return the diff between fixtures and catalogue: missing and changed records first, then added ones.

    Fields that the fixtures do not contain are not compared: they belong to the later work on the catalogue.
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
    """Return all records of a model, serialised as in the fixtures; one query, and one per many-to-many relation."""
    records = model._base_manager.order_by("pk").select_related(
        *(field.name for field in model._meta.fields if field.many_to_one)
    )
    records = records.prefetch_related(*(field.name for field in model._meta.many_to_many))
    text = serializers.serialize("json", records, use_natural_foreign_keys=True, use_natural_primary_keys=True)
    return list(json.loads(text))


def _by_name(rows: Iterator[dict[str, Any]]) -> Records:
    return {(_verbose(row["model"]), _key(row)): row["fields"] for row in rows}


def _key(row: dict[str, Any]) -> str:
    """Return the natural key of a record as text: "2.1", "background-3", "2.1-1"."""
    values = (row["fields"][field] for field in KEYS[row["model"]])
    return "-".join(str(value[0] if isinstance(value, list) else value) for value in values)


def _ordered(value: Any) -> Any:
    """Return a list of related records sorted, as the database returns them in no defined order; others unchanged."""
    return sorted(value) if isinstance(value, list) else value


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _verbose(label: str) -> str:
    return str(_model(label)._meta.verbose_name)


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)
