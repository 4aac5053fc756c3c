"""List export: all matching records as rows and references, and the metadata of the exported file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations import Reference
from gvc_catalogue.formats.citations.site import about_workbook
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.formats.xlsx import Column
from gvc_catalogue.search_index.query.parser import label_of
from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import address, root

from ..models.serializers import PROGRAMME_COLUMNS, programme_row
from ..presentation.asked_parts import expanded_words
from ..presentation.citations import list_reference, programme_reference
from ..presentation.query_in_words import enumerate_words, verb
from ..schema.records import ProgrammeRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.facet_choices import ListView
from ..search.filters import ProgrammeFilter
from ..search.list_query import SORTS
from ..search.search import SearchResult, everything

WIDTHS = {
    "slug": 30,
    "name": 40,
    "examples": 60,
    "recommendation_titles": 40,
    "places": 30,
    "place_urls": 40,
    "url": 40,
    "links": 40,
}
COLUMNS = [Column(name, WIDTHS.get(name, 20)) for name in PROGRAMME_COLUMNS]


@dataclass(frozen=True)
class Export:
    """Export of a list: its view with list query and catalogue snapshot, and the root address of the request."""

    view: ListView
    root: str

    @property
    def stamp(self) -> CitedRevision:
        return self.view.edition.stamp

    def address(self, path: str) -> str:
        """Return the absolute address of a path, with the query string of the list."""
        return address(f"{self.root}{path}", self.view.selection.pairs)

    def records(self) -> Iterator[ProgrammeRecord]:
        """Yield the records of all matching programmes, in the sort order of the list query. No query."""
        return everything(self.view.selection, self.view.edition)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Return an iterator over the same records as rows of PROGRAMME_COLUMNS."""
        labels = self.view.vocabulary.labels
        return (programme_row(record, self.root, labels) for record in self.records())

    def references(self) -> Iterator[Reference]:
        """Return an iterator over the same records as bibliographic references."""
        stamp = self.stamp
        return (programme_reference(record, self.root, stamp) for record in self.records())

    def reference(self, total: int) -> Reference:
        """Return the list itself as a bibliographic reference; `total` is its number of programmes."""
        return list_reference(self.view, total, self.root)


def whole_list(make: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return a view that validates the query string of the list and calls `make` with its Export.

    For an unknown value the view returns problem details (RFC 9457) instead. It accepts GET and HEAD only.
    """

    @require_safe
    @wraps(make)
    def view(request: HttpRequest, **form: str) -> HttpResponseBase:
        edition = CatalogueSnapshot.now()
        asked = ProgrammeFilter(request.GET, edition.vocabulary.known)
        if not asked.is_valid():
            return unknown_values(asked.problems)
        return make(Export(ListView(reverse("programmes:list"), asked.selection, edition), root(request)), **form)

    return view


def about(export: Export, found: SearchResult) -> list[tuple[str, Any]]:
    """Return the metadata on the last sheet of a workbook, as pairs of label and value.

    It includes the sort order, and how the words were understood.
    """
    order, words = SORTS[export.view.selection.order], "; ".join(understood_words(found, export.view.edition))
    return about_workbook(export.reference(found.page.total), order, export.stamp, words)


def understood_words(found: SearchResult, edition: CatalogueSnapshot) -> list[str]:
    """Return how the words were understood: corrections, words left out, terms and absent words. No query."""
    return [
        *(f"{typed} was read as {read}" for typed, read in found.query.corrected.items()),
        *(f"{typed} was read as {enumerate_words(names, 'or')}" for typed, names in found.query.completed.items()),
        *(f"{word} was left out" for word in found.query.ignored),
        *expanded_words(found, edition),
        *(f"no programme {verb(clause)} {label_of(clause)}" for clause in found.query.absent),
    ]
