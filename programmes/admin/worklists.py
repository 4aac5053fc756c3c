"""Worklists (data quality): counts of defects on the admin's front page, each linked to the records.

A worklist is a changelist filter, `?work=no-link`. The number is the count of the same rows, up to a bound.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from pyroaring import BitMap

from gvc_catalogue.admin.large_changelist import MOST, BoundedCount, LargeAdmin, among
from recommendations.models import Recommendation

from ..data_quality import defects
from ..models import Example, ExampleDraft, Programme, ProgrammeDraft, Suggestion, SuggestionState
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.index_document import LINKED
from .indexed_changelist import IndexFilter, Members

YEAR, MONTH = timedelta(days=365), timedelta(days=30)
# Bound of the counts on the front page.
COUNTED = 1_000


@dataclass(frozen=True)
class Worklist:
    """Worklist of one class of defects: `rows` filters a queryset, or `by_index` the programmes of the index."""

    key: str
    title: str
    model: type[Model]
    rows: Callable[[Any], Any] | None = None
    by_index: Members | None = None

    @property
    def address(self) -> str:
        """Return the URL of the changelist filtered by the worklist."""
        return (
            f"{reverse(f'admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist')}?work={self.key}"
        )

    def number(self) -> BoundedCount:
        """Return the number of rows, up to the bound of 1,000. One or two queries."""
        if self.by_index:
            return BoundedCount.bounded(len(self.by_index(CatalogueSnapshot.now().snapshot)), COUNTED)
        return BoundedCount.of(self.narrowed(self.model._default_manager.all()), COUNTED)

    def narrowed(self, rows: Any) -> Any:
        """Return the rows with the defect; all rows where the index filters. No query yet."""
        return self.rows(rows) if self.rows else rows


def of_no(group: str) -> Members:
    """Return a function for the set of programmes in the index without a value of a group."""
    return lambda snapshot: snapshot.sets.get(f"group/{group}/", BitMap())


def unchecked(rows: Any) -> Any:
    return defects.not_checked_since(rows, timezone.localdate() - YEAR)


def old(rows: Any) -> Any:
    return defects.older_than(rows, timezone.now() - MONTH)


WORKLISTS = (
    Worklist("review", "Drafts of programmes that wait for review", ProgrammeDraft, lambda rows: rows.waiting()),
    Worklist("review", "Drafts of examples that wait for review", ExampleDraft, lambda rows: rows.waiting()),
    Worklist("open", "Suggestions of readers", Suggestion, lambda rows: rows.filter(state=SuggestionState.OPEN)),
    Worklist("old", "Drafts of programmes begun more than a month ago", ProgrammeDraft, old),
    Worklist("old", "Drafts of examples begun more than a month ago", ExampleDraft, old),
    Worklist("dead-link", "Programmes with a link that does not answer", Programme, defects.with_dead_link),
    Worklist("no-link", "Programmes without a link", Programme, by_index=of_no(LINKED)),
    Worklist("not-checked", "Programmes not looked up for a year, or never", Programme, unchecked),
    Worklist(
        "no-country",
        "Programmes in no country, and so in no region",
        Programme,
        by_index=of_no("country"),
    ),
    Worklist(
        "duplicate",
        "Programmes recorded twice, it seems: same provider, close name (of the 2,000 recorded last)",
        Programme,
        lambda rows: among(rows, defects.probable_duplicates()),
    ),
    Worklist("inferred", "Examples placed by inference", Example, defects.placed_by_inference),
    Worklist("gap", "Recommendations of part ii without an example", Recommendation, defects.without_example),
)


class WorkFilter(IndexFilter):
    """Changelist filter of the worklists of a model, by the index or by the database."""

    title = "still to do"
    parameter_name = "work"

    def __init__(self, request: HttpRequest, params: Any, model: type[Model], model_admin: Any) -> None:
        self.worklists = {one.key: one for one in WORKLISTS if one.model is model}
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.key, one.title) for one in self.worklists.values()]

    def members(self, value: str) -> Members | None:
        return self.worklists[value].by_index if value in self.worklists else None

    def rows(self, value: str, queryset: Any) -> Any:
        return self.worklists[value].narrowed(queryset)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return the rows of the worklist chosen; an unknown worklist has no rows."""
        if self.value() is None:
            return queryset
        asked = self.worklists.get(str(self.value()))
        if asked is None:
            return queryset.none()
        shown_by = self.model_admin if asked.rows and alone(request) else None
        large = isinstance(shown_by, LargeAdmin) and shown_by.is_large(shown_by.total())
        return first_of(asked, queryset) if large else asked.narrowed(queryset)


def alone(request: HttpRequest) -> bool:
    """Return whether no other filter and no search term is set."""
    return not {name for name, value in request.GET.items() if value} - {"work", "p", "o", "e"}


def first_of(asked: Worklist, queryset: Any) -> Any:
    """Return the first 10,001 rows in database order, one more than are listed: to sort all would take seconds."""
    rows = asked.narrowed(asked.model._default_manager.order_by())
    return among(queryset, rows.values_list("pk", flat=True)[: MOST + 1])


def shown_to(request: HttpRequest, site: admin.AdminSite) -> list[tuple[Worklist, BoundedCount]]:
    """Return the worklists of the models that the user may view, with their counts. One or two queries each."""
    there = [one for one in WORKLISTS if site.is_registered(one.model)]
    seen = [one for one in there if site.get_model_admin(one.model).has_view_permission(request)]
    return [(one, one.number()) for one in seen]


def wire(site: admin.AdminSite) -> None:
    """Insert WorkFilter as the first filter of each changelist that has worklists."""
    for model in {one.model for one in WORKLISTS if site.is_registered(one.model)}:
        found = site.get_model_admin(model)
        found.list_filter = [WorkFilter, *found.list_filter]  # type: ignore[misc]


wire(admin.site)
