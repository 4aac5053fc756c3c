"""View of the comparison of countries side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..presentation.comparison import (
    LEAST,
    MOST,
    comparable,
    compare_address,
    comparison,
    heads,
    names,
    suggested_comparisons,
)
from ..presentation.filters import ComparisonFilter
from ..search.catalogue_snapshot import CatalogueSnapshot


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Comparison of two to six countries by recommendation, with their quotations side by side.

    For any other number of countries, or an unknown one, the form is shown, with an error message where one applies.
    """
    edition = CatalogueSnapshot.now()
    asked = ComparisonFilter(request.GET, {"country": edition.vocabulary.labels["country"]})
    sentences, chosen = asked.sentences, asked.chosen
    compared = not sentences and comparable(chosen)
    context = {
        "canonical": compare_address(chosen),
        "compared": compared,
        "sentences": sentences,
        "names": names(chosen, edition),
        "countries": heads(chosen, edition),
        "others": [c for code, c in edition.vocabulary.countries.items() if code not in chosen],
        "selects": range(max(1, LEAST - len(chosen)) if len(chosen) < MOST else 0),
        "most": MOST,
        "kept_url": compare_address(chosen[:MOST]) if sentences and len(chosen) >= LEAST else "",
        "offers": [] if compared or sentences else suggested_comparisons(chosen, edition),
        **(comparison(chosen, edition) if compared else {}),
    }
    return render(request, "programmes/compare.html", context)
