"""The columns of an import: those of this catalogue's own exports."""

from difflib import get_close_matches

from django.db import models

from gvc_catalogue.formats.table_reader import UnreadableTableError

from ..models import Programme
from ..models.serializers import PROGRAMME_COLUMNS

# The plain texts of a programme, each a column of its name.
TEXTS = tuple(
    name
    for name in Programme.CONTENT
    if isinstance(field := Programme._meta.get_field(name), models.CharField | models.TextField) and not field.choices
)
# What an import says of a programme; `link_kinds` tells of what kind the links are, in their order.
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
# What an export says beside that: it follows from other records, and is passed over.
PASSED_OVER = tuple(name for name in PROGRAMME_COLUMNS if name not in IMPORTED)
FORMULA_STARTS = "=+-@＝＋－＠\t\r\n"


def check_columns(columns: list[str]) -> None:
    """Raise Unreadable for columns that an import does not know, or where those are missing that it needs."""
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
    """Return the values of a cell, which stand between semicolons; each once."""
    return list(dict.fromkeys(value for part in cell.split(";") if (value := one(part))))


def each(cell: str) -> list[str]:
    """Return the values of a cell as they stand beside those of another: none is left out."""
    return [one(part) for part in cell.split(";")] if cell.strip() else []


def one(cell: str) -> str:
    """Return a value without the apostrophe by which an export keeps a spreadsheet from running it."""
    value = cell.strip()
    return value[1:] if value[:1] == "'" and value[1:2] and value[1] in FORMULA_STARTS else value
