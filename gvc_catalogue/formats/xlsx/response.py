"""A workbook as a download."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse

from .writing import SHEET_ROWS, Column, TooManyRows, write_workbook

MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Any]],
    about: Sequence[tuple[str, Any]],
    total: int,
) -> FileResponse:
    """Return the rows as a download called `name`.xlsx.

    Its first sheet, Records, has a header and a row a record; its last, About, a label and a value a row, where a
    `Summary` stands for what is known only in the end. `total` is how many rows there will be. The file lies on the
    disk without a name, and is gone once the response is closed.
    Raises TooManyRows: before any row is read where `total` tells it, otherwise at the row that is too many.
    """
    if total >= SHEET_ROWS:
        raise TooManyRows(total)
    with ExitStack() as unless_sent:
        file = unless_sent.enter_context(TemporaryFile())
        write_workbook(file, columns, rows, about)
        file.seek(0)
        unless_sent.pop_all()
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=MIME_TYPE)
