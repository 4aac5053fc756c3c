"""Verification of quotations: whether a wording is contained in the source, word for word.

The source is text extracted from a PDF. The known extraction errors are listed here and repaired; all other text is
left unchanged, so that misprints of the original remain. fixtures/README.md has the same explanation for readers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

# The damaged text, the repaired text, and the number of occurrences: a source with any other number is not the known
# one.
REPAIRS = (
    # Hyphens lost at the end of a line. “cooperative”, “data base” and “B2B.In” are in the print and stay.
    ("internationallyrecognised", "internationally-recognised", 1),
    ("tailormade", "tailor-made", 1),
    ("startups", "start-ups", 1),
    ("crossregional", "cross-regional", 1),
    ("exportoriented", "export-oriented", 1),
    ("cooperate", "co-operate", 1),
    # Quotation marks that were recognised as other characters.
    ("„", "‘", 2),
    ("‟", "’", 5),
    # Recommendation 1.2: three words of a stretched line were moved behind the sentence.
    (
        "consultants for feasibility studies and market research in order to support FDIs. the implementation of",
        "consultants for the implementation of feasibility studies and market research in order to support FDIs.",
        1,
    ),
    # A superscript footnote number was joined to the word before it; as a separate word it can be checked.
    ("STATEMENT1", "STATEMENT 1", 1),
    ("include:2", "include: 2", 1),
    ("Programmes1", "Programmes 1", 1),
)

# The headings of the annex's two columns, repeated on each of its pages, and the only page number in the text.
COLUMN_HEADINGS = ("Categories of support", "Country/ Economy or Company or IOs Examples")
PAGE_NUMBER = "9"
ANNEX_BEGINS = "ANNEX:"


class UnknownSourceError(ValueError):
    """Raised when the text is not the source for which the repairs were made."""


@dataclass(frozen=True)
class Statement:
    """The two parts of the statement as running text, with the layout repaired and words separated by single spaces."""

    body: str
    annex: str


@dataclass(frozen=True)
class Difference:
    """The first word at which a wording differs from the source.

    `expected` is the word of the wording, `printed` that of the source ("" at its end), `before` has up to five
    preceding words. `expected` is empty for a wording without words.
    """

    expected: str
    printed: str
    before: str

    def __str__(self) -> str:
        if not self.expected:
            return "has no words"
        source = f"has “{self.printed}”" if self.printed else "ends"
        place = f"after “{self.before}”" if self.before else "at its beginning"
        return f"has “{self.expected}” where the source {source}, {place}"


def repair(source: str) -> Statement:
    """Return body and annex of the statement from the text of the PDF, with the layout repaired.

    Raises UnknownSourceError when the annex heading or a known damage does not occur the expected number of times.
    """
    lines = [line.strip() for line in source.splitlines()]
    if lines.count(ANNEX_BEGINS) != 1:
        raise UnknownSourceError(
            f"The line “{ANNEX_BEGINS}” stands {lines.count(ANNEX_BEGINS)} times in the source, not once."
        )
    begin = lines.index(ANNEX_BEGINS)
    text = _mended(" ".join(_words(lines[:begin] + _without_furniture(lines[begin:]))))
    body, annex = text.split(f" {ANNEX_BEGINS} ")
    return Statement(body, f"{ANNEX_BEGINS} {annex}")


def difference(wording: str, part: str) -> Difference | None:
    """Return the first difference between a wording and the part that must contain it.

    Returns None when the part contains all words of the wording as one uninterrupted sequence.
    """
    wanted, printed = wording.split(), part.split()
    if _place(wanted, printed) is not None:
        return None
    at, there = _first_difference(wanted, printed)
    return Difference(_word(wanted, at), _word(printed, there), " ".join(wanted[max(0, at - 5) : at]))


def uncovered(wordings: Iterable[str], part: str) -> list[str]:
    """Return the text of a part that none of its wordings covers: each run of words as one string, in order."""
    printed = part.split()
    left: list[str | None] = list(printed)
    for wording in wordings:
        words = wording.split()
        place = _place(words, printed)
        if place is not None:
            left[place : place + len(words)] = [None] * len(words)
    return _runs(left)


def _words(lines: list[str]) -> list[str]:
    return [word for line in lines for word in line.split()]


def _without_furniture(annex: list[str]) -> list[str]:
    """Return the lines of the annex without page furniture.

    Only the first of each column heading stays, which belongs to the document.
    """
    first = {annex.index(heading) for heading in COLUMN_HEADINGS if heading in annex}
    furniture = (*COLUMN_HEADINGS, PAGE_NUMBER)
    return [line for number, line in enumerate(annex) if line not in furniture or number in first]


def _mended(text: str) -> str:
    for damaged, repaired, times in REPAIRS:
        if text.count(damaged) != times:
            raise UnknownSourceError(f"“{damaged}” stands {text.count(damaged)} times in the source, not {times}.")
        text = text.replace(damaged, repaired)
    return text


def _place(words: list[str], printed: list[str]) -> int | None:
    """Return the index of the first occurrence of the words, or None.

    No words have no occurrence: an empty wording is no quotation.
    """
    size = len(words)
    starts = (start for start, word in enumerate(printed) if words[:1] == [word])
    return next((start for start in starts if printed[start : start + size] == words), None)


def _first_difference(wanted: list[str], printed: list[str]) -> tuple[int, int]:
    """Return the index of the first differing word in both lists.

    Starts from the longest common run, then takes the longest run before it, until one begins at the start of the
    wording.
    """
    matcher = SequenceMatcher(None, wanted, printed, autojunk=False)
    low, end, end_printed = 0, len(wanted), len(printed)
    while True:
        run = matcher.find_longest_match(0, end, low, end_printed)
        if not run.size:
            return 0, max(low, end_printed - end)
        if run.a == 0:
            return run.size, run.b + run.size
        end, end_printed = run.a, run.b
        low = max(0, run.b - run.a - 5)


def _word(words: list[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _runs(words: list[str | None]) -> list[str]:
    """Return the words between the gaps, one string for each run."""
    runs: list[list[str]] = [[]]
    for word in words:
        if word is not None:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [" ".join(run) for run in runs if run]
