"""Alignments of terms with concepts of EuroVoc and of the UNBIS Thesaurus, read from the `source` of a term."""

import re
from dataclasses import dataclass

from gvc_catalogue.search_index.analysis import analyse

# Vocabularies whose identifiers resolve: the pattern of the identifier of a concept, and its address.
# Longer numbers of UNBIS only: the shorter ones are its categories, which are no concepts.
VOCABULARIES = {
    "EuroVoc": (r"c_[0-9a-f]{8}|\d{1,5}", "http://eurovoc.europa.eu/{}"),
    "UNBIS": (r"\d{7}", "http://metadata.un.org/thesaurus/{}"),
}
# "EuroVoc 1130 credit guarantee, 1132 investment protection"; what stands in brackets is a remark.
CONCEPTS = {name: re.compile(rf"(?:^|, )({pattern}) ([^,(]+)") for name, (pattern, _) in VOCABULARIES.items()}


@dataclass(frozen=True)
class Alignment:
    """A concept of another vocabulary that a term was aligned with.

    `exact` is true where its label has the same words as the preferred label of the term: `skos:exactMatch`.
    """

    vocabulary: str
    identifier: str
    label: str
    url: str
    exact: bool


def alignments(label: str, source: str) -> list[Alignment]:
    """Return the concepts that the `source` of a term names by a resolvable identifier, in its order.

    `label` is the preferred label of the term. The source of a term of the catalogue's own begins with "own": the
    concepts that it names are only near, broader or narrower, and are not returned.
    """
    if source.startswith("own"):
        return []
    words = list(analyse(label))
    return [
        Alignment(name, key, other.strip(), VOCABULARIES[name][1].format(key), list(analyse(other)) == words)
        for clause in _clauses(source)
        for name, key, other in _named(clause)
    ]


def unresolved(source: str) -> list[str]:
    """Return the parts of a `source` that name no concept by a resolvable identifier, in their order."""
    if source.startswith("own"):
        return [source]
    return [clause for clause in _clauses(source) if not _named(clause)]


def _clauses(source: str) -> list[str]:
    """Return what stands between the semicolons of a source."""
    return [clause.strip() for clause in source.split(";") if clause.strip()]


def _named(clause: str) -> list[tuple[str, str, str]]:
    """Return vocabulary, identifier and label of each concept that a clause names."""
    name, _, named = clause.partition(" ")
    return [(name, key, label) for key, label in CONCEPTS[name].findall(named)] if name in CONCEPTS else []
