"""/vocabulary.ttl, /vocabulary.jsonld and /vocabulary.csv: each term as its page has it, and as SKOS requires."""

import pytest
from django.test import Client
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from programmes.models import Scheme, Term
from tests.formats.skos_integrity import CONDITIONS, violations
from tests.programmes.conftest import Asking
from tests.reading_files import read_whole

pytestmark = pytest.mark.django_db
ROOT = "http://testserver"


@pytest.fixture
def graph(client: Client, catalogue: None) -> Graph:
    return Graph().parse(data=read_whole(client, "/vocabulary.ttl"), format="turtle")


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_integrity_condition_is_violated(condition: str, graph: Graph) -> None:
    assert violations(graph, condition) == set()


def test_each_term_is_a_concept_with_its_labels_and_its_place(graph: Graph) -> None:
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {
        URIRef(f"{ROOT}/vocabulary/#{scheme}") for scheme in Scheme.values
    }
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == Term.objects.count()
    for term in Term.objects.select_related("broader"):
        concept = URIRef(ROOT + term.get_absolute_url())
        scheme = URIRef(f"{ROOT}/vocabulary/#{term.scheme}")
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        assert list(graph.objects(concept, SKOS.notation)) == [Literal(term.key)]
        assert list(graph.objects(concept, SKOS.prefLabel)) == [Literal(term.label, lang="en")]
        assert set(graph.objects(concept, SKOS.altLabel)) == {
            Literal(label, lang="en") for label in term.other_labels.splitlines() if label != term.label
        }
        assert set(graph.objects(concept, SKOS.hiddenLabel)) == {
            Literal(label, lang="fr") for label in term.french_labels.splitlines()
        }
        assert list(graph.objects(concept, SKOS.definition)) == [Literal(term.definition, lang="en")]
        if term.broader:
            assert list(graph.objects(concept, SKOS.broader)) == [URIRef(ROOT + term.broader.get_absolute_url())]
        else:
            assert (scheme, SKOS.hasTopConcept, concept) in graph


def test_matches_are_concepts_whose_identifiers_the_sources_name(graph: Graph) -> None:
    loan, innovation = (URIRef(f"{ROOT}/vocabulary/{key}/") for key in ("loan", "innovation"))
    assert set(graph.objects(loan, SKOS.closeMatch)) == {
        URIRef("http://eurovoc.europa.eu/2606"),
        URIRef("http://metadata.un.org/thesaurus/1003785"),
    }
    assert set(graph.objects(innovation, SKOS.exactMatch)) == {
        URIRef("http://eurovoc.europa.eu/1439"),
        URIRef("http://metadata.un.org/thesaurus/1003223"),
    }
    # Two terms that match one concept exactly would match each other, as the relation is transitive.
    exact = list(graph.objects(None, SKOS.exactMatch))
    assert len(exact) == len(set(exact)) > 10
    assert len(list(graph.objects(None, SKOS.closeMatch))) > 80


def test_both_notations_have_the_same_statements(client: Client, graph: Graph) -> None:
    answer = read_whole(client, "/vocabulary.jsonld")
    with pytest.warns(DeprecationWarning, match="ConjunctiveGraph"):
        assert isomorphic(Graph().parse(data=answer, format="json-ld"), graph)
    assert read_whole(client, "/vocabulary.jsonld") == answer


def test_what_a_curator_types_breaks_neither_notation(client: Client, catalogue: None) -> None:
    odd = 'x" ; skos:related <http://a.example/> . # \\ \r\n""" @en </script>'
    Term.objects.filter(key="grant").update(definition=odd, other_labels="Grant or subsidy\n\n \nfee", source=odd)
    graph = Graph().parse(data=read_whole(client, "/vocabulary.ttl"), format="turtle")
    grant = URIRef(f"{ROOT}/vocabulary/grant/")
    assert list(graph.objects(grant, SKOS.definition)) == [Literal(" ".join(odd.split()), lang="en")]
    assert list(graph.objects(grant, SKOS.altLabel)) == [Literal("fee", lang="en")]
    assert not list(graph.objects(grant, SKOS.related))
    assert all(violations(graph, condition) == set() for condition in CONDITIONS)


def test_a_scheme_has_its_licence_and_the_date_of_its_revision(graph: Graph) -> None:
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        assert list(graph.objects(scheme, DCTERMS.license)) == [URIRef("https://creativecommons.org/licenses/by/4.0/")]
        assert len(list(graph.objects(scheme, DCTERMS.modified))) == 1


def test_the_csv_has_a_row_for_each_term_with_its_number_of_programmes(rows: Asking, ask: Asking) -> None:
    header, *found = rows("/vocabulary.csv")
    assert header[:8] == [
        "scheme",
        "scheme_label",
        "key",
        "label",
        "other_labels",
        "labels_fr",
        "broader",
        "broader_label",
    ]
    assert header[8:] == ["narrower", "definition", "source", "exact_matches", "close_matches", "programmes", "url"]
    by_key = {row[2]: dict(zip(header, row, strict=True)) for row in found}
    assert set(by_key) == set(Term.objects.values_list("key", flat=True))
    loan = by_key["loan"]
    assert (loan["broader"], loan["broader_label"]) == ("financial-support", "Financial support")
    assert loan["labels_fr"] == "prêt"
    assert loan["other_labels"].startswith("loan; credit; soft loan; ")
    assert loan["url"] == f"{ROOT}/vocabulary/loan/"
    assert by_key["financial-support"]["narrower"] == "equity; grant; guarantee; loan; tax-incentive"
    assert by_key["venture-capital"]["programmes"] == "0"
    for key in ("loan", "smes", "clusters"):
        assert int(by_key[key]["programmes"]) == ask(**{by_key[key]["scheme"]: key})["count"]


@pytest.mark.parametrize("form", ["ttl", "jsonld", "csv"])
def test_scripts_of_other_sites_may_read_the_files(form: str, client: Client, catalogue: None) -> None:
    answer = client.get(f"/vocabulary.{form}")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["ETag"]
    assert client.post(f"/vocabulary.{form}").status_code == 405
