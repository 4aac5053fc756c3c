"""What is wrong with records, a verb a class: worklists list it, and /about/data/ counts it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    # Named in quotation marks alone.
    from .models import Programme  # noqa: F401

# What a link answers that leads nowhere.
DEAD = ("gone", "fails")


def rows(model: str) -> Any:
    """The rows of one of our models, which stand above this file."""
    return apps.get_model("programmes", model)._default_manager


class DefectQuerySet(models.QuerySet["Programme"]):
    """Programmes that lack something. None of these verbs asks; each can be narrowed and counted further."""

    def without_link(self) -> Any:
        """Those that lead to no page elsewhere."""
        return self.filter(~Exists(rows("Link").filter(programme=OuterRef("pk"))))

    def with_dead_link(self) -> Any:
        """Those with a link that did not answer, or whose page is gone, when it was last asked."""
        dead = rows("LinkCheck").filter(outcome__in=DEAD).values("url")
        return self.filter(pk__in=rows("Link").filter(url__in=dead).values("programme"))

    def not_checked_since(self, day: date) -> Any:
        """Those that nobody looked up on this day or later; most of them never."""
        return self.filter(Q(checked_on__lt=day) | Q(checked_on=None))

    def placed_by_inference(self) -> Any:
        """Those with a quotation whose row the print leaves open."""
        inferred = rows("Example").filter(placed_by_inference=True)
        return self.filter(pk__in=inferred.filter(programmes__isnull=False).values("programmes"))

    def without_quotation(self) -> Any:
        """Those that nothing quoted tells of."""
        return self.filter(~Exists(rows("Example").filter(programmes=OuterRef("pk"))))

    def without_region(self) -> Any:
        """Those of no country: it is the country that lies in a region."""
        return self.filter(~Exists(rows("Country").filter(programmes=OuterRef("pk"))))

    def probable_duplicates(self) -> Any:
        """Those whose provider has another programme of this name, but for accents and capital letters."""
        others = rows("Programme").filter(sort_name=OuterRef("sort_name"), provider=OuterRef("provider"))
        return self.filter(Exists(others.exclude(pk=OuterRef("pk"))))
