"""References for BibTeX, read by pybtex, which parses them as BibTeX does, and by pylatexenc, as LaTeX prints them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from gvc_catalogue.formats.citations import Kind, Reference, bibtex
from gvc_catalogue.formats.citations.bibtex import citation_key

from .samples import ANYTHING, BARE, PROGRAMME, TEXTS

# LaTeX's own names that pylatexenc does not know, or gives a sign that only looks alike.
COMMANDS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}
CONTEXT = get_default_latex_context_db()
CONTEXT.add_context_category("text", prepend=True, macros=[MacroTextSpec(*command) for command in COMMANDS.items()])
PRINTER = LatexNodes2Text(latex_context=CONTEXT, strict_latex_spaces=True)


def read(*references: Reference) -> list[Entry]:
    """The entries as BibTeX understands them. Whatever it does not is an exception."""
    return list(parse_string("".join(bibtex(references)), "bibtex").entries.values())


def printed(entry: Entry, field: str) -> str:
    return str(PRINTER.latex_to_text(entry.fields[field]))


def test_an_entry_says_all_that_is_known() -> None:
    assert "".join(bibtex([PROGRAMME])) == (
        "@misc{programme:market-development-assistance,\n"
        "  author = {{GVC Policy Catalogue}},\n"
        "  title = {{Market Development Assistance}},\n"
        "  howpublished = {GVC Policy Catalogue},\n"
        "  year = {2026},\n"
        "  month = sep,\n"
        "  version = {7},\n"
        "  url = {https://gvc.example/programmes/market-development-assistance/},\n"
        "  urldate = {2026-10-12},\n"
        "  language = {en},\n"
        "  keywords = {Malaysia, trade fairs},\n"
        "  note = {Quotes the annex.},\n"
        r"  abstract = {“Grants” for 50\% of the costs \& more.},"
        "\n}\n\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    assert list(read(BARE)[0].fields) == ["title", "url", "language"]


@given(TEXTS, TEXTS)
def test_titles_and_abstracts_are_read_back_as_they_were_typed(title: str, abstract: str) -> None:
    (entry,) = read(replace(PROGRAMME, title=f"A{title}", abstract=f"A{abstract}"))
    assert (printed(entry, "title"), printed(entry, "abstract")) == (f"A{title}", f"A{abstract}")
    assert entry.fields["url"] == PROGRAMME.url


@given(ANYTHING)
def test_nothing_that_is_typed_breaks_out_of_its_field(text: str) -> None:
    hostile = Reference(Kind.RECORD, text, text, text, (text, text), None, text, None, 1, text, text, text, (text,))
    first, second = read(hostile, PROGRAMME)
    assert set(first.fields) <= {"title", "howpublished", "version", "url", "language", "keywords", "note", "abstract"}
    assert second == read(PROGRAMME)[0]


def test_an_institution_stays_one_whatever_its_name() -> None:
    (entry,) = read(replace(PROGRAMME, authors=("Hong Kong, China, and Friends", "OECD {Paris}")))
    names = [PRINTER.latex_to_text(" ".join(person.last_names)) for person in entry.persons["author"]]
    assert names == ["Hong Kong, China, and Friends", "OECD {Paris}"]


def test_an_address_stays_verbatim_and_loses_what_an_address_cannot_hold() -> None:
    (entry,) = read(replace(BARE, url="https://gvc.example/?q=50%25_of&page=2#top{ü}"))
    assert entry.fields["url"] == "https://gvc.example/?q=50%25_of&page=2#top%7B%C3%BC%7D"


def test_a_keyword_with_a_comma_stays_one() -> None:
    assert "keywords = {{Hong Kong, China}, Japan}" in "".join(
        bibtex([replace(BARE, keywords=("Hong Kong, China", "Japan"))])
    )


@pytest.mark.parametrize(
    ("key", "expected"),
    [("programme:a-1.2/b", "programme:a-1.2/b"), ("É", "_c9_"), ("a,b}", "a_2c_b_7d_"), ("JP", "_4a__50_"), ("", "_")],
)
def test_a_key_has_only_what_bibtex_takes(key: str, expected: str) -> None:
    assert citation_key(key) == expected


@given(st.lists(st.text() | st.text("aA_é,{"), unique=True))
def test_keys_that_differ_stay_different_even_where_capitals_do_not_count(keys: list[str]) -> None:
    assert len({citation_key(key).lower() for key in keys}) == len(keys)


def test_two_records_of_the_same_title_are_two_entries() -> None:
    assert len(read(PROGRAMME, replace(PROGRAMME, key="programme:market-development-assistance-2"))) == 2


def test_entries_are_made_while_they_are_sent() -> None:
    def endless() -> Iterator[Reference]:
        while True:
            yield BARE

    assert len(list(islice(bibtex(endless()), 3))) == 3
