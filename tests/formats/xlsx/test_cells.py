"""Values in a spreadsheet's cells, and the form of a row that its sum is taken of."""

from datetime import UTC, date, datetime, timedelta, timezone
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.formats.xlsx.cells import CELL_CHARACTERS, CUT, Cell, canonical, typed

TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Trade fairs", "Trade fairs"),
        ("=1+1", "=1+1"),
        ("007", "007"),
        ("", None),
        (None, None),
        ([], None),
        (["JP", "MX"], "JP; MX"),
        (("JP",), "JP"),
        (["=1", 2], "=1; 2"),
        (True, True),
        (0, 0),
        (1.5, 1.5),
        (2.0, 2),
        (0.1 + 0.2, 0.3),
        (2**53, str(2**53)),
        (inf, "inf"),
        (nan, "nan"),
        (date(2007, 6, 1), date(2007, 6, 1)),
        (date(1899, 12, 31), "1899-12-31"),
        (datetime(2007, 6, 1, 9, 0, 0, 5, TOKYO), datetime(2007, 6, 1)),  # noqa: DTZ001
        ("a\x00b\x0bc\ud800", "a�b�c�"),
        ("two\r\nlines", "two\nlines"),
    ],
)
def test_a_value_becomes_what_a_cell_can_hold(value: Any, cell: Any) -> None:
    found = typed(value)
    assert (found, type(found)) == (cell, type(cell))


def test_a_text_that_is_too_long_ends_with_words_that_say_so() -> None:
    assert typed("x" * CELL_CHARACTERS) == "x" * CELL_CHARACTERS
    cut = typed("x" * (CELL_CHARACTERS + 1))
    assert cut == "x" * (CELL_CHARACTERS - len(CUT)) + CUT


@given(st.integers(0, 3))
def test_a_character_of_two_halves_is_never_halved(before: int) -> None:
    cut = typed("x" * before + "😀" * CELL_CHARACTERS)
    assert isinstance(cut, str)
    assert cut.endswith(f"😀{CUT}")
    assert len(cut.encode("utf-16-le")) // 2 in (CELL_CHARACTERS, CELL_CHARACTERS - 1)


def test_a_row_has_one_form_whatever_the_order_of_its_columns() -> None:
    row: dict[str, Cell] = {"name": "Türkiye", "count": 2, "none": None, "gap": False, "date": date(2007, 6, 1)}
    moment: dict[str, Cell] = {"at": typed(datetime(2007, 6, 1, 12, tzinfo=UTC))}
    expected = '{"at":"2007-06-01T12:00:00","count":2,"date":"2007-06-01","gap":false,"name":"Türkiye"}\n'
    assert canonical(row | moment) == canonical(moment | row) == expected.encode()
