"""A vocabulary in SKOS, and the integrity conditions: their queries find what violates them, and nothing else."""

from datetime import date

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from gvc_catalogue.formats.skos import Concept, ConceptScheme, concept_graph

from .skos_integrity import CONDITIONS, violations

SCHEME = "https://gvc.example/vocabulary/#instrument"
AID, GRANT = "https://gvc.example/vocabulary/aid/", "https://gvc.example/vocabulary/grant/"
SCHEMES = [ConceptScheme(SCHEME, "Policy instruments", date(2026, 11, 27))]
CONCEPTS = [
    Concept(AID, SCHEME, "aid", "Aid", exact=("http://eurovoc.europa.eu/922",)),
    Concept(
        GRANT,
        SCHEME,
        "grant",
        "Grant",
        definition="Money that need not\r\nbe “paid” back.",
        broader=AID,
        other_labels=("subsidy", "Grant", " ", "voucher"),
        hidden_labels=("subvention",),
        close=("http://eurovoc.europa.eu/835",),
    ),
]
VIOLATING = {
    "S9": ["ex:a a skos:Concept, skos:ConceptScheme", "ex:a skos:broader ex:b . ex:c skos:inScheme ex:b"],
    "S13": [
        'ex:a skos:prefLabel "x"@en ; skos:altLabel "x"@en',
        'ex:a skos:prefLabel "x"@en ; skos:hiddenLabel "x"@en',
        'ex:a skos:altLabel "x"@en ; skos:hiddenLabel "x"@en',
    ],
    "S14": ['ex:a skos:prefLabel "x"@en, "y"@en', 'ex:a skos:prefLabel "x", "y"'],
    "S27": [
        "ex:a skos:related ex:b ; skos:broader ex:b",
        "ex:a skos:related ex:c ; skos:broader ex:b . ex:c skos:narrower ex:b",
    ],
    "S37": ["ex:a a skos:Collection, skos:Concept", "ex:a skos:member ex:b . ex:c skos:inScheme ex:a"],
    "S46": [
        "ex:a skos:exactMatch ex:b ; skos:relatedMatch ex:b",
        "ex:a skos:exactMatch ex:b . ex:c skos:exactMatch ex:b ; skos:narrowMatch ex:a",
    ],
}
# The same properties without a violation.
SOUND = """ex:s a skos:ConceptScheme . ex:l a skos:Collection ; skos:member ex:a .
    ex:a a skos:Concept ; skos:inScheme ex:s ; skos:broader ex:b ; skos:related ex:c ; skos:exactMatch ex:d ;
    skos:broadMatch ex:e ; skos:prefLabel "x"@en, "x"@fr ; skos:altLabel "y"@en ; skos:hiddenLabel "y"@fr"""


def parsed(turtle: str) -> Graph:
    prefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <https://gvc.example/> . "
    return Graph().parse(data=f"{prefixes}{turtle} .", format="turtle")


def test_every_condition_has_a_graph_that_violates_it() -> None:
    assert set(VIOLATING) == set(CONDITIONS)


@pytest.mark.parametrize(("condition", "turtle"), [(name, each) for name, all_ in VIOLATING.items() for each in all_])
def test_a_violation_is_found_by_its_condition_and_by_no_other(condition: str, turtle: str) -> None:
    graph = parsed(turtle)
    assert {name for name in CONDITIONS if violations(graph, name)} == {condition}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_graph_without_a_violation_passes(condition: str) -> None:
    assert violations(parsed(SOUND), condition) == set()
    assert violations(concept_graph(SCHEMES, CONCEPTS), condition) == set()


def test_each_relation_stands_in_both_directions() -> None:
    graph = concept_graph(SCHEMES, CONCEPTS)
    scheme, aid, grant = URIRef(SCHEME), URIRef(AID), URIRef(GRANT)
    assert {(aid, SKOS.topConceptOf, scheme), (scheme, SKOS.hasTopConcept, aid)} < set(graph)
    assert {(grant, SKOS.broader, aid), (aid, SKOS.narrower, grant)} < set(graph)
    assert not list(graph.objects(grant, SKOS.topConceptOf))
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == set(graph.subjects(SKOS.inScheme, scheme)) == {aid, grant}


def test_labels_have_their_language_and_stand_once() -> None:
    graph = concept_graph(SCHEMES, CONCEPTS)
    grant = URIRef(GRANT)
    assert list(graph.objects(grant, SKOS.prefLabel)) == [Literal("Grant", lang="en")]
    assert set(graph.objects(grant, SKOS.altLabel)) == {Literal("subsidy", lang="en"), Literal("voucher", lang="en")}
    assert list(graph.objects(grant, SKOS.hiddenLabel)) == [Literal("subvention", lang="fr")]
    assert list(graph.objects(grant, SKOS.definition)) == [Literal("Money that need not be “paid” back.", lang="en")]
    assert list(graph.objects(grant, SKOS.notation)) == [Literal("grant")]
