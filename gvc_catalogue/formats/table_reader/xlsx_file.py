"""XLSX reader: the first sheet as texts, row by row, after a zip-bomb check before anything is unpacked."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import openpyxl

from .errors import LONGEST_CELL, MOST_COLUMNS, Line, UnreadableTableError

ZIP = b"PK\x03\x04"
# Unpacked bytes of the whole archive: an export of 100,000 programmes has some 300 MB.
MOST_BYTES = 2_000_000_000
# Compression ratio above which a part is a zip bomb (text has 10 to 30), and bytes up to which none is checked.
MOST_TIMES, SMALL = 200, 10_000_000
# Row limit of spreadsheets; a file may contain higher row numbers.
LAST_ROW = 1_048_576
# Maximum of rows with empty, formatted cells far to the right; each takes as long as a row full of text.
MOST_WIDE = 10_000
BROKEN = "The workbook cannot be read: it is damaged, or no .xlsx file."


def is_zip(beginning: bytes) -> bool:
    """Return whether the first bytes of a file are the signature of a ZIP archive, as of an XLSX file."""
    return beginning.startswith(ZIP)


def xlsx_lines(file: IO[bytes], most_bytes: int = MOST_BYTES) -> Iterator[Line]:
    """Yield the rows of the first sheet of a workbook.

    Raises UnreadableTableError, with the number of the row if one is invalid. `most_bytes` limits its unpacked size.
    """
    _look_inside(file, most_bytes)
    # openpyxl passes on the exceptions of its parsers: a damaged file causes any of many types.
    try:
        book = openpyxl.load_workbook(file, read_only=True)
        sheet = book.worksheets[0]
        # The dimensions stored in a sheet can be wrong.
        sheet.reset_dimensions()
        yield from _lines(sheet)
    except UnreadableTableError:
        raise
    except Exception as error:
        raise UnreadableTableError(BROKEN) from error


def _look_inside(file: IO[bytes], most_bytes: int) -> None:
    """Raise UnreadableTableError for a damaged archive, a zip bomb and too large a file, before unpacking."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise UnreadableTableError(BROKEN) from error
    finally:
        file.seek(0)
    bursting = [p for p in parts if p.file_size > SMALL and p.file_size > MOST_TIMES * max(1, p.compress_size)]
    if bursting or sum(part.file_size for part in parts) > most_bytes or len(parts) > 10_000:
        raise UnreadableTableError("The workbook would unpack to far more than a table holds: it is not opened.")


def _lines(sheet: Any) -> Iterator[Line]:
    """Yield the first row, [] where the file omits it, and all later rows that are not empty, to the sheet's end."""
    wide = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        wide += len(cells) > MOST_COLUMNS
        if number > LAST_ROW or wide > MOST_WIDE:
            where = (
                f"beyond row {LAST_ROW:,}" if number > LAST_ROW else f"with empty cells beyond column {MOST_COLUMNS}"
            )
            raise UnreadableTableError(
                f"Row {number}: the sheet goes on {where}. Delete what is not part of the table."
            )
        if any(cell.value not in (None, "") for cell in cells[MOST_COLUMNS:]):
            raise UnreadableTableError(f"Row {number} has more than {MOST_COLUMNS} cells.")
        texts = [_text(number, cell) for cell in cells[:MOST_COLUMNS]]
        if number == 1 or any(texts):
            yield Line(number, texts)


def _text(number: int, cell: Any) -> str:
    """Return a cell as a text. Raises UnreadableTableError for a formula, an error value or too long a cell."""
    value = cell.value
    if value is None:
        return ""
    place = f"Row {number}, cell {cell.coordinate}"
    if cell.data_type == "f":
        raise UnreadableTableError(f"{place}, is a formula: put its value there instead.")
    if cell.data_type == "e":
        raise UnreadableTableError(f"{place}, says {value}: a formula failed there.")
    text = _plain(value)
    if len(text) > LONGEST_CELL:
        raise UnreadableTableError(f"{place}, has more than {LONGEST_CELL:,} characters.")
    return text


def _plain(value: Any) -> str:
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
