"""/catalog.ttl and /catalog.jsonld: the datasets of the site in DCAT, with the files that are there."""

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF, RDFS, Graph, URIRef
from rdflib.compare import isomorphic

from programmes.models import Country, Programme
from tests.formats.dcat_ap import MANDATORY, RECOMMENDED, lacking, untyped
from tests.reading_files import read_whole

pytestmark = pytest.mark.django_db
ROOT = "http://testserver"
PROGRAMMES = URIRef(f"{ROOT}/catalog.ttl#programmes")


@pytest.fixture
def graph(client: Client, catalogue: None) -> Graph:
    return Graph().parse(data=read_whole(client, "/catalog.ttl"), format="turtle")


def test_all_that_dcat_ap_asks_is_there(graph: Graph) -> None:
    assert {each: lacking(graph, *each) for each in (*MANDATORY, *RECOMMENDED) if lacking(graph, *each)} == {}
    assert untyped(graph) == set()


def test_every_file_is_there_and_is_of_the_type_that_is_said(graph: Graph, client: Client) -> None:
    files = set(graph.subjects(RDF.type, DCAT.Distribution))
    assert files == set(graph.objects(None, DCAT.distribution))
    for file in files:
        url = str(graph.value(file, DCAT.downloadURL))
        answer = client.get(url.removeprefix(ROOT))
        said = graph.value(graph.value(file, DCAT.mediaType), RDFS.label)
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, str(said)), url
        assert b"".join(answer)
    ends = {str(url).rpartition(".")[2] for url in graph.objects(None, DCAT.accessURL)}
    assert ends == {"csv", "xlsx", "json", "bib", "ris", "ttl", "jsonld"}


def test_every_page_and_topic_is_there(graph: Graph, client: Client) -> None:
    own = {str(node) for node in set(graph.objects()) if str(node).startswith(f"{ROOT}/") and "#" not in str(node)}
    pages = {url for url in own if url.endswith("/")}
    assert f"{ROOT}/vocabulary/innovation/" in pages
    for url in pages:
        assert client.get(url.removeprefix(ROOT)).status_code == 200, url


def test_programmes_cover_the_countries_that_have_one(graph: Graph) -> None:
    found = {str(place).rpartition("/")[2] for place in graph.objects(PROGRAMMES, DCTERMS.spatial)}
    assert found == set(Country.objects.filter(programmes__isnull=False).values_list("code3", flat=True))


def test_the_period_of_programmes_ends_with_the_last_look_up(client: Client, catalogue: None) -> None:
    Programme.objects.filter(slug="rosettanet").update(status="running", checked_on="2031-11-25")
    graph = Graph().parse(data=read_whole(client, "/catalog.ttl"), format="turtle")
    period = graph.value(PROGRAMMES, DCTERMS.temporal)
    assert [str(graph.value(period, name)) for name in (DCAT.startDate, DCAT.endDate)] == ["2007-06-01", "2031-11-25"]


def test_both_notations_have_the_same_statements(client: Client, graph: Graph) -> None:
    answer = client.get("/catalog.jsonld")
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/ld+json", "*")
    with pytest.warns(DeprecationWarning, match="ConjunctiveGraph"):
        assert isomorphic(Graph().parse(data=answer.content, format="json-ld"), graph)
    assert client.get("/catalog.jsonld").content == answer.content
