"""A list that leaves the catalogue whole: its records as rows and references, and what its file says of itself."""

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
from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import address, root

from ..models.serializers import PROGRAMME_COLUMNS, programme_row
from ..presentation.citations import list_reference, programme_reference
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
    """What is asked of which edition, at the root by which the reader reached the catalogue."""

    view: ListView
    root: str

    @property
    def stamp(self) -> CitedRevision:
        return self.view.edition.stamp

    def address(self, path: str) -> str:
        """Return a path of the catalogue with the list's query string, as the reader reaches it."""
        return address(f"{self.root}{path}", self.view.selection.pairs)

    def records(self) -> Iterator[ProgrammeRecord]:
        """Yield all that matches, in the order asked."""
        return everything(self.view.selection, self.view.edition)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the same as rows of PROGRAMME_COLUMNS."""
        labels = self.view.vocabulary.labels
        return (programme_row(record, self.root, labels) for record in self.records())

    def references(self) -> Iterator[Reference]:
        """Yield the same as references."""
        stamp = self.stamp
        return (programme_reference(record, self.root, stamp) for record in self.records())

    def reference(self, total: int) -> Reference:
        """Return the list itself as a reference."""
        return list_reference(self.view, total, self.root, self.stamp)


def whole_list(make: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return the view that reads the list's query string and makes a file of its Export.

    A value that does not exist is answered by a problem document, before anything is made.
    """

    @require_safe
    @wraps(make)
    def view(request: HttpRequest, **form: str) -> HttpResponseBase:
        edition = CatalogueSnapshot.now()
        asked = ProgrammeFilter(request.GET, edition.vocabulary.labels)
        if not asked.is_valid():
            return unknown_values(asked.problems)
        return make(Export(ListView(reverse("programmes:list"), asked.selection, edition), root(request)), **form)

    return view


def about(export: Export, found: SearchResult) -> list[tuple[str, Any]]:
    """Return what a workbook says of itself on its last sheet."""
    read_as = [f"{typed} was read as {read}" for typed, read in found.corrected.items()]
    left_out = [f"{word} was left out" for word in found.dropped]
    order, words = SORTS[export.view.selection.order], "; ".join([*read_as, *left_out])
    return about_workbook(export.reference(found.page.total), order, export.stamp, words)
