"""Integrity conditions of SKOS as SPARQL queries: each selects what violates it.

The numbers are those of https://www.w3.org/TR/skos-reference/. A class or direction that follows from the data model,
such as the type of what has a broader concept, is part of the query, as no reasoner is run.
"""

from rdflib import Graph
from rdflib.query import ResultRow

PREFIX = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
BROADER = "(skos:broader|skos:broaderTransitive|^skos:narrower|^skos:narrowerTransitive)+"
OF_CONCEPTS = "skos:broader|skos:narrower|skos:related|skos:broaderTransitive|skos:narrowerTransitive"
IS_CONCEPT = f"""{{ ?x a skos:Concept }} UNION {{ ?x {OF_CONCEPTS}|skos:topConceptOf ?y }}
    UNION {{ ?y {OF_CONCEPTS}|skos:hasTopConcept ?x }}"""
IS_SCHEME = (
    "{ ?x a skos:ConceptScheme } UNION { ?z skos:inScheme|skos:topConceptOf ?x } UNION { ?x skos:hasTopConcept ?z }"
)
IS_COLLECTION = (
    "{ ?x a skos:Collection } UNION { ?x a skos:OrderedCollection } UNION { ?x skos:member|skos:memberList ?m }"
)

CONDITIONS = {
    "S9": f"SELECT ?x WHERE {{ {{ {IS_CONCEPT} }} {{ {IS_SCHEME} }} }}",
    "S13": """SELECT ?x ?label WHERE {
        { ?x skos:prefLabel ?label ; skos:altLabel ?label }
        UNION { ?x skos:prefLabel ?label ; skos:hiddenLabel ?label }
        UNION { ?x skos:altLabel ?label ; skos:hiddenLabel ?label } }""",
    "S14": """SELECT ?x ?one ?other WHERE {
        ?x skos:prefLabel ?one, ?other FILTER (lang(?one) = lang(?other) && str(?one) < str(?other)) }""",
    "S27": f"SELECT ?x ?y WHERE {{ ?x skos:related|^skos:related ?y . ?x {BROADER} ?y }}",
    "S37": f"SELECT ?x WHERE {{ {{ {IS_COLLECTION} }} {{ {IS_CONCEPT} UNION {IS_SCHEME} }} }}",
    "S46": """SELECT ?x ?y WHERE { ?x (skos:exactMatch|^skos:exactMatch)+ ?y .
        { ?x skos:broadMatch|skos:narrowMatch|skos:relatedMatch ?y }
        UNION { ?y skos:broadMatch|skos:narrowMatch|skos:relatedMatch ?x } }""",
}


def violations(graph: Graph, condition: str) -> set[tuple[str, ...]]:
    """What in the graph violates a condition, such as "S9": the resources, and the labels where it is about labels."""
    rows = graph.query(PREFIX + CONDITIONS[condition])
    return {tuple(str(value) for value in row) for row in rows if isinstance(row, ResultRow)}
