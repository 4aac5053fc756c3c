"""RDF graphs as files, in Turtle and in JSON-LD. The same graph gives the same bytes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node

from gvc_catalogue.text.sanitise import one_line

# Media types by file extension.
MEDIA_TYPES = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json"}


def new_graph(prefixes: Mapping[str, Namespace | type[DefinedNamespace]]) -> Graph:
    """Return an empty graph whose files use these namespaces by prefix, and no others."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, str(namespace))
    return graph


def text(value: str, language: str = "en") -> Literal:
    """Return a text in a language as a literal on one line, without control characters."""
    return Literal(one_line(value), lang=language)


def add(graph: Graph, subject: URIRef, properties: Mapping[URIRef, Sequence[Node]]) -> None:
    """Add triples of one subject: one for each value of each property."""
    for name, values in properties.items():
        for value in values:
            graph.add((subject, name, value))


def turtle(graph: Graph) -> str:
    """Return the graph in Turtle, sorted by type and subject."""
    return graph.serialize(format="turtle")


def json_ld_document(graph: Graph) -> str:
    """Return the graph as a JSON-LD document with its prefixes as context, sorted by identifier.

    The graph has no lists, so the order of values has no meaning.
    """
    context = {prefix: str(namespace) for prefix, namespace in graph.namespaces()}
    whole = json.loads(graph.serialize(format="json-ld", context=context))
    return json.dumps(_in_order(whole), ensure_ascii=False, indent=1)


def rdf_response(name: str, form: str, graph: Graph) -> HttpResponse:
    """Return a response with the graph as the file `name`.`form`; `form` is a key of MEDIA_TYPES."""
    content = turtle(graph) if form == "ttl" else json_ld_document(graph)
    response = HttpResponse(content, content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    return response


def _in_order(value: Any) -> Any:
    """Return JSON with keys and lists sorted: rdflib's order of values depends on the process."""
    if isinstance(value, dict):
        return {name: _in_order(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_in_order, value), key=_sort_key)
    return value


def _sort_key(value: Any) -> tuple[str, str]:
    return (value.get("@id", "") if isinstance(value, dict) else "", json.dumps(value))
