"""Views that export all matching programmes as a file (CSV, XLSX, BibTeX, RIS), streamed, in the order of the list."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations import citation_response
from gvc_catalogue.formats.csv import csv_response
from gvc_catalogue.formats.xlsx import TooManyRowsError, workbook_response
from gvc_catalogue.web.problem_details import too_many_rows
from gvc_catalogue.web.querystring import root

from ..exports.list_export import COLUMNS, Export, about, whole_list
from ..models.serializers import PROGRAMME_COLUMNS
from ..presentation.citations import programme_reference
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.lookup import get_programme
from ..search.search import find, total
from .detail import renamed


@whole_list
def programmes_csv(export: Export) -> HttpResponseBase:
    """All matching programmes as CSV, one row per programme."""
    return csv_response("programmes", PROGRAMME_COLUMNS, export.rows())


@whole_list
def programmes_xlsx(export: Export) -> HttpResponseBase:
    """All matching programmes as XLSX, one typed row per programme.

    The last sheet gives the query, the date, and how to cite the list.
    """
    found = find(export.view.selection, edition=export.view.edition)
    try:
        return workbook_response("programmes", COLUMNS, export.rows(), about(export, found), found.page.total)
    except TooManyRowsError as too_many:
        return too_many_rows(str(too_many), export.address(reverse("programmes:list_csv")))


@whole_list
def programmes_cited(export: Export, form: str) -> HttpResponseBase:
    """All matching programmes as citations, in BibTeX or RIS."""
    return citation_response("programmes", form, export.references())


@whole_list
def list_cited(export: Export, form: str) -> HttpResponseBase:
    """The list itself as one citation, in BibTeX or RIS."""
    number = total(export.view.selection, export.view.edition)
    return citation_response("programmes-list", form, [export.reference(number)])


@require_safe
def programme_cited(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """One programme as a citation, in BibTeX or RIS."""
    edition = CatalogueSnapshot.now()
    programme = get_programme(slug, edition)
    if programme is None:
        return redirect(f"programmes:detail_{form}", renamed(slug).slug, permanent=True)
    return citation_response(slug, form, [programme_reference(programme, root(request), edition.stamp)])
