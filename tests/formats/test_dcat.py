"""A catalogue of datasets in DCAT: what DCAT-AP asks is there, and its queries find what lacks it."""

from datetime import date

import pytest
from rdflib import DCAT, DCTERMS, RDF, XSD, Graph, Literal, URIRef

from gvc_catalogue.formats.dcat import Catalog, Dataset, catalog_graph
from gvc_catalogue.formats.publisher import CitedRevision

from .dcat_ap import MANDATORY, RECOMMENDED, lacking, untyped

FILE = "https://gvc.example/catalog.ttl"
DATASET = Dataset(
    key="programmes",
    title="Programmes",
    description="All of them.",
    page="https://gvc.example/programmes/",
    files={"csv": "https://gvc.example/programmes.csv", "bib": "https://gvc.example/programmes.bib"},
    keywords=("SMEs", "value chains"),
    begin=date(2007, 6, 1),
    places=(("JPN", "Japan"),),
    topics=(("https://gvc.example/vocabulary/clusters/", "Clusters"),),
)


def graph_of(*datasets: Dataset) -> Graph:
    stamp = CitedRevision(1_790_000_000_000_000, date(2026, 10, 12))
    return catalog_graph(
        Catalog(FILE, "https://gvc.example/", "Catalogue", "It.", "https://gvc.example/t", stamp, datasets)
    )


@pytest.mark.parametrize(("kind", "path"), [*MANDATORY, *RECOMMENDED])
def test_what_is_asked_is_there_and_is_missed_where_it_is_not(kind: str, path: str) -> None:
    graph = graph_of(DATASET)
    assert lacking(graph, kind, path) == set()
    prefix, name = path.rpartition("/")[2].split(":")
    namespaces = {prefix: str(namespace) for prefix, namespace in graph.namespaces()}
    graph.remove((None, URIRef(namespaces[prefix] + name), None))
    assert lacking(graph, kind, path)


def test_every_resource_is_of_the_class_that_its_property_asks() -> None:
    graph = graph_of(DATASET)
    assert untyped(graph) == set()
    graph.remove((None, RDF.type, DCTERMS.Location))
    assert untyped(graph) == {"http://publications.europa.eu/resource/authority/country/JPN"}


def test_a_file_has_a_registered_media_type_or_one_that_is_described() -> None:
    graph = graph_of(DATASET)
    types = {form: graph.value(URIRef(f"{FILE}#programmes-{form}"), DCAT.mediaType) for form in DATASET.files}
    assert types["csv"] == URIRef("https://www.iana.org/assignments/media-types/text/csv")
    assert types["bib"] == URIRef(f"{FILE}#application/x-bibtex")


def test_its_coverage_and_dates_are_said_as_far_as_they_are_known() -> None:
    graph = graph_of(DATASET)
    period, programmes = URIRef(f"{FILE}#programmes-period"), URIRef(f"{FILE}#programmes")
    assert graph.value(programmes, DCTERMS.temporal) == period
    assert graph.value(period, DCAT.startDate) == Literal("2007-06-01", datatype=XSD.date)
    assert not list(graph.objects(period, DCAT.endDate))
    assert graph.value(programmes, DCTERMS.modified) == Literal("2026-09-21", datatype=XSD.date)
    bare = Dataset("terms", "Terms", "All.", "https://gvc.example/terms/", {}, ())
    assert not list(graph_of(bare).objects(None, DCTERMS.temporal))
