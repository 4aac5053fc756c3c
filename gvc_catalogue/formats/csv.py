"""CSV exports of lists: streamed, complete, and safe from CSV injection (formula injection)."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, TypeVar

from django.http import StreamingHttpResponse

Record = TypeVar("Record")
# Without it Excel decodes the file in a legacy code page. Python's name of the encoding is “utf-8-sig”.
BYTE_ORDER_MARK = "\ufeff"
# Spreadsheets run a cell that begins so as a formula (OWASP, CSV injection), also after invisible characters.
BEGINS = re.compile(r"[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
# Where the list separator is a semicolon, Excel begins a cell after each one, and a row after each line end.
INSIDE = re.compile(r"(?<=[;\t\r\n])(?=[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])")


class _Line:
    """File-like object whose `write` returns its argument, so that csv.writer can stream."""

    def write(self, value: str) -> str:
        return value


def cell(value: Any) -> str:
    """Return a value as the text of a CSV cell, escaped against CSV injection by apostrophes.

    Several values are joined by "; ". True is "yes", False "no", None "".
    """
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    text = {True: "yes", False: "no", None: ""}.get(value) if isinstance(value, bool | None) else str(value)
    text = str(text)
    shown = text.lstrip()
    text = text[: len(text) - len(shown)] + INSIDE.sub("'", shown)
    return f"'{text}" if BEGINS.match(text) else text


def begun(records: Iterable[Record]) -> Iterator[Record]:
    """Return an iterator of the same records, the first already read: its errors are raised before the response."""
    unread = iter(records)
    return chain(list(islice(unread, 1)), unread)


def csv_lines(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file: a UTF-8 byte order mark with the header row, then one row for each record."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(map(cell, columns))
    for row in rows:
        yield writer.writerow([cell(row[column]) for column in columns])


def csv_response(name: str, columns: list[str], rows: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """Return a streaming response with the rows as a download called `name`.csv; rows are read while it is sent."""
    response = StreamingHttpResponse(csv_lines(columns, begun(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
