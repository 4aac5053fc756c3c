"""CSV reader: UTF-8 with or without a byte order mark; delimiter comma, semicolon or tab."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import IO

from .errors import LONGEST_CELL, MOST_COLUMNS, Line, UnreadableTableError

# Bytes of a line of text; a longer one is no line of a table.
LONGEST_LINE = 1_000_000
NOT_UTF_8 = "Row {} is not in UTF-8 (it may be in Windows’ own encoding): save the file as “CSV UTF-8”."


def csv_lines(file: IO[bytes]) -> Iterator[Line]:
    """Yield the rows of a CSV file, with the header first. Raises UnreadableTableError with the number of a bad row."""
    texts = _texts(file)
    first = next(texts, "").removeprefix("\ufeff")
    if not first:
        return
    # Memory is bounded: a line of text has a maximum length, and csv limits the cell that several lines are joined to.
    reader = csv.reader(chain([first], texts), delimiter=_delimiter(first), strict=True)
    begun = 1
    try:
        for number, cells in enumerate(reader, start=1):
            _check(number, cells)
            yield Line(number, cells)
            begun = number + 1
    except csv.Error as error:
        raise UnreadableTableError(f"Row {begun} cannot be read: {_said(error)}.") from error


def _texts(file: IO[bytes]) -> Iterator[str]:
    """Yield the decoded lines of the file. Errors contain the number of the line, as a row may span several lines."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise UnreadableTableError(f"Line {number} has more than {LONGEST_LINE:,} characters: this is no table.")
        if b"\x00" in line:
            raise UnreadableTableError(f"Line {number} holds a character that no text has: this is no CSV file.")
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise UnreadableTableError(NOT_UTF_8.format(number)) from error


def _delimiter(header: str) -> str:
    """Return the delimiter that occurs most in the header; names of columns contain no delimiter."""
    return max(",;\t", key=header.count)


def _check(number: int, cells: list[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise UnreadableTableError(f"Row {number} has {len(cells)} cells; at most {MOST_COLUMNS} are possible.")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise UnreadableTableError(f"Row {number} has a cell of more than {LONGEST_CELL:,} characters.")


def _said(error: csv.Error) -> str:
    text = str(error)
    if "field larger" in text:
        return "a cell is too long; a quotation mark may be open"
    return "a quotation mark is open to the end of the file" if "unexpected end" in text else text
