"""Views of the vocabulary: its terms by scheme, one term with what it classifies, and the files of all terms."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations import citation_response
from gvc_catalogue.formats.csv import csv_response
from gvc_catalogue.formats.rdf import rdf_response
from gvc_catalogue.web.querystring import root

from ..exports.vocabulary_files import VOCABULARY_COLUMNS, vocabulary_graph, vocabulary_rows
from ..models import Term
from ..presentation import vocabulary as presentation
from ..presentation.charts import page_chart
from ..presentation.citations import term_reference
from ..presentation.metadata import of_term, of_vocabulary
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.list_query import ListQuery


@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Terms by scheme, each with its number of programmes, those of its narrower terms included."""
    edition = CatalogueSnapshot.now()
    schemes = presentation.schemes(edition)
    context = {
        "section": "vocabulary",
        "schemes": schemes,
        "total": sum(len(scheme.rows) for scheme in schemes),
        "gaps": presentation.gaps(schemes),
        **of_vocabulary(schemes, root(request)),
        "chart": page_chart("instruments", ListQuery(), edition),
    }
    return render(request, "vocabulary/list.html", context)


@require_safe
def term_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One term: definition, labels, broader and narrower terms, and its programmes and recommendations.

    Each has the words that justify it.
    """
    edition = CatalogueSnapshot.now()
    term = one_term(key, edition)
    context = presentation.term_context(term, edition) | of_term(term, root(request), edition.stamp)
    return render(request, "vocabulary/detail.html", context)


@require_safe
def term_cited(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """One term as a citation, in BibTeX or RIS."""
    edition = CatalogueSnapshot.now()
    return citation_response(key, form, [term_reference(one_term(key, edition), root(request), edition.stamp)])


@require_safe
def vocabulary_rdf(request: HttpRequest, form: str) -> HttpResponse:
    """The vocabulary in SKOS, as Turtle or JSON-LD."""
    return rdf_response("vocabulary", form, vocabulary_graph(CatalogueSnapshot.now(), root(request)))


@require_safe
def vocabulary_csv(request: HttpRequest) -> HttpResponseBase:
    """The vocabulary as CSV, one row per term, with its number of programmes."""
    rows = vocabulary_rows(CatalogueSnapshot.now(), root(request))
    return csv_response("vocabulary", VOCABULARY_COLUMNS, rows)


def one_term(key: str, edition: CatalogueSnapshot) -> Term:
    """Return the term with this key. No query. Raises Http404 when there is none."""
    term = edition.vocabulary.tree.terms.get(key)
    if term is None:
        raise Http404(f"There is no term “{key}” in the vocabulary.")
    return term
