"""DCAT (Data Catalog Vocabulary): a catalogue of datasets as an RDF graph, by the application profile DCAT-AP 3.

Specifications: https://www.w3.org/TR/vocab-dcat-3/ and https://semiceu.github.io/DCAT-AP/releases/3.0.0/.
Each resource is identified by a fragment of the catalogue's own file; authority tables are those of the European Union.
"""

from dataclasses import dataclass
from datetime import date

from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from .json_ld import FORMATS
from .publisher import CATALOGUE, LICENCE_URL, RIGHTS, CitedRevision
from .rdf import add, new_graph, text

AUTHORITY = "http://publications.europa.eu/resource/authority/"
ENGLISH, PUBLIC = URIRef(f"{AUTHORITY}language/ENG"), URIRef(f"{AUTHORITY}access-right/PUBLIC")
THEMES = {
    f"{AUTHORITY}data-theme/ECON": "Economy and finance",
    f"{AUTHORITY}data-theme/GOVE": "Government and public sector",
}
# File types of the authority table by file extension; reference managers' formats have none.
FILE_TYPES = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "ttl": "RDF_TURTLE", "jsonld": "JSON_LD"}
IANA = "https://www.iana.org/assignments/media-types/"
PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "owl": OWL, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}


@dataclass(frozen=True)
class Dataset:
    """A dataset; `key` is its fragment, `page` the URL of the page that shows it, `files` its URLs by file extension.

    `begin` and `end` are its temporal coverage, if it has one. `places` are ISO 3166-1 alpha-3 codes and names of
    countries, `topics` URLs and labels of SKOS concepts.
    """

    key: str
    title: str
    description: str
    page: str
    files: dict[str, str]
    keywords: tuple[str, ...]
    begin: date | None = None
    end: date | None = None
    places: tuple[tuple[str, str], ...] = ()
    topics: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Catalog:
    """A catalogue of datasets: the URLs of its file in Turtle, of the site and of the concept scheme of its topics."""

    url: str
    home: str
    title: str
    description: str
    taxonomy: str
    stamp: CitedRevision
    datasets: tuple[Dataset, ...]

    def node(self, fragment: str) -> URIRef:
        """Return the identifier of a resource that the file describes."""
        return URIRef(f"{self.url}#{fragment}")


def catalog_graph(catalog: Catalog) -> Graph:
    """Return the graph of a catalogue, its datasets and their distributions."""
    graph = new_graph(PREFIXES)
    _add_catalog(graph, catalog)
    for dataset in catalog.datasets:
        _add_dataset(graph, catalog, dataset)
        for form, url in dataset.files.items():
            _add_distribution(graph, catalog, dataset, form, url)
    return graph


def _add_catalog(graph: Graph, catalog: Catalog) -> None:
    """Add the catalogue, its publisher and its statement of rights."""
    publisher, rights = catalog.node("publisher"), catalog.node("rights")
    add(
        graph,
        catalog.node("catalog"),
        {
            RDF.type: [DCAT.Catalog],
            DCTERMS.title: [text(catalog.title)],
            DCTERMS.description: [text(catalog.description)],
            FOAF.homepage: [URIRef(catalog.home)],
            DCAT.dataset: [catalog.node(dataset.key) for dataset in catalog.datasets],
            DCAT.themeTaxonomy: [URIRef(f"{AUTHORITY}data-theme"), URIRef(catalog.taxonomy)],
            **_published(catalog),
        },
    )
    add(
        graph,
        publisher,
        {RDF.type: [FOAF.Agent], FOAF.name: [text(CATALOGUE)], FOAF.homepage: [URIRef(catalog.home)]},
    )
    add(graph, rights, {RDF.type: [DCTERMS.RightsStatement], RDFS.label: [text(RIGHTS)]})


def _published(catalog: Catalog) -> dict[URIRef, list[URIRef | Literal]]:
    """Return what the catalogue and its datasets have in common. Issue and change are those of the revision shown."""
    day = Literal(catalog.stamp.made.date())
    return {
        DCTERMS.publisher: [catalog.node("publisher")],
        DCTERMS.license: [URIRef(LICENCE_URL)],
        DCTERMS.rights: [catalog.node("rights")],
        DCTERMS.language: [ENGLISH],
        DCTERMS.issued: [day],
        DCTERMS.modified: [day],
        OWL.versionInfo: [Literal(str(catalog.stamp.revision))],
    }


def _add_dataset(graph: Graph, catalog: Catalog, dataset: Dataset) -> None:
    """Add a dataset with its coverage in time and space."""
    period = catalog.node(f"{dataset.key}-period")
    places = {URIRef(f"{AUTHORITY}country/{code}"): name for code, name in dataset.places}
    topics = {URIRef(url): label for url, label in (*THEMES.items(), *dataset.topics)}
    add(
        graph,
        catalog.node(dataset.key),
        {
            RDF.type: [DCAT.Dataset],
            DCTERMS.title: [text(dataset.title)],
            DCTERMS.description: [text(dataset.description)],
            DCTERMS.identifier: [Literal(dataset.page)],
            DCAT.landingPage: [URIRef(dataset.page)],
            DCAT.keyword: [text(word) for word in dataset.keywords],
            DCAT.theme: list(topics),
            DCTERMS.spatial: list(places),
            DCTERMS.temporal: [period] if dataset.begin else [],
            DCTERMS.accessRights: [PUBLIC],
            DCAT.distribution: [catalog.node(f"{dataset.key}-{form}") for form in dataset.files],
            **_published(catalog),
        },
    )
    for place, name in places.items():
        add(graph, place, {RDF.type: [DCTERMS.Location], RDFS.label: [text(name)]})
    for topic, label in topics.items():
        add(graph, topic, {RDF.type: [SKOS.Concept], SKOS.prefLabel: [text(label)]})
    if dataset.begin:
        begin, end = ([Literal(day)] if day else [] for day in (dataset.begin, dataset.end))
        add(graph, period, {RDF.type: [DCTERMS.PeriodOfTime], DCAT.startDate: begin, DCAT.endDate: end})


def _add_distribution(graph: Graph, catalog: Catalog, dataset: Dataset, form: str, url: str) -> None:
    """Add the distribution of a dataset in one file format."""
    file_type = FILE_TYPES.get(form)
    add(
        graph,
        catalog.node(f"{dataset.key}-{form}"),
        {
            RDF.type: [DCAT.Distribution],
            DCTERMS.title: [text(f"{dataset.title} ({form})")],
            DCAT.accessURL: [URIRef(url)],
            DCAT.downloadURL: [URIRef(url)],
            DCAT.mediaType: [_media_type(graph, catalog, FORMATS[form])],
            DCTERMS["format"]: [URIRef(f"{AUTHORITY}file-type/{file_type}")] if file_type else [],
            DCTERMS.license: [URIRef(LICENCE_URL)],
            DCTERMS.rights: [catalog.node("rights")],
        },
    )


def _media_type(graph: Graph, catalog: Catalog, name: str) -> URIRef:
    """Return the identifier of a media type: of the IANA where it is registered, else one that the file describes."""
    node = catalog.node(name) if "/x-" in name else URIRef(f"{IANA}{name}")
    add(graph, node, {RDF.type: [DCTERMS.MediaType], RDFS.label: [Literal(name)]})
    return node
