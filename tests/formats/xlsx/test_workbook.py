"""A list as a workbook, read by openpyxl."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from gvc_catalogue.formats.xlsx import SHA_256_OF_WHAT, Column, Summary, TooManyRowsError, workbook_response, writing
from gvc_catalogue.formats.xlsx.writing import write_workbook
from gvc_catalogue.text.sanitise import strip_control_characters

COLUMNS = [Column("slug"), Column("countries", 12), Column("examples", 60), Column("added"), Column("count")]
ROWS: list[dict[str, Any]] = [
    {"slug": "trade-fair", "countries": ["JP", "MX"], "examples": ["“One”"], "added": date(2026, 9, 1), "count": 2},
    {"slug": "007", "countries": [], "examples": "", "added": None, "count": 0.5, "more": "not asked"},
]
ABOUT = [
    ("Query", "/programmes/?country=JP"),
    ("Date", date(2026, 10, 12)),
    ("Records", Summary.RECORDS),
    ("SHA-256", Summary.SHA_256),
    ("SHA-256 of what", SHA_256_OF_WHAT),
]


def workbook(rows: Iterable[Mapping[str, Any]], columns: list[Column] = COLUMNS) -> Workbook:
    """The file, opened."""
    file = BytesIO()
    write_workbook(file, columns, rows, ABOUT)
    return load_workbook(file)


def cells(rows: Iterable[Mapping[str, Any]], columns: list[Column] = COLUMNS) -> list[tuple[Any, ...]]:
    return list(workbook(rows, columns)["Records"].values)


def test_the_first_sheet_is_a_header_and_a_row_a_record_with_typed_cells() -> None:
    assert cells(ROWS) == [
        ("slug", "countries", "examples", "added", "count"),
        ("trade-fair", "JP; MX", "“One”", datetime(2026, 9, 1), 2),  # noqa: DTZ001
        ("007", None, None, None, 0.5),
    ]


def test_the_header_is_bold_stays_in_sight_and_filters() -> None:
    sheet = workbook(ROWS)["Records"]
    assert all(cell.font.bold for cell in sheet[1])
    assert not sheet["A2"].font.bold
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E3")
    # A little more than the characters, for the margins.
    assert 60 < sheet.column_dimensions["C"].width < 62
    assert sheet["D2"].number_format == "yyyy-mm-dd"


def test_the_last_sheet_says_what_to_know() -> None:
    book = workbook(ROWS)
    assert book.sheetnames == ["Records", "About"]
    about = dict(book["About"].values)
    assert list(about) == ["Query", "Date", "Records", "SHA-256", "SHA-256 of what"]
    assert (about["Query"], about["Date"], about["Records"]) == (ABOUT[0][1], datetime(2026, 10, 12), 2)  # noqa: DTZ001
    assert book["About"]["A1"].font.bold


def recomputed(book: Workbook) -> str:
    """What somebody finds who has only the file and its sentence about the sum."""
    header, *rows = book["Records"].rows
    digest = sha256()
    for row in rows:
        filled = {name.value: _value(cell) for name, cell in zip(header, row, strict=True) if cell.value is not None}
        line = json.dumps(filled, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _value(cell: Any) -> Any:
    if cell.is_date:
        return f"{cell.value:{'%Y-%m-%dT%H:%M:%S' if 'hh' in cell.number_format else '%Y-%m-%d'}}"
    return unescape(cell.value) if isinstance(cell.value, str) else cell.value


def test_the_sum_can_be_computed_again_from_the_file_alone() -> None:
    book = workbook(ROWS)
    assert dict(book["About"].values)["SHA-256"] == recomputed(book)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.text(), st.floats(), st.booleans(), st.integers(), st.dates(), st.datetimes()), max_size=5)
)
def test_the_sum_is_right_whatever_the_cells_hold(rows: list[tuple[Any, ...]]) -> None:
    columns = [Column(name) for name in "abcdef"]
    book = workbook([dict(zip("abcdef", row, strict=True)) for row in rows], columns)
    assert dict(book["About"].values)["SHA-256"] == recomputed(book)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=SUM(A1)}",
        "+1",
        "@SUM(A1)",
        "https://gvc.example/",
        "mailto:a@gvc.example",
        "internal:Sheet1!A1",
        "12",
        "2.10",
        "TRUE",
        "2007-06-01",
        "<r><t>rich</t></r>",
        "<r></c></row></sheetData><v>1</v></r>",
        "_x0041_",
        " space ",
        "two\nlines\tand a tab",
        "#N/A",
    ],
)
def test_a_text_stays_the_text_it_is(text: str) -> None:
    sheet = workbook([{"a": text}], [Column("a")])["Records"]
    cell = sheet["A2"]
    assert (unescape(cell.value), cell.hyperlink) == (text, None)
    assert cell.data_type in "se"  # openpyxl itself takes “#N/A” for an error.


@settings(max_examples=50)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=20))
def test_every_text_is_read_back_as_it_was_typed(texts: list[str]) -> None:
    _, *rows = cells([{"a": text} for text in texts], [Column("a")])
    assert [unescape(value) for (value,) in rows] == [strip_control_characters(text) for text in texts]


def test_no_records_are_a_header_alone() -> None:
    assert cells([]) == [("slug", "countries", "examples", "added", "count")]


def test_the_same_records_make_the_same_file_whenever_it_is_written() -> None:
    assert workbook(ROWS).properties.created == writing.CREATED


@pytest.mark.django_db  # Closing a response looks after the connections to the database too.
def test_it_is_a_download_with_its_name_and_length_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    response = workbook_response("programmes", COLUMNS, ROWS, ABOUT, 2)
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response["Content-Disposition"] == 'attachment; filename="programmes.xlsx"'
    content = b"".join(response)
    assert int(response["Content-Length"]) == len(content)
    assert load_workbook(BytesIO(content)).sheetnames == ["Records", "About"]
    file = response.file_to_stream
    response.close()
    assert file is not None
    assert file.closed
    assert list(tmp_path.iterdir()) == []


def test_too_many_records_are_refused_in_words_before_any_is_read() -> None:
    read = []

    def rows() -> Iterator[dict[str, Any]]:
        read.append(1)
        yield ROWS[0]

    with pytest.raises(TooManyRowsError, match=r"holds 1,048,576 rows.* there are 1,048,576 records: take the CSV"):
        workbook_response("programmes", COLUMNS, rows(), ABOUT, 1_048_576)
    assert read == []


def test_more_records_than_were_announced_are_refused_too_and_leave_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(writing, "SHEET_ROWS", 3)
    assert len(cells(ROWS)) == 3
    with pytest.raises(TooManyRowsError):
        workbook_response("programmes", COLUMNS, [*ROWS, ROWS[0]], ABOUT, 2)
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_raises_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyError, match="countries"):
        workbook_response("programmes", COLUMNS, [ROWS[0], {"slug": "no-countries"}], ABOUT, 2)
    assert list(tmp_path.iterdir()) == []
