"""Changelists of programmes and examples: filters and search terms are one query of the search index."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest
from pyroaring import BitMap

from gvc_catalogue.admin.large_changelist import KeysPaginator, LargeAdmin, LargeChangeList, among
from gvc_catalogue.admin.lookup_allowlist import is_overlong
from gvc_catalogue.search_index.query.prefix_search import keys, narrowed
from gvc_catalogue.search_index.snapshot import Snapshot

from ..models import Example
from ..search.catalogue_snapshot import CatalogueSnapshot

PLACE = re.compile(r"(i|\d\.\d+|iii\.\d+)-(\d{1,9})")
# A filter: returns the set of matching programmes in a snapshot of the index.
Members = Callable[[Snapshot], BitMap]


class IndexedAdmin(LargeAdmin):
    """ModelAdmin with a changelist, filters and search that use the search index."""

    rows_are_programmes = True

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return IndexedChangeList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if is_overlong(search_term):
            return queryset.none(), False
        if not search_term.strip():
            return queryset, False
        return self.narrowed(queryset, [], search_term, self.is_large(self.total()))[0], False

    def narrowed(
        self, queryset: Any, asked: Sequence[Members], typed: str, large: bool
    ) -> tuple[Any, list[int] | None]:
        """Return the rows of the programmes that are in all sets and match all words, and keys or None. One query.

        The query reads the revision of the index. In a `large` table without any other filter only the first rows by
        name are found, up to one more than the bound of counts; only then their keys are returned, in the order of the
        rows.
        """
        if not (asked or typed.strip()):
            return queryset, None
        # If the database filters too, it needs all keys: the first ones may not match its filter.
        limit = None if queryset.query.where or not large else self.most + 1
        backwards = str(next(iter(queryset.query.order_by), "")).startswith("-")
        snapshot = CatalogueSnapshot.now().snapshot
        members = narrowed(snapshot, [members(snapshot) for members in asked], typed)
        found = keys(snapshot, members, limit, backwards)
        return self.rows_of(queryset, found, typed), found if limit and self.rows_are_programmes else None

    def rows_of(self, queryset: Any, programmes: list[int], typed: str = "") -> Any:
        """Return the rows of programmes, given by primary keys. No query yet."""
        return among(queryset, programmes)


class IndexedExampleAdmin(IndexedAdmin):
    """ModelAdmin of examples: search by the words of their programmes, or by their place, as in 2.1-3."""

    # Lower bound than elsewhere: examples are joined to all programmes found, for each page.
    most = 2_000
    rows_are_programmes = False

    def rows_of(self, queryset: Any, programmes: list[int], typed: str = "") -> Any:
        if place := PLACE.fullmatch(typed.strip()):
            return queryset.filter(recommendation__number=place[1], position=int(place[2]))
        describing = among(Example.programmes.through._default_manager.all(), programmes, "programme")
        return queryset.filter(pk__in=describing.values("example"))


class IndexFilter(admin.SimpleListFilter):
    """Changelist filter computed by the search index; the changelist evaluates all of them at once."""

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: IndexedAdmin) -> None:
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)

    def members(self, value: str) -> Members | None:
        """Return a function for the set of programmes with a value, by the facet of the same name of the public list.

        None where the database evaluates the filter, see `rows`.
        """
        return lambda snapshot: snapshot.facet(str(self.parameter_name), value)

    def rows(self, value: str, queryset: Any) -> Any:
        """Return the rows with a value that the database evaluates; by default all rows. No query yet."""
        return queryset

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return the queryset unchanged: the changelist applies the filter."""
        return queryset

    def get_facet_counts(self, pk_attname: str, filtered_qs: Any) -> dict[str, Count]:
        """Return the facet counts of the values, for a small table. One query, for the revision of the index."""
        snapshot, rows = CatalogueSnapshot.now().snapshot, self.model_admin.model._default_manager.all()
        counts = {}
        for i, (value, _) in enumerate(self.lookup_choices):
            members = self.members(str(value))
            found = keys(snapshot, members(snapshot), None) if members else []
            having = self.model_admin.rows_of(rows, found) if members else self.rows(str(value), rows)
            counts[f"{i}__c"] = Count(pk_attname, filter=Q(pk__in=having.values("pk")))
        return counts


class IndexedChangeList(LargeChangeList):
    """Changelist of an IndexedAdmin."""

    model_admin: IndexedAdmin
    rows: Any
    keys: list[int] | None = None

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Return the rows that match the filters and the search terms, without the filter of `exclude_parameters`."""
        # Search terms are withheld until the filters are known: both are one query of the index.
        words, self.query = self.query, ""
        try:
            queryset = super().get_queryset(request, exclude_parameters)
        finally:
            self.query = words
        filters: list[Any] = [spec for spec in self.filter_specs if isinstance(spec, IndexFilter) and spec.value()]
        sets = [f.members(f.value()) for f in filters if f.expected_parameters() != exclude_parameters]
        asked = [members for members in sets if members]
        self.rows = queryset
        narrowed, self.keys = self.model_admin.narrowed(queryset, asked, words, self.large)
        return narrowed

    def get_paginator(self, request: HttpRequest) -> Paginator:
        if self.keys is None:
            return super().get_paginator(request)
        paginator = KeysPaginator(self.rows, self.list_per_page, self.keys)
        paginator.most = self.model_admin.most
        return paginator
