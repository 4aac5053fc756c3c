"""Notes below the evidence map: what its numbers count, and the programmes that stand in none of its rows."""

from dataclasses import dataclass

from django.urls import reverse
from pyroaring import BitMap

from gvc_catalogue.web.querystring import address

from .axis_values import HIERARCHICAL
from .map_axes import AXES, MapView


@dataclass(frozen=True)
class WithoutTerm:
    """The number of programmes without any term of an axis, and the address of their list."""

    axis: str
    count: int
    url: str


def sentences(view: MapView) -> list[str]:
    """Return what the numbers of the map count, in sentences."""
    axes = view.axes
    rows, columns = AXES[axes.rows], AXES[axes.by]
    if axes.rows == axes.by:
        first = f"A cell counts the programmes with both {rows.many}; “All” counts each programme once."
    else:
        several = f"A programme with several {rows.many} or {columns.many} stands in several rows or columns"
        first = f"{several}; “All” counts it once."
    narrower = {axes.rows, axes.by} & HIERARCHICAL
    return [first, *(["Narrower terms are counted in the term above them, too."] if narrower else [])]


def without_terms(view: MapView, members: BitMap) -> list[WithoutTerm]:
    """Return for each axis of terms the number of the members that have none of them, where there are any. No query."""
    snapshot, found = view.edition.snapshot, []
    for facet in dict.fromkeys((view.axes.rows, view.axes.by)):
        terms = view.vocabulary.tree.of_scheme(facet) if facet in HIERARCHICAL else []
        broadest = [term.key for term in terms if not term.broader_id]
        number = len(members - BitMap.union(BitMap(), *(snapshot.facet(facet, key) for key in broadest)))
        if broadest and number:
            pairs = dict.fromkeys((*view.selection.pairs, *((facet, f"-{key}") for key in broadest)))
            found.append(WithoutTerm(AXES[facet].one, number, address(reverse("programmes:list"), tuple(pairs))))
    return found
