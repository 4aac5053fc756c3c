"""Streaming reader of CSV and XLSX files with a header: rows as texts by column, one at a time."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, NamedTuple

from .csv_file import csv_lines
from .errors import MOST_COLUMNS, Line, UnreadableTableError
from .xlsx_file import MOST_BYTES, is_zip, xlsx_lines

OLE = b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

__all__ = ["Row", "UnreadableTableError", "rows"]


class Row(NamedTuple):
    """Row of a table below its header: its number in the file, and its cells by column; empty ones are ""."""

    number: int
    cells: dict[str, str]


def rows(file: IO[bytes], check: Callable[[list[str]], None], most_unpacked: int = MOST_BYTES) -> Iterator[Row]:
    """Yield the rows of a CSV or XLSX file below its header, without empty rows, in the order of the file.

    `check` is called with the names of the columns, in lower case, and raises UnreadableTableError for unsuitable ones.
    The file must be seekable. A workbook that unpacks to more than `most_unpacked` bytes is refused. Raises
    UnreadableTableError with the number of the first row that cannot be read.
    """
    lines = _lines(file, most_unpacked)
    header = next(lines, None)
    if header is None:
        raise UnreadableTableError("The file is empty: its first row must name the columns.")
    columns = _columns(header)
    check(columns)
    for number, cells in lines:
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            raise UnreadableTableError(f"Row {number} has {len(cells)} cells, but there are {len(columns)} columns.")
        filled = [*cells, *[""] * (len(columns) - len(cells))]
        if any(filled):
            yield Row(number, {name: cell for name, cell in zip(columns, filled, strict=False) if name})


def _lines(file: IO[bytes], most_unpacked: int) -> Iterator[Line]:
    beginning = file.read(8)
    file.seek(0)
    if beginning.startswith(OLE):
        raise UnreadableTableError(
            "This is an encrypted workbook, or one of Excel before 2007: save it as .xlsx or CSV."
        )
    if beginning.startswith(UTF_16):
        raise UnreadableTableError("The file is in UTF-16: save it as “CSV UTF-8”.")
    return xlsx_lines(file, most_unpacked) if is_zip(beginning) else csv_lines(file)


def _columns(header: Line) -> list[str]:
    columns = [name.strip().casefold() for name in _without_empty_end(header.cells)]
    if len(columns) > MOST_COLUMNS:
        raise UnreadableTableError(f"There are {len(columns)} columns; at most {MOST_COLUMNS} are possible.")
    for name in columns:
        if name and columns.count(name) > 1:
            raise UnreadableTableError(f"The column “{name}” stands twice.")
    return columns


def _without_empty_end(cells: Iterable[str]) -> list[str]:
    found = list(cells)
    while found and not found[-1].strip():
        found.pop()
    return found
