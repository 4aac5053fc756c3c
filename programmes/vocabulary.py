"""The keys that a list can be narrowed by, with the words for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from recommendations.models import Category, Recommendation

from .models import Country, ProviderKind, Region


class Entry(NamedTuple):
    """A key, its label, and the heading it stands under in its facet."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """For each facet its entries, in the order in which they are always shown."""

    entries: dict[str, list[Entry]]

    @classmethod
    def load(cls) -> Vocabulary:
        """Read it from the database: three queries."""
        recommendations = Recommendation.objects.with_category()
        return cls(
            {
                "country": [Entry(c.code, c.name) for c in Country.objects.only("code", "name")],
                "region": [Entry(value, label) for value, label in Region.choices],
                "category": [Entry(c.code, str(c)) for c in Category.objects.all()],
                "recommendation": [Entry(r.number, str(r), str(r.category)) for r in recommendations],
                "provider": [Entry(value, label) for value, label in ProviderKind.choices],
            }
        )

    @property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """The same as pairs for a form."""
        return {name: [(e.value, e.label) for e in entries] for name, entries in self.entries.items()}

    def label(self, name: str, value: str) -> str:
        """Return the words for a key; the key itself where there are none."""
        return next((e.label for e in self.entries[name] if e.value == value), value)
