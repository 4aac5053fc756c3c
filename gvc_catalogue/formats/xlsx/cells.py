"""Cell values of XLSX exports, and the canonical serialisation of a row for its checksum."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from gvc_catalogue.text.sanitise import strip_control_characters

# In UTF-16 code units, as Excel counts.
CELL_CHARACTERS = 32_767
CUT = " … [cut here: a cell holds 32,767 characters]"
# Spreadsheets store numbers as floats with 16 digits, and their calendar begins with this year.
EXACT = 2**53
FIRST_YEAR = 1900

# Shown below the checksum, so that it can be recomputed.
SHA_256_OF_WHAT = (
    "Of each row of the first sheet below its header, in their order: the cells that are not empty as one JSON object, "
    "named by the header, sorted by name, without spaces around its signs, letters as they are, whole numbers without "
    "a point, dates like 2007-06-01 and moments like 2007-06-01T12:00:00; then a line feed; all in UTF-8."
)

Cell = str | int | float | date | None


def typed(value: Any) -> Cell:
    """Return a value converted to a type that a spreadsheet cell can contain.

    Numbers, dates and booleans keep their type where a spreadsheet can represent them; datetimes are in UTC, without
    time zone, to the second. Other values become text: several values are joined by "; ", characters that XML forbids
    are replaced, and a text too long for a cell is truncated with a note. An empty text is None.
    """
    if isinstance(value, str):
        return _fitting(strip_control_characters(value)) or None
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and -EXACT < value < EXACT:
        return _number(value)
    if isinstance(value, date) and value.year >= FIRST_YEAR:
        return _moment(value) if isinstance(value, datetime) else value
    return typed("; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def canonical(record: Mapping[str, Cell]) -> bytes:
    """Return the canonical serialisation of a row for its checksum, as SHA_256_OF_WHAT describes it: JSON in UTF-8.

    `record` maps the names of columns to typed cells.
    """
    filled = {name: value for name, value in record.items() if value is not None}
    line = json.dumps(filled, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_iso)
    return f"{line}\n".encode()


def _iso(value: date) -> str:
    return value.isoformat()


def _number(value: float) -> float:
    """Return the number rounded to the 16 digits that the file contains, as an int where it is whole."""
    written = float(f"{value:.16G}")
    return int(written) if written.is_integer() else written


def _moment(value: datetime) -> datetime:
    in_utc = value.astimezone(UTC) if value.tzinfo else value
    return in_utc.replace(tzinfo=None, microsecond=0)


def _fitting(text: str) -> str:
    """Return the text, truncated to the length of a cell with a note, never inside a surrogate pair."""
    if len(text) <= CELL_CHARACTERS // 2:
        return text
    halves = text.encode("utf-16-le")
    if len(halves) <= 2 * CELL_CHARACTERS:
        return text
    return halves[: 2 * (CELL_CHARACTERS - len(CUT))].decode("utf-16-le", errors="ignore") + CUT
