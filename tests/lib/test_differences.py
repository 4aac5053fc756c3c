"""Two wordings compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.lib.differences import Piece, pieces


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("a b", "a  b", [Piece("same", "a b")]),
        ("a b c", "a x c", [Piece("same", "a"), Piece("removed", "b"), Piece("added", "x"), Piece("same", "c")]),
        ("a b", "a", [Piece("same", "a"), Piece("removed", "b")]),
        ("a", "b a", [Piece("added", "b"), Piece("same", "a")]),
        ("", "", []),
    ],
)
def test_what_was_kept_removed_and_added_is_told_in_reading_order(first: str, second: str, found: list[Piece]) -> None:
    assert pieces(first, second) == found


WORDINGS = st.lists(st.sampled_from(["small", "firms", "in", "chains,", "chains"])).map(" ".join)


@given(WORDINGS, WORDINGS)
def test_both_wordings_can_be_read_from_the_pieces(first: str, second: str) -> None:
    found = pieces(first, second)
    assert " ".join(piece.words for piece in found if piece.kind != "added") == first
    assert " ".join(piece.words for piece in found if piece.kind != "removed") == second
