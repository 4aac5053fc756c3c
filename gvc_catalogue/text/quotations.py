"""Whether a wording stands in the source, word for word.

The source is text taken out of a PDF. What that broke is listed here and undone; nothing else is touched, so that
misprints of the original stay. fixtures/README.md tells the same to readers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

# What was broken, what it was, how often it must be met: a source in which one is missing is not the one we know.
REPAIRS = (
    # Hyphens lost at the end of a line. “cooperative”, “data base” and “B2B.In” are the print's own and stay.
    ("internationallyrecognised", "internationally-recognised", 1),
    ("tailormade", "tailor-made", 1),
    ("startups", "start-ups", 1),
    ("crossregional", "cross-regional", 1),
    ("exportoriented", "export-oriented", 1),
    ("cooperate", "co-operate", 1),
    # Quotation marks that were read as others.
    ("„", "‘", 2),
    ("‟", "’", 5),
    # Recommendation 1.2: three words of a stretched line slid behind the sentence.
    (
        "consultants for feasibility studies and market research in order to support FDIs. the implementation of",
        "consultants for the implementation of feasibility studies and market research in order to support FDIs.",
        1,
    ),
    # A footnote's number, raised in print, ran into the word before it; as a word of its own it can be checked.
    ("STATEMENT1", "STATEMENT 1", 1),
    ("include:2", "include: 2", 1),
    ("Programmes1", "Programmes 1", 1),
)

# The heads of the annex's two columns, repeated on each of its pages, and the one page number that was kept.
COLUMN_HEADINGS = ("Categories of support", "Country/ Economy or Company or IOs Examples")
PAGE_NUMBER = "9"
ANNEX_BEGINS = "ANNEX:"


class UnknownSourceError(ValueError):
    """The text is not the source that the repairs were made for."""


@dataclass(frozen=True)
class Statement:
    """The statement's two parts as running text, layout repaired, words a space apart."""

    body: str
    annex: str


@dataclass(frozen=True)
class Difference:
    """The first word in which a wording leaves the source: the wording's (`expected`), the source's (`printed`, ""
    at its end), and up to five words before it. A wording without words has an empty `expected`."""

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
    """Take the text of the PDF, give its body and its annex with the layout repaired.

    Raises UnknownSourceError where the annex or a damage that is known does not stand as often as it must.
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
    """Take a wording and the part it must stand in. None where its words stand there, all and in one piece."""
    wanted, printed = wording.split(), part.split()
    if _place(wanted, printed) is not None:
        return None
    at, there = _first_difference(wanted, printed)
    return Difference(_word(wanted, at), _word(printed, there), " ".join(wanted[max(0, at - 5) : at]))


def uncovered(wordings: Iterable[str], part: str) -> list[str]:
    """Take all wordings of a part, give what of it none of them covers: each run of words as one string."""
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
    """The annex's lines; of each column's heading only the first stays, which belongs to the document."""
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
    """Where the words begin, or None. No words stand nowhere: an empty wording is no quotation."""
    size = len(words)
    starts = (start for start, word in enumerate(printed) if words[:1] == [word])
    return next((start for start in starts if printed[start : start + size] == words), None)


def _first_difference(wanted: list[str], printed: list[str]) -> tuple[int, int]:
    """The places, in both, of the first word that differs: the longest common run tells where to look, then the
    longest before it, until one begins where the wording does."""
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
    """The words between the gaps, a string for each run."""
    runs: list[list[str]] = [[]]
    for word in words:
        if word is not None:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [" ".join(run) for run in runs if run]
