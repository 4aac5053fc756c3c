"""Links of the evidence map: for each number the address of the list that it counts."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from gvc_catalogue.web.querystring import Pairs, address

from .axis_values import AxisValue
from .map_axes import MapView


class MapLinks:
    """Addresses of lists: the filters of the view, with the values of a row and of a column in place of those chosen.

    Excluded values stay, and so do chosen ones of a facet of which the list asks for all (`every=`).
    """

    def __init__(self, view: MapView) -> None:
        self.list, self.axes = reverse("programmes:list"), view.axes
        self.pairs = view.selection.pairs

    def of(self, value: AxisValue) -> str:
        """Return the address of the list of a row or column."""
        return self._address(self._without(value.choice[0][0]), value.choice)

    def column(self, column: AxisValue) -> SafeString:
        """Return the beginning of the addresses of a column's cells, escaped for HTML; `row` is their end."""
        both = self.axes.rows == self.axes.by
        every = (("every", self.axes.rows),) if both else ()
        others = self._without(column.choice[0][0], self.axes.by, self.axes.rows)
        return SafeString(escape(self._address(others, (*every, *column.choice))))

    @staticmethod
    def row(row: AxisValue) -> SafeString:
        """Return the end of the addresses of a row's cells, escaped for HTML."""
        return SafeString(escape(f"&{urlencode(row.choice)}"))

    def _without(self, *facets: str) -> Pairs:
        """Return the filters without the values that a row or column replaces."""
        kept = [name for name, value in self.pairs if ("every", name) in self.pairs]
        return tuple(
            (name, value) for name, value in self.pairs if name not in facets or name in kept or value.startswith("-")
        )

    def _address(self, others: Pairs, choice: Pairs) -> str:
        return address(self.list, tuple(dict.fromkeys((*others, *choice))))
