"""RDF graphs as files."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import SKOS, Graph, URIRef

from gvc_catalogue.formats.rdf import MEDIA_TYPES, add, json_ld_document, new_graph, rdf_response, text, turtle

WRITERS = {"ttl": (turtle, "turtle"), "jsonld": (json_ld_document, "json-ld")}
THING = URIRef("https://gvc.example/thing")


def shuffled(seed: int) -> Graph:
    """The same graph, its triples added in another order."""
    triples = [
        (URIRef(f"https://gvc.example/{n}"), SKOS.altLabel, text(f"word {m}")) for n in range(9) for m in range(9)
    ]
    links = [(URIRef(f"https://gvc.example/{n}"), SKOS.related, THING) for n in range(9)]
    Random(seed).shuffle(triples)  # noqa: S311
    Random(seed).shuffle(links)  # noqa: S311
    graph = new_graph({"skos": SKOS})
    for triple in [*links, *triples]:
        graph.add(triple)
    return graph


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_the_same_graph_gives_the_same_bytes(form: str) -> None:
    write, _ = WRITERS[form]
    assert len({write(shuffled(seed)) for seed in range(5)}) == 1


# rdflib's own parser of JSON-LD makes one.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("form", MEDIA_TYPES)
@given(said=st.text() | st.sampled_from(['"', '"""', "\\", "\n", "\r", "'", "<a>", "@en .", "\x00", "\ud800"]))
def test_any_text_comes_back_as_it_was_on_one_line(form: str, said: str) -> None:
    graph = new_graph({"skos": SKOS})
    add(graph, THING, {SKOS.definition: [text(said)]})
    write, name = WRITERS[form]
    read = Graph().parse(data=write(graph), format=name)
    assert set(read) == set(graph)


def test_a_file_has_its_media_type_and_its_prefixes_alone() -> None:
    as_turtle, as_json = (rdf_response("vocabulary", form, shuffled(1)) for form in MEDIA_TYPES)
    assert as_turtle["Content-Type"] == "text/turtle; charset=utf-8"
    assert as_turtle.content.count(b"@prefix") == 1
    assert as_json["Content-Type"] == "application/ld+json"
    assert set(json.loads(as_json.content)["@context"]) == {"skos"}
