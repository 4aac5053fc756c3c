"""Axes of the evidence map: the facets that can be its rows and its columns, and the pair that is asked for."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from gvc_catalogue.web.querystring import Pairs, address

from ..search.facet_choices import ListView
from ..search.facet_definitions import DEFINITIONS

ORDERS = {"number": "Number of programmes", "name": "Name", "region": "Region"}


@dataclass(frozen=True)
class Axis:
    """A facet as an axis: `one` and `many` are its words in headings.

    A `fixed` axis keeps the catalogue's order. `rest` is the label of the programmes with a term and none of its
    narrower ones.
    """

    one: str
    many: str
    fixed: bool = False
    rest: str = ""


AXES = {
    "recommendation": Axis("recommendation", "recommendations", fixed=True),
    "category": Axis("category", "categories", fixed=True),
    "instrument": Axis("instrument", "instruments", rest="form not said"),
    "topic": Axis("topic", "topics", rest="no narrower topic"),
    "beneficiary": Axis("beneficiary", "beneficiaries", rest="kind not said"),
    "country": Axis("country", "countries"),
    "region": Axis("region", "regions"),
    "provider": Axis("kind of provider", "kinds of provider"),
    "status": Axis("status", "statuses", fixed=True),
}
TOGETHER = {facet.name for facet in DEFINITIONS if facet.together}
# In the order of the page.
ROWS = ("recommendation", "category", "instrument", "topic", "beneficiary", "country", "region", "provider", "status")
COLUMNS = (
    "country",
    "region",
    "provider",
    "status",
    "instrument",
    "topic",
    "beneficiary",
    "category",
    "recommendation",
)


@dataclass(frozen=True)
class MapAxes:
    """The axes that are asked for: the facets of rows and of columns, and the order of the columns."""

    rows: str = ROWS[0]
    by: str = COLUMNS[0]
    columns: str = "number"

    @property
    def pairs(self) -> Pairs:
        """The parameters of the map that are no filters; those with their default value are left out."""
        asked = (("rows", self.rows), ("by", self.by), ("columns", self.columns))
        return tuple((name, value) for name, value in asked if value != getattr(MapAxes, name))

    @property
    def title(self) -> str:
        """The axes in words: "Instruments by country"."""
        return f"{AXES[self.rows].many} by {AXES[self.by].one}".capitalize()

    @property
    def problem(self) -> str:
        """The sentence that says why these axes make no map, "" where they do.

        An axis is crossed with itself where the list can ask for all of several values (`every=`).
        """
        if self.rows != self.by or self.rows in TOGETHER:
            return ""
        return f"Rows and columns cannot both be {AXES[self.rows].many}: choose another axis for one of them."

    @property
    def orders(self) -> dict[str, str]:
        """The orders that the columns can have, with their labels; empty where there is one only."""
        if AXES[self.by].fixed:
            return {}
        return {name: label for name, label in ORDERS.items() if name != "region" or self.by == "country"}

    @property
    def order(self) -> str:
        """The order of the columns: that which is asked for, where they can have it."""
        return self.columns if self.columns in self.orders else "number"

    @property
    def order_label(self) -> str:
        """The order of the columns in words."""
        return f"Columns: {self.orders.get(self.order, 'that of the catalogue').lower()}"


@dataclass(frozen=True)
class MapView(ListView):
    """Context of the map's links, which keep its axes."""

    axes: MapAxes = MapAxes()

    @property
    def pairs(self) -> Pairs:
        return (*super().pairs, *self.axes.pairs)

    def with_axes(self, axes: MapAxes) -> str:
        """Return the address of the map under the same filters, with other axes."""
        return address(reverse("evidence_map"), (*self.selection.pairs, *axes.pairs))


def axis_choices(view: MapView) -> dict[str, Any]:
    """Return what the page offers to choose: the axes, the orders of the columns, and the map with its axes swapped."""
    axes = view.axes
    swapped = MapAxes(axes.by, axes.rows)
    return {
        "row_axes": [_option(name, name == axes.rows) for name in ROWS],
        "column_axes": [_option(name, name == axes.by) for name in COLUMNS],
        "swap_url": view.with_axes(swapped) if swapped.rows != swapped.by else "",
        "orders": [
            {"label": label, "selected": name == axes.order, "url": view.with_axes(MapAxes(axes.rows, axes.by, name))}
            for name, label in axes.orders.items()
        ],
        "kept": [*view.selection.pairs, *(pair for pair in axes.pairs if pair[0] == "columns")],
    }


def _option(name: str, selected: bool) -> dict[str, Any]:
    return {"value": name, "label": AXES[name].one.capitalize(), "selected": selected}
