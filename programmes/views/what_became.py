"""View of the outcomes of all programmes: /what-became/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..presentation.what_became import outcomes_context
from ..search.catalogue_snapshot import CatalogueSnapshot


@require_safe
def what_became(request: HttpRequest) -> HttpResponse:
    """The programmes by status: numbers, charts by country and category, a timeline, and the list behind each number.

    No query but the one for the revision.
    """
    return render(request, "programmes/what_became.html", outcomes_context(CatalogueSnapshot.now()))
