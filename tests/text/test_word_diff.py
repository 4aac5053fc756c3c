"""Two wordings compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.text.word_diff import DiffPiece, word_diff


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("a b", "a  b", [DiffPiece("same", "a b")]),
        (
            "a b c",
            "a x c",
            [DiffPiece("same", "a"), DiffPiece("removed", "b"), DiffPiece("added", "x"), DiffPiece("same", "c")],
        ),
        ("a b", "a", [DiffPiece("same", "a"), DiffPiece("removed", "b")]),
        ("a", "b a", [DiffPiece("added", "b"), DiffPiece("same", "a")]),
        ("", "", []),
    ],
)
def test_what_was_kept_removed_and_added_is_told_in_reading_order(
    first: str, second: str, found: list[DiffPiece]
) -> None:
    assert word_diff(first, second) == found


WORDINGS = st.lists(st.sampled_from(["small", "firms", "in", "chains,", "chains"])).map(" ".join)


@given(WORDINGS, WORDINGS)
def test_both_wordings_can_be_read_from_the_pieces(first: str, second: str) -> None:
    found = word_diff(first, second)
    assert " ".join(piece.words for piece in found if piece.kind != "added") == first
    assert " ".join(piece.words for piece in found if piece.kind != "removed") == second
