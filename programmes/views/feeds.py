"""View of the Atom feed of programmes."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import root

from ..exports.list_export import Export
from ..exports.programmes_feed import SIZE, feed
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.facet_choices import ListView
from ..search.filters import ProgrammeFilter
from ..search.search import newest


@require_safe
def programmes_atom(request: HttpRequest) -> HttpResponse:
    """Programmes that match, the last recorded first, paginated. The list's filters apply, not its sort orders."""
    edition = CatalogueSnapshot.now()
    asked = ProgrammeFilter(request.GET, edition.vocabulary.known)
    if not asked.is_valid():
        return unknown_values(asked.problems)
    page, programmes = newest(asked.selection, request.GET.get("page", ""), SIZE, edition)
    export = Export(ListView(reverse("programmes:list"), asked.selection, edition), root(request))
    made = feed(export, request.path, page, programmes)
    return HttpResponse(made.writeString("utf-8"), content_type=made.mime_type)
