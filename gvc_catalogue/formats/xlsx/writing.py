"""XLSX writer: writes a workbook row by row in constant memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from tempfile import TemporaryDirectory
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .cells import Cell, canonical, typed

SHEET_ROWS = 1_048_576
FORMATS: dict[str, dict[str, Any]] = {
    "header": {"bold": True},
    "label": {"bold": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
}
ABOUT_WIDTHS = (28, 100)
# Fixed creation date, the same as of the parts of the ZIP archive: the same records give the same file (reproducible).
CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 (the format knows no time zone)


class Summary(Enum):
    """Placeholder on the sheet About, replaced by a value that is known only when all rows are written."""

    RECORDS = "how many records there are"
    SHA_256 = "the SHA-256 of the records; SHA_256_OF_WHAT tells of what exactly"


@dataclass(frozen=True)
class Column:
    """Column of a sheet: its name, which is the key in a row and the header, and its width in characters."""

    name: str
    width: int = 20


class TooManyRowsError(ValueError):
    """Error: more records than a sheet can contain. The message explains this and the alternative."""

    def __init__(self, total: int) -> None:
        super().__init__(
            f"A sheet holds {SHEET_ROWS:,} rows, the header among them, and there are {total:,} records: take the CSV, "
            "which holds them all."
        )


class PlainSheet(Worksheet):
    """Worksheet that escapes all texts. XlsxWriter writes a text between <r> and </r> unescaped, as rich text."""

    def _xml_rich_inline_string(self, string: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        self._xml_inline_string(string, True, attributes)


def write_workbook(
    file: IO[bytes], columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], about: Sequence[tuple[str, Any]]
) -> None:
    """Write a workbook with the sheets Records and About to a file, in constant memory.

    Raises TooManyRowsError when there are more rows than a sheet can contain.
    """
    # The inner context closes the workbook, also after an error in a row, so that no file in the folder remains open.
    with TemporaryDirectory() as folder, Workbook(file, {"constant_memory": True, "tmpdir": folder}) as book:
        book.set_properties({"created": CREATED})
        formats = {name: book.add_format(properties) for name, properties in FORMATS.items()}
        summary = _write_records(_sheet(book, "Records", [c.width for c in columns]), formats, columns, rows)
        known = [(label, summary[value] if isinstance(value, Summary) else value) for label, value in about]
        _write_about(_sheet(book, "About", ABOUT_WIDTHS), formats, known)


def _sheet(book: Workbook, name: str, widths: Sequence[int]) -> Worksheet:
    sheet = book.add_worksheet(name, worksheet_class=PlainSheet)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    return sheet


def _write_records(
    sheet: Worksheet, formats: Mapping[str, Format], columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]
) -> dict[Summary, int | str]:
    """Write the header and one row for each record; return the number of records and their checksum."""
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, formats["header"])
    sheet.freeze_panes(1, 0)
    total, digest = 0, sha256()
    for row in rows:
        total += 1
        if total >= SHEET_ROWS:
            raise TooManyRowsError(total)
        record = {column.name: typed(row[column.name]) for column in columns}
        digest.update(canonical(record))
        for place, value in enumerate(record.values()):
            _write(sheet, (total, place), value, formats)
    sheet.autofilter(0, 0, total, len(columns) - 1)
    return {Summary.RECORDS: total, Summary.SHA_256: digest.hexdigest()}


def _write_about(sheet: Worksheet, formats: Mapping[str, Format], about: Sequence[tuple[str, Any]]) -> None:
    """Write a label and a value in each row; long texts are wrapped, because this sheet is read, not sorted."""
    for number, (label, value) in enumerate(about):
        sheet.write_string(number, 0, label, formats["label"])
        _write(sheet, (number, 1), typed(value), formats, "wrapped")


def _write(
    sheet: Worksheet, place: tuple[int, int], value: Cell, formats: Mapping[str, Format], text: str = ""
) -> None:
    """Write a cell by its type, because XlsxWriter's type detection turns texts into formulas and links."""
    if isinstance(value, str):
        sheet.write_string(*place, value, formats.get(text))
    elif isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, formats["moment" if isinstance(value, datetime) else "day"])
