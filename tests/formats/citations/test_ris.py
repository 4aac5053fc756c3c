"""References for reference managers, read by rispy."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
import rispy
from hypothesis import given

from gvc_catalogue.formats.citations import Kind, Reference, ris

from .samples import ANYTHING, BARE, PROGRAMME, STATEMENT, TEXTS


def read(*references: Reference) -> list[dict[str, Any]]:
    return list(rispy.loads("".join(ris(references))))


def test_a_record_says_all_that_is_known() -> None:
    assert read(PROGRAMME) == [
        {
            "type_of_reference": "ELEC",
            "id": "programme:market-development-assistance",
            "title": "Market Development Assistance",
            "authors": ["GVC Policy Catalogue"],
            "year": "2026",
            "date": "2026/09/01",
            "publisher": "GVC Policy Catalogue",
            "edition": "7",
            "urls": ["https://gvc.example/programmes/market-development-assistance/"],
            "access_date": "2026/10/12",
            "language": "en",
            "notes": ["Quotes the annex."],
            "abstract": "“Grants” for 50% of the costs & more.",
            "keywords": ["Malaysia", "trade fairs"],
        }
    ]


def test_lines_end_as_the_format_has_them_and_what_is_not_known_is_left_out() -> None:
    assert "".join(ris([BARE])).split("\r\n") == [
        "TY  - ELEC",
        "ID  - page:about",
        "TI  - About",
        "UR  - https://gvc.example/about/",
        "LA  - en",
        "ER  - ",
        "",
        "",
    ]


@pytest.mark.parametrize(("kind", "name"), [(Kind.LIST, "DATA"), (Kind.PAGE, "ELEC"), (Kind.DOCUMENT, "RPRT")])
def test_each_kind_has_its_type(kind: Kind, name: str) -> None:
    assert read(replace(STATEMENT, kind=kind))[0]["type_of_reference"] == name


@given(TEXTS, TEXTS)
def test_titles_and_abstracts_are_read_back_as_they_were_typed(title: str, abstract: str) -> None:
    (record,) = read(replace(PROGRAMME, title=f"A{title}", abstract=f"A{abstract}"))
    assert (record["title"], record["abstract"]) == (f"A{title}", f"A{abstract}")


@given(ANYTHING)
def test_nothing_that_is_typed_breaks_out_of_its_line(text: str) -> None:
    hostile = Reference(Kind.RECORD, text, text, text, (text,), None, text, None, None, text, text, text, (text,))
    (piece,) = ris([hostile])
    assert all(line == "" or line[2:6] == "  - " for line in piece.removesuffix("\r\n").split("\r\n"))
    assert len(piece.splitlines()) == len(piece.split("\r\n")) - 1
    assert read(hostile, PROGRAMME)[1:] == read(PROGRAMME)
    assert piece.encode()


def test_an_address_with_a_semicolon_stays_one() -> None:
    assert read(replace(BARE, url="https://gvc.example/?a=1;b=2"))[0]["urls"] == ["https://gvc.example/?a=1%3Bb=2"]


def test_records_are_made_while_they_are_sent() -> None:
    def endless() -> Iterator[Reference]:
        while True:
            yield BARE

    assert len(list(islice(ris(endless()), 3))) == 3
