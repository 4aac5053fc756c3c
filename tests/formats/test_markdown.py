"""Texts in Markdown stay texts, to a reader of Markdown too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gvc_catalogue.formats.markdown import link, quotation, text
from gvc_catalogue.text.sanitise import one_line

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = st.text(alphabet=st.sampled_from("\\`*_{}[]()<>#+-.!|~=:&;\"'/ \n\t\r1a&%^$@\u2028\u00a0\x00"), max_size=30)
TYPED = SIGNS | st.text(max_size=40)
MARKUP = [
    "<script>alert(1)</script>",
    "<!-- a -->",
    "&lt;b&gt; &copy; &#60;",
    "**bold** _slanted_ `code` ~~gone~~",
    "[here](javascript:alert(1)) ![picture](a.png) [a]: b",
    "<https://evil.example> https://evil.example www.evil.example a@b.example",
    "# heading #",
    "1. first",
    "12) second",
    "- item",
    "+ item",
    "* item",
    ": defined",
    "---",
    "===",
    "```",
    "~~~",
    "> said",
    "| a | b |",
    "a\\",
    "    code",
    "a  \nb",
]


def words(tokens: list[Token]) -> str:
    """What is read as text in one paragraph; anything else in it fails."""
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    return "".join(child.content for child in children)


def reads_as_itself(typed: str) -> None:
    # Markdown has no paragraph without a word.
    if one_line(typed):
        assert words(READER.parse(text(typed))) == one_line(typed)


@pytest.mark.parametrize("typed", MARKUP)
def test_markup_that_was_typed_is_read_as_it_was_typed(typed: str) -> None:
    reads_as_itself(typed)


@given(TYPED)
def test_whatever_was_typed_is_read_as_it_was_typed(typed: str) -> None:
    reads_as_itself(typed)


@given(TYPED)
def test_it_stays_itself_in_a_heading_a_list_a_quotation_and_a_link(typed: str) -> None:
    shown = one_line(typed)
    if not shown:
        return
    for before, kinds in (("## ", 3), ("- ", 7)):
        tokens = READER.parse(f"{before}{text(typed)}")
        assert len(tokens) == kinds
        (inline,) = [token for token in tokens if token.type == "inline"]
        assert "".join(child.content for child in inline.children or []) == shown
    tokens = READER.parse(quotation(typed))
    assert words(tokens[1:-1]) == f"“{shown}”"
    (inline,) = [token for token in READER.parse(link(typed, "https://a.example/b")) if token.type == "inline"]
    opened, *within, closed = inline.children or []
    assert (opened.type, opened.attrs["href"], closed.type) == ("link_open", "https://a.example/b", "link_close")
    assert "".join(child.content for child in within) == shown


@given(TYPED)
def test_no_address_breaks_out_of_its_link(typed: str) -> None:
    (inline,) = [t for t in READER.parse(link("Document", f"https://a.example/{typed}")) if t.type == "inline"]
    assert [child.type for child in inline.children or []] == ["link_open", "text", "link_close"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,a", "//evil.example", "ftp://a.example", ""])
def test_only_addresses_of_the_web_are_linked(url: str) -> None:
    assert link("Document", url) == "Document"


def test_plain_words_stay_as_they_are() -> None:
    plain = "Japan’s programme (2.1) helps SMEs: it gives 50% of U.S. costs, e.g. for R/D; see “row 3”, page 12."
    assert text(plain) == plain
