"""What the application profile DCAT-AP 3 asks of a graph in DCAT, as SPARQL queries: each selects what lacks it."""

from rdflib import Graph
from rdflib.query import ResultRow

PREFIXES = """PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
"""
MANDATORY = [
    ("dcat:Catalog", "dct:title"),
    ("dcat:Catalog", "dct:description"),
    ("dcat:Catalog", "dct:publisher/foaf:name"),
    ("dcat:Catalog", "dcat:dataset"),
    ("dcat:Dataset", "dct:title"),
    ("dcat:Dataset", "dct:description"),
    ("dcat:Distribution", "dcat:accessURL"),
    ("foaf:Agent", "foaf:name"),
]
RECOMMENDED = [
    *(("dcat:Catalog", f"dct:{name}") for name in ("issued", "language", "license", "modified")),
    ("dcat:Catalog", "foaf:homepage"),
    ("dcat:Catalog", "dcat:themeTaxonomy"),
    *(("dcat:Dataset", f"dct:{name}") for name in ("issued", "modified", "publisher", "license")),
    *(("dcat:Dataset", f"dcat:{name}") for name in ("distribution", "keyword", "landingPage", "theme")),
    *(("dcat:Distribution", name) for name in ("dcat:mediaType", "dcat:downloadURL", "dct:license")),
]


def lacking(graph: Graph, kind: str, path: str) -> set[str]:
    """The resources of a class that have no value of a property or path of properties."""
    query = f"{PREFIXES}SELECT ?x WHERE {{ ?x a {kind} FILTER NOT EXISTS {{ ?x {path} ?value }} }}"
    return {str(row[0]) for row in graph.query(query) if isinstance(row, ResultRow)}


def untyped(graph: Graph) -> set[str]:
    """The objects of properties whose class DCAT-AP fixes that are not said to be of it."""
    ranges = {
        "dct:publisher": "foaf:Agent",
        "dcat:dataset": "dcat:Dataset",
        "dcat:distribution": "dcat:Distribution",
        "dct:spatial": "dct:Location",
        "dct:temporal": "dct:PeriodOfTime",
        "dcat:theme": "<http://www.w3.org/2004/02/skos/core#Concept>",
        "dcat:mediaType": "dct:MediaType",
        "dct:rights": "dct:RightsStatement",
    }
    found = set()
    for name, kind in ranges.items():
        query = f"{PREFIXES}SELECT ?y WHERE {{ ?x {name} ?y FILTER NOT EXISTS {{ ?y a {kind} }} }}"
        found |= {str(row[0]) for row in graph.query(query) if isinstance(row, ResultRow)}
    return found
