"""Tables that others wrote: what can be read is, and of what cannot a sentence says which row."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.formats.table_reader import UnreadableTableError, rows

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=20)


def read(data: bytes, check: Callable[[list[str]], None] = lambda columns: None) -> list[dict[str, str]]:
    return [row.cells for row in rows(io.BytesIO(data), check)]


def workbook(*lines: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    book.create_sheet("About").append(["ignored"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=5))
def test_what_csv_holds_is_read_as_it_was_written(lines: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([["a", "b"], *lines])
    assert read(text.getvalue().encode()) == [dict(zip("ab", line, strict=True)) for line in lines if any(line)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    for beginning in (b"", b"a,b\n", b"PK\x03\x04"):
        said = "."
        try:
            read(beginning + data)
        except UnreadableTableError as unreadable:
            said = str(unreadable)
        assert said.endswith(".")


def test_a_mark_semicolons_and_short_rows_are_understood() -> None:
    assert read("\ufeffName;Slug\nA\n;b\n\n".encode()) == [{"name": "A", "slug": ""}, {"name": "", "slug": "b"}]


def test_a_workbook_is_read_by_its_first_sheet() -> None:
    data = workbook(["name", "number", "on"], ["A", 3, None], [None, None, None], ["B", 2.0, "2026-01-02"])
    assert read(data) == [{"name": "A", "number": "3", "on": ""}, {"name": "B", "number": "2", "on": "2026-01-02"}]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return file.getvalue()


def expanding() -> bytes:
    """A workbook whose XML names an entity that grows each time it is read."""
    source, made = io.BytesIO(workbook(["a"], ["b"])), io.BytesIO()
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 9))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                text = f'<!DOCTYPE x [<!ENTITY e0 "x">{entities}]>'.encode() + text.replace(
                    b"</sheetData>", b"&e8;</sheetData>"
                )
            new.writestr(part, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        ("name\nGröße".encode("utf-16"), "UTF-16"),
        ("name\nx\nGröße".encode("cp1252"), "Row 3 is not in UTF-8"),
        (b"name\na\x00b", "Line 2 holds a character that no text has"),
        (b'name,slug\na,"open\nmore\n', "Row 2 cannot be read: a quotation mark is open"),
        (b"name\n" + b"x" * 1_000_001, "Line 2 has more than 1,000,000 characters"),
        (b"name\n" + b"x" * 100_001, "Row 2"),
        (b",".join(b"c%d" % i for i in range(201)), "at most 200 are possible"),
        (b"name,slug,name\n", "The column “name” stands twice"),
        (b"name\na,b\n", "Row 2 has 2 cells, but there are 1 columns"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted workbook"),
        (b"PK\x03\x04 no zip", "damaged, or no .xlsx"),
        (workbook(["name"], ["=1+1"]), "Row 2, cell A2, is a formula"),
        (workbook(["name"] * 1, ["a"], ["#REF!"]), "Row 3, cell A3, says #REF!"),
        (workbook(["name"], ["x"] * 300), "Row 2 has more than 200 cells"),
        (bomb(), "would unpack to far more"),
        (expanding(), "cannot be read"),
    ],
)
def test_a_bad_file_is_refused_with_the_row(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableTableError) as refused:
        read(data)
    assert said in str(refused.value)


def test_the_columns_are_heard_before_any_row_is_read() -> None:
    heard: list[list[str]] = []
    assert read(b"Name, Slug ,,\n", heard.append) == []
    assert heard == [["name", "slug"]]


def far(row: int, column: int = 1) -> bytes:
    """A workbook with a name in its second row, and a cell far from it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "name", "A"
    sheet.cell(row, column, "B")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def beyond_the_last_row() -> bytes:
    """A workbook with a row number that no spreadsheet has."""
    source, made = io.BytesIO(far(3)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part).replace(b'r="3"', b'r="999999999999"'))
    return made.getvalue()


def test_rows_behind_any_number_of_empty_ones_are_read() -> None:
    for data in (far(20_003), far(1_048_576), b"name\nA\n" + b"\n" * 20_000 + b"B\n"):
        found = list(rows(io.BytesIO(data), lambda columns: None))
        assert [row.cells for row in found] == [{"name": "A"}, {"name": "B"}]
    assert found[-1].number == 20_003


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (beyond_the_last_row(), "goes on beyond row 1,048,576"),
        (far(2, 300), "Row 2 has more than 200 cells"),
        (far(20_000, 16_384), "Row 20000 has more than 200 cells"),
    ],
)
def test_no_cell_is_dropped_without_a_word(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableTableError, match=said):
        read(data)
