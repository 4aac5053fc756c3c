"""An entry to paste into a list of references."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from gvc_catalogue.formats.citations import Kind, Reference, apa

from .samples import ANYTHING, BARE, PROGRAMME, STATEMENT


def test_a_record_is_a_web_page_by_an_institution_read_on_a_day() -> None:
    assert apa(PROGRAMME) == (
        "GVC Policy Catalogue. (2026, September 1). Market Development Assistance (Version 7). Retrieved October 12, "
        "2026, from https://gvc.example/programmes/market-development-assistance/"
    )


def test_a_list_is_a_data_set_with_the_year_alone() -> None:
    programmes = replace(PROGRAMME, kind=Kind.LIST, title="Programmes in Japan", authors=("OECD",), version=41)
    assert apa(programmes).startswith(
        "OECD. (2026). Programmes in Japan (Version 41) [Data set]. GVC Policy Catalogue. Retrieved "
    )


def test_a_document_that_does_not_change_has_no_day_of_retrieval() -> None:
    assert apa(STATEMENT) == (
        "Organisation for Economic Co-operation and Development. (2007, June 1). OECD Tokyo Action Statement. "
        "https://oecd.example/statement.pdf"
    )


def test_without_author_the_title_comes_first_and_without_date_it_says_so() -> None:
    assert apa(BARE) == "About. (n.d.). https://gvc.example/about/"


@pytest.mark.parametrize(
    ("authors", "named"),
    [
        (["A"], "A. (n.d.)"),
        (["A Inc."], "A Inc. (n.d.)"),
        (["A", "B"], "A & B. (n.d.)"),
        (["A", "B", "C"], "A, B, & C. (n.d.)"),
        ([f"A{n}" for n in range(20)], "A17, A18, & A19. (n.d.)"),
        ([f"A{n}" for n in range(21)], "A17, A18, . . . A20. (n.d.)"),
    ],
)
def test_several_authors_are_joined_as_apa_joins_them(authors: list[str], named: str) -> None:
    assert named in apa(replace(BARE, authors=tuple(authors)))


@pytest.mark.parametrize("title", ["Who helps?", "Export now!", "Exporters."])
def test_a_title_with_a_sign_at_its_end_gets_no_second_one(title: str) -> None:
    assert f" {title} https" in apa(replace(BARE, title=title, authors=("A",)))


def test_the_first_of_a_month_has_no_zero() -> None:
    assert "(2026, March 1)" in apa(replace(BARE, published=date(2026, 3, 1)))


@given(ANYTHING, ANYTHING)
def test_whatever_was_typed_it_is_one_line(title: str, url: str) -> None:
    line = apa(Reference(Kind.PAGE, "a", title, url, authors=(title,), publisher=url))
    assert len(line.splitlines()) == 1
    assert line.encode()
