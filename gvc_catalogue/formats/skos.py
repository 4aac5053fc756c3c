"""SKOS (Simple Knowledge Organization System): a controlled vocabulary as an RDF graph.

Specification: https://www.w3.org/TR/skos-reference/. `tests/formats/skos_integrity.py` has its integrity conditions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rdflib import DCTERMS, RDF, SKOS, XSD, Graph, Literal, URIRef

from .publisher import LICENCE_URL
from .rdf import add, new_graph, text


@dataclass(frozen=True)
class ConceptScheme:
    """A concept scheme; `url` is its identifier, `modified` the date of the revision shown."""

    url: str
    title: str
    modified: date


@dataclass(frozen=True)
class Concept:
    """A concept. `url`, `scheme`, `broader` and the matches are identifiers (URLs); `notation` is its key.

    `broader` is "" for a top concept. `hidden_labels` are in French: they are searched for and not displayed. `exact`
    and `close` are concepts of other vocabularies.
    """

    url: str
    scheme: str
    notation: str
    label: str
    definition: str = ""
    note: str = ""
    broader: str = ""
    other_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()


def concept_graph(schemes: Iterable[ConceptScheme], concepts: Iterable[Concept]) -> Graph:
    """Return the graph of concept schemes and their concepts, with both directions of each relation."""
    graph = new_graph({"skos": SKOS, "dct": DCTERMS, "xsd": XSD})
    for scheme in schemes:
        _add_scheme(graph, scheme)
    for concept in concepts:
        _add_concept(graph, concept)
        _add_place(graph, concept)
    return graph


def _add_scheme(graph: Graph, scheme: ConceptScheme) -> None:
    add(
        graph,
        URIRef(scheme.url),
        {
            RDF.type: [SKOS.ConceptScheme],
            DCTERMS.title: [text(scheme.title)],
            DCTERMS.license: [URIRef(LICENCE_URL)],
            DCTERMS.modified: [Literal(scheme.modified)],
        },
    )


def _add_concept(graph: Graph, concept: Concept) -> None:
    """Add a concept with its labels, notes and matches. No label stands twice in a language (S13)."""
    preferred = text(concept.label)
    add(
        graph,
        URIRef(concept.url),
        {
            RDF.type: [SKOS.Concept],
            SKOS.inScheme: [URIRef(concept.scheme)],
            SKOS.notation: [Literal(concept.notation)],
            SKOS.prefLabel: [preferred],
            SKOS.altLabel: [label for label in _texts(concept.other_labels) if label != preferred],
            SKOS.hiddenLabel: _texts(concept.hidden_labels, "fr"),
            SKOS.definition: _texts([concept.definition]),
            SKOS.editorialNote: _texts([concept.note]),
            SKOS.exactMatch: [URIRef(url) for url in concept.exact],
            SKOS.closeMatch: [URIRef(url) for url in concept.close],
        },
    )


def _add_place(graph: Graph, concept: Concept) -> None:
    """Add the place of a concept in its scheme: below its broader concept, or as a top concept."""
    subject, scheme = URIRef(concept.url), URIRef(concept.scheme)
    if concept.broader:
        add(graph, subject, {SKOS.broader: [URIRef(concept.broader)]})
        add(graph, URIRef(concept.broader), {SKOS.narrower: [subject]})
    else:
        add(graph, subject, {SKOS.topConceptOf: [scheme]})
        add(graph, scheme, {SKOS.hasTopConcept: [subject]})


def _texts(values: Iterable[str], language: str = "en") -> list[Literal]:
    """Return as literals those of the texts that have words."""
    return [literal for literal in (text(value, language) for value in values) if str(literal)]
