"""Word diff: comparison of two wordings word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class DiffPiece:
    """A piece of a word diff: consecutive words with a kind.

    The kind is "same" in both wordings, "removed" (only in the first) or "added" (only in the second).
    """

    kind: str
    words: str


def word_diff(first: str, second: str) -> list[DiffPiece]:
    """Return the diff that turns `first` into `second`, as pieces in reading order."""
    old, new = first.split(), second.split()
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(DiffPiece("same", " ".join(old[i1:i2])))
            continue
        if i1 < i2:
            found.append(DiffPiece("removed", " ".join(old[i1:i2])))
        if j1 < j2:
            found.append(DiffPiece("added", " ".join(new[j1:j2])))
    return found
