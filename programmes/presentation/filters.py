"""Filters of the comparison and of the evidence map: what their query strings may ask."""

import django_filters

from gvc_catalogue.web.filters import CatalogueFilter, KeysFilter

from ..models import Programme
from ..search.filters import ProgrammeFilter
from .comparison import LEAST, MOST
from .evidence_map import COLUMNS


class EvidenceFilter(ProgrammeFilter):
    """The evidence map's: the list's, and the order of its columns."""

    columns = django_filters.ChoiceFilter(
        choices=list(COLUMNS.items()),
        error_messages={
            "invalid_choice": f"There is no order of columns “%(value)s”; possible are {', '.join(COLUMNS)}.",
        },
    )

    @property
    def order(self) -> str:
        """The order of the columns that applies, once `is_valid()` said yes."""
        return str(self.form.cleaned_data["columns"] or next(iter(COLUMNS)))


class ComparisonFilter(CatalogueFilter):
    """The comparison's: countries, not more than can stand side by side."""

    country = KeysFilter(noun="country or economy")

    class Meta:
        model = Programme
        fields: list[str] = []

    @property
    def chosen(self) -> list[str]:
        """The countries asked that do exist, each once."""
        return list(dict.fromkeys(self.known()["country"]))

    @property
    def sentences(self) -> list[str]:
        """What is wrong: codes that do not exist, or too many of them."""
        many = len(self.chosen)
        too_many = f"{many} countries are too many: {LEAST} to {MOST} can stand side by side. Remove {many - MOST}."
        return super().sentences + ([too_many] if many > MOST else [])
