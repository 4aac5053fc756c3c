"""Schema of the terms in the record of a programme (TypedDict), and their columns in exports."""

from collections.abc import Iterable, Sequence
from typing import TypedDict


class TermRecord(TypedDict):
    """A term of the vocabulary that a programme is classified by; `scheme`, `key` and `confidence` are keys.

    `words` are those of a quotation that justify it, "" if a curator chose it without.
    """

    scheme: str
    key: str
    label: str
    words: str
    confidence: str


# The column of the keys of each scheme, in the order of a record's terms.
COLUMNS = {"instrument": "instruments", "topic": "topics", "beneficiary": "beneficiaries"}
SCHEMES = tuple(COLUMNS)


def by_scheme(terms: Iterable[TermRecord]) -> list[TermRecord]:
    """Return terms sorted by scheme: instruments, topics, beneficiaries."""
    return sorted(terms, key=lambda term: SCHEMES.index(term["scheme"]))


def term_columns(terms: Sequence[TermRecord]) -> dict[str, list[str]]:
    """Return the columns of CSV and XLSX for terms: for each scheme the keys, then the labels."""
    row: dict[str, list[str]] = {}
    for scheme, column in COLUMNS.items():
        found = [term for term in terms if term["scheme"] == scheme]
        row[column] = [term["key"] for term in found]
        row[f"{scheme}_labels"] = [term["label"] for term in found]
    return row
