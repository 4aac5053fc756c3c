"""Admin changelist with bounded counts and pagination, fast on tables of a million rows.

A small table gets Django's own changelist. In a large table no rows are counted or skipped beyond a bound, and the
page shows this as "more than 10,000"; it is sorted only by indexed columns; and its filters show no facet counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import InvalidPage, Paginator
from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from .lookup_allowlist import BoundedSearchChangeList

# A table is large from this number of rows on: a search that reads all of them takes a tenth of a second.
LARGE_FROM = 2_000
# Rows beyond this number are neither counted nor paged.
MOST = 10_000


class BoundedCount(int):
    """Bounded row count; `more` is set when the table has more rows than that, and is printed: "more than 10,000"."""

    more: bool

    @classmethod
    def of(cls, rows: QuerySet[Any], most: int) -> BoundedCount:
        """Return the count of a queryset up to a bound; one query, with a LIMIT of one row more."""
        return cls.bounded(rows.order_by()[: most + 1].count(), most)

    @classmethod
    def bounded(cls, counted: int, most: int) -> BoundedCount:
        """Return the bounded count for a number that was counted up to `most + 1`."""
        number = cls(min(counted, most))
        number.more = counted > most
        return number

    def __str__(self) -> str:
        return f"more than {int(self):,}" if self.more else int.__repr__(self)


class BoundedPaginator(Paginator):
    """Paginator with a bounded count: at most `most` rows are counted, and later pages do not exist."""

    most = MOST

    @cached_property
    def count(self) -> BoundedCount:
        rows: Any = self.object_list
        return BoundedCount.of(rows, self.most)


class KeysPaginator(BoundedPaginator):
    """Paginator by primary keys that the search index returned, in the order of the rows: it reads one page of rows."""

    def __init__(self, rows: Any, per_page: int, keys: list[int]) -> None:
        super().__init__(rows, per_page)
        self.keys = keys

    @cached_property
    def count(self) -> BoundedCount:
        return BoundedCount.bounded(len(self.keys), self.most)

    def page(self, number: Any) -> Any:
        found, rows = super().page(number), self.object_list
        start = (found.number - 1) * self.per_page
        found.object_list = rows.filter(pk__in=self.keys[start : min(start + self.per_page, self.count)])  # type: ignore[attr-defined]
        return found


class LargeChangeList(BoundedSearchChangeList):
    """ChangeList of a LargeAdmin."""

    model_admin: LargeAdmin

    @cached_property
    def total(self) -> BoundedCount:
        """The number of rows of the table, up to the bound; one query."""
        return self.model_admin.total()

    @cached_property
    def large(self) -> bool:
        """Whether the table is large; no query beside that of `total`."""
        return self.model_admin.is_large(self.total)

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        if self.large:
            self.add_facets = self.is_facets_optional = False
            self.sortable_by = list(self.model_admin.ordered_by)
        return super().get_queryset(request, exclude_parameters)

    def get_ordering_field(self, field_name: Any) -> Any:
        """Return the column to sort by; in a large table None for columns without an index."""
        return self.model_admin.ordered_by.get(field_name) if self.large else super().get_ordering_field(field_name)

    def get_results(self, request: HttpRequest) -> None:
        """Set the counts and the rows of the requested page; up to three queries."""
        self.paginator = self.get_paginator(request)
        self.result_count: Any = self.paginator.count
        self.full_result_count = None if self.total.more else self.total
        self.show_full_result_count = not self.total.more
        self.show_admin_actions = bool(self.total)
        self.can_show_all = self.result_count <= self.list_max_show_all and not self.result_count.more
        self.multi_page = self.result_count > self.list_per_page
        self.result_list = self._page()

    def get_paginator(self, request: HttpRequest) -> Paginator:
        return self.model_admin.get_paginator(request, self.queryset, self.list_per_page)

    def _page(self) -> Any:
        if (self.show_all and self.can_show_all) or not self.multi_page:
            return self.queryset._clone()
        try:
            rows: Any = self.paginator.page(self.page_num).object_list
        except InvalidPage as wrong:
            raise IncorrectLookupParameters from wrong
        return self._by_their_keys(rows) if self.large else rows

    def _by_their_keys(self, rows: Any) -> Any:
        """Return the rows of a page in two steps: first the keys alone, from the ordering's index, then the rows."""
        keys = list(rows.select_related(None).prefetch_related(None).values_list("pk", flat=True))
        found = self.root_queryset.filter(pk__in=keys)
        found = found if found.query.select_related else self.apply_select_related(found)
        return found.order_by(*rows.query.order_by)


class LargeAdmin(admin.ModelAdmin):
    """ModelAdmin for a table that may grow to a million rows.

    A table is large from `large_from` rows on, as a search that reads all of them takes too long then.
    `ordered_by` maps each sortable column of a large table to an indexed field. `most` is the bound of all counts.
    """

    paginator = BoundedPaginator
    large_from = LARGE_FROM
    most = MOST
    # Django needs a millisecond to render a row.
    list_per_page = 50
    ordered_by: dict[str, str] = {}

    def total(self) -> BoundedCount:
        """Return the number of rows of the table, up to the bound; one query."""
        return BoundedCount.of(self.model._default_manager.all(), self.most)

    def is_large(self, total: BoundedCount) -> bool:
        """Return whether a table of `total` rows is large. No query."""
        return total.more or total >= self.large_from

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: Any, *args: Any, **kwargs: Any) -> Any:
        paginator: Any = super().get_paginator(request, queryset, per_page, *args, **kwargs)
        paginator.most = self.most
        return paginator

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LargeChangeList

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a bulk action; "select all" is refused with an error message when it covers more rows than the bound."""
        if request.POST.get("select_across", "0") != "0" and BoundedCount.of(queryset, self.most).more:
            said = f"More than {self.most:,} were chosen at once: narrow the list, or choose them a page at a time."
            messages.error(request, said)
            return None
        return super().response_action(request, queryset, *args, **kwargs)


def among(rows: Any, keys: Iterable[int], path: str = "pk") -> Any:
    """Return the rows with one of many keys, passed to the database as a single query parameter; no query yet."""
    keys = list(map(int, keys))
    if connections[rows.db].vendor == "postgresql":
        listed = RawSQL("SELECT unnest(%s::bigint[])", [keys])
    else:
        listed = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])
    return rows.filter(**{f"{path}__in": listed})
