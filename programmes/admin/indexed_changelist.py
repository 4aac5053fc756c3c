"""Changelists of programmes and examples: filters and typed words are one question to the search index."""

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
# A set of programmes of the index, which a filter asks for.
Members = Callable[[Snapshot], BitMap]


class IndexedAdmin(LargeAdmin):
    """A ModelAdmin whose changelist, filters and search are answered by the index."""

    rows_are_programmes = True

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return IndexedChangeList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if is_overlong(search_term):
            return queryset.none(), False
        return self.narrowed(request, queryset, [], search_term)[0], False

    def narrowed(
        self, request: HttpRequest, queryset: Any, asked: Sequence[Members], typed: str
    ) -> tuple[Any, list[int] | None]:
        """Return the rows of the programmes in all of the sets that have all words typed. One query, for the revision.

        Of a large table that nothing else narrows only the first rows by name are found, as far as anything is counted;
        with them come their keys, in their order.
        """
        if not (asked or typed.strip()):
            return queryset, None
        # Where the database narrows or sorts too, it must be given all: the first may be none of its own.
        limit = None if queryset.query.where or not self.is_large(request) else self.most + 1
        backwards = str(next(iter(queryset.query.order_by), "")).startswith("-")
        snapshot = CatalogueSnapshot.now().snapshot
        members = narrowed(snapshot, [members(snapshot) for members in asked], typed)
        found = keys(snapshot, members, limit, backwards)
        return self.rows_of(queryset, found, typed), found if limit and self.rows_are_programmes else None

    def rows_of(self, queryset: Any, programmes: list[int], typed: str = "") -> Any:
        """Return the rows that belong to programmes, by their keys. No query yet."""
        return among(queryset, programmes)


class IndexedExampleAdmin(IndexedAdmin):
    """Examples are found by the words of the programmes that they describe, or by their place: 2.1-3."""

    # Fewer than elsewhere: they are sought by their programmes, all of them for each page.
    most = 2_000
    rows_are_programmes = False

    def rows_of(self, queryset: Any, programmes: list[int], typed: str = "") -> Any:
        if place := PLACE.fullmatch(typed.strip()):
            return queryset.filter(recommendation__number=place[1], position=int(place[2]))
        describing = among(Example.programmes.through._default_manager.all(), programmes, "programme")
        return queryset.filter(pk__in=describing.values("example"))


class IndexFilter(admin.SimpleListFilter):
    """A filter that the index answers; the changelist asks for all of them at once."""

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: IndexedAdmin) -> None:
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)

    def members(self, value: str) -> Members | None:
        """Return the set of the programmes with a value: those of the public list's facet of the same name.

        None where the database answers, see `rows`.
        """
        return lambda snapshot: snapshot.facet(str(self.parameter_name), value)

    def rows(self, value: str, queryset: Any) -> Any:
        """Return the rows with a value that the database knows. No query yet."""
        return queryset

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Leave the rows to the changelist."""
        return queryset

    def get_facet_counts(self, pk_attname: str, filtered_qs: Any) -> dict[str, Count]:
        """Return the counts beside the values, of a small table. One query, for the revision."""
        snapshot, rows = CatalogueSnapshot.now().snapshot, self.model_admin.model._default_manager.all()
        counts = {}
        for i, (value, _) in enumerate(self.lookup_choices):
            members = self.members(str(value))
            found = keys(snapshot, members(snapshot), None) if members else []
            having = self.model_admin.rows_of(rows, found) if members else self.rows(str(value), rows)
            counts[f"{i}__c"] = Count(pk_attname, filter=Q(pk__in=having.values("pk")))
        return counts


class IndexedChangeList(LargeChangeList):
    """The changelist of an IndexedAdmin."""

    model_admin: IndexedAdmin
    rows: Any
    keys: list[int] | None = None

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Return the rows that the filters and the words ask for; a filter with `exclude_parameters` is left out."""
        # The words wait until the filters are known: both are one question.
        words, self.query = self.query, ""
        try:
            queryset = super().get_queryset(request, exclude_parameters)
        finally:
            self.query = words
        filters: list[Any] = [spec for spec in self.filter_specs if isinstance(spec, IndexFilter) and spec.value()]
        sets = [f.members(f.value()) for f in filters if f.expected_parameters() != exclude_parameters]
        asked = [members for members in sets if members]
        self.rows = queryset
        narrowed, self.keys = self.model_admin.narrowed(request, queryset, asked, words)
        return narrowed

    def get_paginator(self, request: HttpRequest) -> Paginator:
        if self.keys is None:
            return super().get_paginator(request)
        paginator = KeysPaginator(self.rows, self.list_per_page, self.keys)
        paginator.most = self.model_admin.most
        return paginator
