"""HTTP response for XLSX downloads."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse

from .writing import SHEET_ROWS, Column, TooManyRowsError, write_workbook

MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Any]],
    about: Sequence[tuple[str, Any]],
    total: int,
) -> FileResponse:
    """Return a file response with the rows as a download called `name`.xlsx.

    The first sheet, Records, has a header and one row for each record. The last sheet, About, has a label and a value
    in each row; a `Summary` value is replaced once all rows are written. `total` is the expected number of rows. The
    workbook is an unnamed temporary file, which is removed when the response is closed.
    Raises TooManyRowsError: before any row is read where `total` is too high, otherwise at the first row beyond.
    """
    if total >= SHEET_ROWS:
        raise TooManyRowsError(total)
    with ExitStack() as unless_sent:
        file = unless_sent.enter_context(TemporaryFile())
        write_workbook(file, columns, rows, about)
        file.seek(0)
        unless_sent.pop_all()
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=MIME_TYPE)
