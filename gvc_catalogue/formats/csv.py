"""Lists as files: streamed, whole, and safe to open in a spreadsheet."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, TypeVar

from django.http import StreamingHttpResponse

Record = TypeVar("Record")
# Without it Excel takes the file for one of its own alphabet; readers of CSV call it “utf-8-sig”.
BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection), also behind what nobody sees.
BEGINS = re.compile(r"[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
# Where the list separator is a semicolon, Excel begins a cell behind each, and a row behind each line end.
INSIDE = re.compile(r"(?<=[;\t\r\n])(?=[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])")


class _Line:
    """A file that gives back what is written to it, so that csv can stream."""

    def write(self, value: str) -> str:
        return value


def cell(value: Any) -> str:
    """Return a value as a spreadsheet's cell: several values joined by "; ", none that can run as a formula."""
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    text = {True: "yes", False: "no", None: ""}.get(value) if isinstance(value, bool | None) else str(value)
    text = str(text)
    shown = text.lstrip()
    text = text[: len(text) - len(shown)] + INSIDE.sub("'", shown)
    return f"'{text}" if BEGINS.match(text) else text


def begun(records: Iterable[Record]) -> Iterator[Record]:
    """Return the same records, the first of them read by now: what fails at once fails before anything is sent."""
    unread = iter(records)
    return chain(list(islice(unread, 1)), unread)


def csv_lines(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file: a header row, after the mark that says UTF-8, then a row a record."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(map(cell, columns))
    for row in rows:
        yield writer.writerow([cell(row[column]) for column in columns])


def csv_response(name: str, columns: list[str], rows: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """Return the rows as a download called `name`.csv; rows are read while they are sent."""
    response = StreamingHttpResponse(csv_lines(columns, begun(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def json_pieces(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the JSON of the same list, a piece a record; how many they were stands after them."""
    number = 0
    yield '{"results": ['
    for number, record in enumerate(records, start=1):
        yield f"{', ' if number > 1 else ''}{json.dumps(record, ensure_ascii=False)}"
    yield f'], "count": {number}}}'


def json_response(records: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """Return the records as JSON; they are read while they are sent."""
    return StreamingHttpResponse(json_pieces(begun(records)), content_type="application/json")
