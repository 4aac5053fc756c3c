"""Filters of the comparison and of the evidence map: validation of their query strings."""

import django_filters

from gvc_catalogue.web.filters import CatalogueFilter, KeysFilter

from ..models import Programme
from ..search.filters import ProgrammeFilter
from .comparison import LEAST, MOST
from .evidence_map import COLUMNS


class EvidenceFilter(ProgrammeFilter):
    """Filters of the evidence map: those of the list, and the sort order of its columns."""

    columns = django_filters.ChoiceFilter(
        choices=list(COLUMNS.items()),
        error_messages={
            "invalid_choice": f"There is no order of columns “%(value)s”; possible are {', '.join(COLUMNS)}.",
        },
    )

    @property
    def order(self) -> str:
        """Return the sort order of the columns; only after `is_valid()` returned True."""
        return str(self.form.cleaned_data["columns"] or next(iter(COLUMNS)))


class ComparisonFilter(CatalogueFilter):
    """Filter of the comparison: the countries, at most MOST."""

    country = KeysFilter(noun="country or economy")

    class Meta:
        model = Programme
        fields: list[str] = []

    @property
    def chosen(self) -> list[str]:
        """Return the codes of the countries in the query that exist, each once."""
        return list(dict.fromkeys(self.known()["country"]))

    @property
    def sentences(self) -> list[str]:
        """Return error messages: unknown codes, or too many countries."""
        many = len(self.chosen)
        too_many = f"{many} countries are too many: {LEAST} to {MOST} can stand side by side. Remove {many - MOST}."
        return super().sentences + ([too_many] if many > MOST else [])
