"""Verification of the catalogue against the source text of the Action Statement: all quotations and all counts.

Only records that quote the statement (body and annex) are checked. Examples from other documents are skipped. The words
that justify a term of the vocabulary are checked against the quotations.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from gvc_catalogue.text.quotations import Statement, UnknownSourceError, difference, repair, uncovered
from programmes.models import Example
from recommendations.models import Category, Passage, Recommendation

from .findings import Finding, compare_counts
from .fixtures import FIXTURES
from .vocabulary_check import vocabulary_findings

SOURCE = FIXTURES / "source" / "action-statement.txt"

ANNEX_PLACES = {
    Passage.Place.ANNEX,
    Passage.Place.ROW_3_1,
    Passage.Place.ROW_3_3,
    Passage.Place.ANNEX_NOTES,
}
# The format of a footnote's number, printed before its text.
LABELS: dict[str, str] = {Passage.Place.NOTES: "{}.", Passage.Place.ANNEX_NOTES: "{}"}
# Words of the statement that no record quotes: the numbers of its parts, which are the codes of categories.
PART_NUMBERS = ("i)", "ii)")

RECOMMENDATIONS = {"i": 1, "1": 4, "2": 7, "3": 5, "4": 8, "5": 4, "iii": 5}
PASSAGES = {
    "paragraph": 6,
    "introduction": 2,
    "footnote": 3,
    "table-sentence": 2,
    "heading": 4,
    "column-heading": 2,
}
EXAMPLES = {
    "1.1": 9,
    "1.2": 1,
    "1.3": 1,
    "1.4": 2,
    "2.1": 2,
    "2.2": 1,
    "2.3": 5,
    "2.4": 5,
    "2.5": 3,
    "2.7": 2,
    "3.1": 8,
    "3.3": 5,
    "3.4": 1,
    "4.1": 1,
    "4.2": 4,
    "4.4": 1,
    "4.6": 2,
    "4.7": 3,
    "4.8": 2,
    "5.1": 3,
    "5.3": 3,
}


class Wording(NamedTuple):
    """A quotation: a label of its record, the text, and whether the annex or the body must contain it."""

    record: str
    words: str
    in_annex: bool


def check() -> list[Finding]:
    """Verify the catalogue against the source; return a finding for each kind of check. Two dozen queries.

    A source that cannot be read or is not the expected text gives a single finding.
    """
    try:
        statement = repair(SOURCE.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, UnknownSourceError) as problem:
        return [Finding("source", 1, [f"The source cannot be compared: {problem}"])]
    wordings = {
        "headings of categories": list(_headings()),
        "wordings of recommendations": list(_recommendations()),
        "other passages": list(_passages()),
        "examples of the annex": list(_examples()),
    }
    quoted = [Finding(subject, len(found), _misquoted(found, statement)) for subject, found in wordings.items()]
    everything = [wording for found in wordings.values() for wording in found]
    counted = compare_counts("counts", _counts(), "the statement")
    return [*quoted, _lost(everything, statement), counted, *vocabulary_findings()]


def _headings() -> Iterator[Wording]:
    for category in Category.objects.all():
        heading = f"{category.title} {category.lead_in}".strip()
        yield Wording(f"category {category.code}", heading, in_annex=False)
        if category.annex_title:
            yield Wording(f"category {category.code} in the annex", category.annex_title, in_annex=True)


def _recommendations() -> Iterator[Wording]:
    for recommendation in Recommendation.objects.all():
        record = f"recommendation {recommendation.number}"
        yield Wording(record, recommendation.text, in_annex=False)
        if recommendation.annex_text:
            yield Wording(f"{record} in the annex", recommendation.annex_text, in_annex=True)


def _passages() -> Iterator[Wording]:
    """Yield the passages with their footnote numbers as printed: after a text, before a footnote."""
    for passage in Passage.objects.all():
        label = LABELS.get(passage.place, "").format(passage.note)
        words = f"{label} {passage.text}" if label else f"{passage.text} {passage.note}"
        yield Wording(f"passage {passage.place}-{passage.position}", words.strip(), passage.place in ANNEX_PLACES)


def _examples() -> Iterator[Wording]:
    for example in Example.objects.of_annex().select_related("recommendation"):
        yield Wording(f"example {example.key}", example.text, in_annex=True)


def _misquoted(wordings: Iterable[Wording], statement: Statement) -> list[str]:
    found = ((w.record, difference(w.words, statement.annex if w.in_annex else statement.body)) for w in wordings)
    return [f"{record} {fault}" for record, fault in found if fault]


def _lost(wordings: list[Wording], statement: Statement) -> Finding:
    """Return the finding on words of the statement that no quotation covers."""
    body = uncovered([*PART_NUMBERS, *(w.words for w in wordings if not w.in_annex)], statement.body)
    annex = uncovered([w.words for w in wordings if w.in_annex], statement.annex)
    faults = [f"the body says “{words}”, and the catalogue does not" for words in body]
    faults += [f"the annex says “{words}”, and the catalogue does not" for words in annex]
    return Finding("words of the statement", len(f"{statement.body} {statement.annex}".split()), faults)


def _counts() -> Iterator[tuple[str, int, int]]:
    """Yield a label, the number in the catalogue and the number in the statement, for each count."""
    examples = Example.objects.of_annex().order_by()
    yield "categories", Category.objects.count(), len(RECOMMENDATIONS)
    yield "recommendations", Recommendation.objects.count(), sum(RECOMMENDATIONS.values())
    yield from _each("recommendations of {}", Recommendation.objects.values_list("category__code"), RECOMMENDATIONS)
    yield from _each("passages of kind {}", Passage.objects.values_list("kind"), PASSAGES)
    rows = Recommendation.objects.filter(examples__in=examples).distinct()
    yield "rows of the annex", rows.count(), len(EXAMPLES)
    yield "examples of the annex", examples.count(), sum(EXAMPLES.values())
    yield from _each("examples of {}", examples.values_list("recommendation__number"), EXAMPLES)
    yield "programmes in the annex", _different(examples, "programmes"), 67
    yield "countries in the annex", _different(examples, "programmes__countries"), 21


def _each(what: str, keys: Iterable[tuple[str]], due: dict[str, int]) -> Iterator[tuple[str, int, int]]:
    """Yield a count for each key that is expected or found."""
    numbers = Counter(key for (key,) in keys)
    for key in [*due, *(numbers.keys() - due.keys())]:
        yield what.format(key), numbers[key], due.get(key, 0)


def _different(examples: QuerySet[Example], relation: str) -> int:
    return examples.exclude(**{relation: None}).values(relation).distinct().count()
