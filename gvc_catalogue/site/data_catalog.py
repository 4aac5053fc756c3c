"""Data catalogue of the site: its datasets with their files, as they are described in DCAT."""

from datetime import date

from django.urls import reverse

from gvc_catalogue.formats.citations.site import PAGES
from gvc_catalogue.formats.dcat import Catalog, Dataset
from gvc_catalogue.formats.publisher import ADOPTED, CATALOGUE, STATEMENT
from programmes.data_quality.completeness import count_data_quality
from programmes.presentation.vocabulary import scheme_url
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.search import totals

# Keywords of all datasets.
KEYWORDS = ("small and medium-sized enterprises", "global value chains", "OECD", "policy")
DESCRIPTION = (
    f"The recommendations of the {STATEMENT} of 1 June 2007, and the programmes that governments, companies and "
    "international organisations run, each with the words that describe it."
)


def data_catalog(edition: CatalogueSnapshot, root: str) -> Catalog:
    """Return the datasets of the site; `root` is the scheme and host of their URLs. No query."""
    return Catalog(
        url=f"{root}{reverse('data_catalog_ttl')}",
        home=f"{root}{reverse('home')}",
        title=CATALOGUE,
        description=DESCRIPTION,
        taxonomy=f"{root}{scheme_url('topic')}",
        stamp=edition.stamp,
        datasets=(
            programmes(edition, root),
            examples(edition, root),
            recommendations(edition, root),
            vocabulary(edition, root),
        ),
    )


def programmes(edition: CatalogueSnapshot, root: str) -> Dataset:
    """Return the dataset of programmes: from the date of the statement until the last look-up of a status."""
    looked_up = max(count_data_quality(edition).checked, default="")
    return Dataset(
        key="programmes",
        title="Programmes",
        description=f"{len(edition.snapshot.all):,} programmes that help small firms into global value chains, each "
        "with its country, provider, recommendations and terms, its words in the statement or in a later document, and "
        "what became of it.",
        page=f"{root}{reverse('programmes:list')}",
        files=_files(root, "programmes", "csv", "xlsx", "json", "bib", "ris"),
        keywords=(*KEYWORDS, "programmes", "policy instruments"),
        begin=ADOPTED,
        end=date.fromisoformat(looked_up) if looked_up else None,
        places=places(edition),
        topics=topics(edition, root),
    )


def examples(edition: CatalogueSnapshot, root: str) -> Dataset:
    """Return the dataset of the examples: the bullets of the annex, and passages of later documents."""
    return Dataset(
        key="examples",
        title="Examples",
        description="Every example of a programme verbatim, with its place and its recommendation.",
        page=f"{root}{reverse('statement')}",
        files=_files(root, "examples", "csv", "json"),
        keywords=(*KEYWORDS, "quotations"),
        begin=ADOPTED,
        places=places(edition),
    )


def recommendations(edition: CatalogueSnapshot, root: str) -> Dataset:
    """Return the dataset of the recommendations of the statement, which are of its date."""
    number = len(edition.vocabulary.recommendations)
    return Dataset(
        key="recommendations",
        title="Recommendations",
        description=f"The {number} recommendations of the {STATEMENT}, in the words of its body and of its annex.",
        page=f"{root}{reverse('recommendations:list')}",
        files=_files(root, "recommendations", "csv", "xlsx", "json", "bib", "ris"),
        keywords=(*KEYWORDS, "recommendations"),
        begin=ADOPTED,
        end=ADOPTED,
    )


def vocabulary(edition: CatalogueSnapshot, root: str) -> Dataset:
    """Return the dataset of the vocabulary of terms."""
    return Dataset(
        key="vocabulary",
        title=PAGES["vocabulary"],
        description=f"{len(edition.vocabulary.tree.terms)} terms in three SKOS concept schemes, with definitions, "
        "labels, broader and narrower terms, and matching concepts of EuroVoc and of the UNBIS Thesaurus.",
        page=f"{root}{reverse('vocabulary:list')}",
        files=_files(root, "vocabulary", "ttl", "jsonld", "csv"),
        keywords=(*KEYWORDS, "controlled vocabulary", "SKOS"),
        topics=topics(edition, root),
    )


def places(edition: CatalogueSnapshot) -> tuple[tuple[str, str], ...]:
    """Return alpha-3 code and name of each country with a programme. No query."""
    numbers = totals(edition)["country"]
    return tuple((c.code3, c.name) for c in edition.vocabulary.countries.values() if numbers.get(c.code))


def topics(edition: CatalogueSnapshot, root: str) -> tuple[tuple[str, str], ...]:
    """Return URL and label of each topic without a broader one that has a programme. No query."""
    numbers, tree = totals(edition)["topic"], edition.vocabulary.tree
    broadest = (term for term in tree.of_scheme("topic") if not tree.broader(term) and numbers.get(term.key))
    return tuple((f"{root}{term.get_absolute_url()}", term.label) for term in broadest)


def _files(root: str, name: str, *forms: str) -> dict[str, str]:
    """Return the URL of each file of a list by file extension."""
    return {form: f"{root}/{name}.{form}" for form in forms}
