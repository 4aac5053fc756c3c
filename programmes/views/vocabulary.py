"""Views of the vocabulary: its terms by scheme, and one term with its programmes and recommendations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Term
from ..presentation import vocabulary as presentation
from ..search.catalogue_snapshot import CatalogueSnapshot


@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Terms by scheme, each with its number of programmes, those of its narrower terms included."""
    schemes = presentation.schemes(CatalogueSnapshot.now())
    context = {"section": "vocabulary", "schemes": schemes, "total": sum(len(scheme.rows) for scheme in schemes)}
    return render(request, "vocabulary/list.html", context)


@require_safe
def term_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One term: definition, labels, broader and narrower terms, and its programmes and recommendations.

    Each has the words that justify it.
    """
    edition = CatalogueSnapshot.now()
    term = one_term(key, edition)
    return render(request, "vocabulary/detail.html", presentation.term_context(term, edition))


def one_term(key: str, edition: CatalogueSnapshot) -> Term:
    """Return the term with this key. No query. Raises Http404 when there is none."""
    term = edition.vocabulary.tree.terms.get(key)
    if term is None:
        raise Http404(f"There is no term “{key}” in the vocabulary.")
    return term
