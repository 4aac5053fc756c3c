"""Columns of an import file, the same as those of the CSV and XLSX export, and parsing of cells."""

from difflib import get_close_matches

from django.db import models

from gvc_catalogue.formats.table_reader import UnreadableTableError

from ..models import Programme
from ..models.serializers import PROGRAMME_COLUMNS

# Text fields of a programme; each is a column of the same name.
TEXTS = tuple(
    name
    for name in Programme.CONTENT
    if isinstance(field := Programme._meta.get_field(name), models.CharField | models.TextField) and not field.choices
)
# Columns that are imported; `link_kinds` contains the kinds of the links, in the order of `links`.
IMPORTED = (
    "slug",
    "name",
    "countries",
    "provider",
    "partners",
    "status",
    "successor",
    "checked_on",
    "links",
    "link_kinds",
    *(name for name in TEXTS if name not in ("slug", "name")),
)
# Columns of an export that an import ignores: they are derived from other records.
PASSED_OVER = tuple(name for name in PROGRAMME_COLUMNS if name not in IMPORTED)
FORMULA_STARTS = "=+-@＝＋－＠\t\r\n"


def check_columns(columns: list[str]) -> None:
    """Raise UnreadableTableError for an unknown column, or where both “slug” and “name” are missing."""
    for name in columns:
        if name and name not in IMPORTED and name not in PASSED_OVER:
            near = get_close_matches(name, IMPORTED, n=1)
            meant = f" Is it “{near[0]}”?" if near else f" Possible are {', '.join(IMPORTED)}."
            raise UnreadableTableError(f"There is no column “{name}”.{meant}")
    if "slug" not in columns and "name" not in columns:
        raise UnreadableTableError(
            "A column is missing: “slug” says which programme a row is about, “name” what it is called."
        )


def several(cell: str) -> list[str]:
    """Return the values of a cell, separated by semicolons, in order, without duplicates and empty values."""
    return list(dict.fromkeys(value for part in cell.split(";") if (value := one(part))))


def each(cell: str) -> list[str]:
    """Return all values of a cell, with empty ones and duplicates, to be paired with another cell by position."""
    return [one(part) for part in cell.split(";")] if cell.strip() else []


def one(cell: str) -> str:
    """Return a value without the apostrophe that an export adds against CSV injection (formula injection)."""
    value = cell.strip()
    return value[1:] if value[:1] == "'" and value[1:2] and value[1] in FORMULA_STARTS else value
