"""View of charts as files: /charts/<name>.svg, .png and .csv."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import root

from ..exports.charts import FORMS
from ..presentation.charts import NAMES, chart
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.filters import ProgrammeFilter


@require_safe
def chart_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A chart of the programmes that match the query string of the list, as SVG, PNG or CSV.

    For an unknown value of a filter the answer is a problem document with status 422.
    """
    if name not in NAMES or form not in FORMS:
        raise Http404(f"There is no chart “{name}.{form}”: the charts are {', '.join(NAMES)}, as svg, png and csv.")
    edition = CatalogueSnapshot.now()
    asked = ProgrammeFilter(request.GET, edition.vocabulary.known)
    if not asked.is_valid():
        return unknown_values(asked.problems)
    return FORMS[form](chart(name, asked.selection, edition), root(request))
