"""Lists as files."""

import csv
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import StreamingHttpResponse

from gvc_catalogue.formats.csv import cell, csv_lines, csv_response
from gvc_catalogue.formats.streamed_json import json_pieces


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Trade fairs", "Trade fairs"),
        ("", ""),
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (1, "1"),
        (["JP", "MX"], "JP; MX"),
        (("JP",), "JP"),
        ([], ""),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        (-1, "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        (["=1", "JP"], "'=1; JP"),
        (["JP", "=1"], "JP;' =1"),
        ("a;=1+1;b", "a;'=1+1;b"),
        ("a\n=1", "a\n'=1"),
        (" =1", "' =1"),
        ("\u200b\ufeff=1", "'\u200b\ufeff=1"),
        ("a; b - c", "a; b - c"),
        ("1=1", "1=1"),
    ],
)
def test_a_value_becomes_text_that_no_spreadsheet_runs(value: Any, text: str) -> None:
    assert cell(value) == text


def test_text_with_commas_quotes_and_line_breaks_is_read_back_as_it_was() -> None:
    text = 'He said "no",\r\nthen; yes\n'
    lines = csv_lines(["a", "b"], [{"a": text, "b": 1, "c": "not asked"}])
    read = "".join(lines).encode().decode("utf-8-sig")
    assert list(csv.reader(read.splitlines(keepends=True))) == [["a", "b"], [text, "1"]]


def test_rows_are_read_while_they_are_sent() -> None:
    read = []

    def rows() -> Iterator[dict[str, int]]:
        for number in range(3):
            read.append(number)
            yield {"n": number}

    response = csv_response("numbers", ["n"], rows())
    assert isinstance(response, StreamingHttpResponse)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="numbers.csv"'
    sent = iter(response)
    assert [next(sent), next(sent), read] == ["\ufeffn\r\n".encode(), b"0\r\n", [0]]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_records_become_one_json_that_says_how_many_they_are(number: int) -> None:
    records = [{"n": n, "name": '"Türkiye"\n'} for n in range(number)]
    sent = "".join(json_pieces(records))
    assert json.loads(sent) == {"results": records, "count": number}
    assert ("Türkiye" in sent) == bool(number)
