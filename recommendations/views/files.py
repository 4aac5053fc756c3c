"""Views that export the list of recommendations, and one of them, as files (CSV, XLSX, BibTeX, RIS)."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations import citation_response
from gvc_catalogue.formats.citations.site import about_workbook
from gvc_catalogue.formats.csv import csv_response
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.formats.xlsx import workbook_response
from gvc_catalogue.web.querystring import root

from ..citations import recommendation_reference
from ..list_export import COLUMNS, Export, whole_list
from ..models import Recommendation
from ..serializers import RECOMMENDATION_COLUMNS
from .detail import get_recommendation


@whole_list
def recommendations_csv(export: Export) -> HttpResponseBase:
    """All matching recommendations as CSV, one row per recommendation."""
    return csv_response("recommendations", RECOMMENDATION_COLUMNS, export.rows())


@whole_list
def recommendations_xlsx(export: Export) -> HttpResponseBase:
    """All matching recommendations as XLSX, one typed row per recommendation.

    There are too few to exceed a sheet, so the limit of rows is not checked.
    """
    about = about_workbook(export.reference(), "As in the statement", export.stamp)
    return workbook_response("recommendations", COLUMNS, export.rows(), about, total=0)


@whole_list
def recommendations_cited(export: Export, form: str) -> HttpResponseBase:
    """All matching recommendations as citations, in BibTeX or RIS."""
    return citation_response("recommendations", form, export.references())


@whole_list
def list_cited(export: Export, form: str) -> HttpResponseBase:
    """The list itself as one citation, in BibTeX or RIS."""
    return citation_response("recommendations-list", form, [export.reference()])


@require_safe
def recommendation_cited(request: HttpRequest, number: str, form: str, **options: object) -> HttpResponseBase:
    """One recommendation as a citation, in BibTeX or RIS."""
    found = get_recommendation(number, Recommendation.objects.with_category())
    reference = recommendation_reference(found, root(request), CitedRevision.now())
    return citation_response(f"recommendation-{number}", form, [reference])
