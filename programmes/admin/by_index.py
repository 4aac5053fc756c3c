"""Large lists of programmes and examples, narrowed and searched by the text index; without one the database answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from pyroaring import BitMap

from gvc_catalogue.lib.large_lists import LargeAdmin, among, in_order
from gvc_catalogue.lib.text_index.beginning import keys, narrowed
from gvc_catalogue.lib.text_index.snapshot import Snapshot

from ..edition import Edition
from ..models import Example

PLACE = re.compile(r"(i|\d\.\d+|iii\.\d+)-(\d{1,9})")


@dataclass(frozen=True)
class Narrowing:
    """What a filter asks for: as a set of the index, and of the database where there is none."""

    by_index: Callable[[Snapshot], BitMap]
    by_database: Callable[[Any], Any]


class SearchedByIndex(LargeAdmin):
    """Filters hand in a Narrowing each; all of them and the words typed are one question to the index.

    Mixed in before CuratedAdmin, whose search answers where there is no index.
    """

    def before_filters(self, request: HttpRequest) -> None:
        request.narrowings = [] if self.is_large(request) else None  # type: ignore[attr-defined]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        asked: list[Narrowing] = getattr(request, "narrowings", None) or []
        if not (asked or search_term.strip()):
            return super().get_search_results(request, queryset, search_term)
        # Where the database narrows or sorts too, it must be given all: the first may be none of its own.
        limit = None if queryset.query.where or not self.is_large(request) else self.most + 1
        backwards = str(next(iter(queryset.query.order_by), "")).startswith("-")
        found = found_by_index(asked, search_term, limit, backwards)
        if found is None:
            for narrowing in asked:
                queryset = narrowing.by_database(queryset)
            return super().get_search_results(request, queryset, search_term)
        return self.of_programmes(queryset, found, search_term, limit is not None), False

    def of_programmes(self, queryset: Any, found: list[int], search_term: str, alone: bool) -> Any:
        """Return the rows that belong to the programmes found; `alone` where nothing else narrows. No query yet."""
        return in_order(queryset, found) if alone else among(queryset, found)


class ExamplesByIndex(SearchedByIndex):
    """Examples are found by the words of the programmes that they describe, or by their place: 2.1-3."""

    # Fewer than elsewhere: they are sought by their programmes, all of them for each page.
    most = 2_000

    def of_programmes(self, queryset: Any, found: list[int], search_term: str, alone: bool) -> Any:
        if place := PLACE.fullmatch(search_term.strip()):
            return queryset.filter(recommendation__number=place[1], position=int(place[2]))
        describing = among(Example.programmes.through._default_manager.all(), found, "programme")
        return queryset.filter(pk__in=describing.values("example"))


def found_by_index(asked: list[Narrowing], typed: str, limit: int | None, backwards: bool = False) -> list[int] | None:
    """Return the keys of the first programmes by name (all for None); None where there is no index. One query.

    `backwards` gives the last ones, the last first.
    """

    def by_index(snapshot: Snapshot) -> list[int] | None:
        members = narrowed(snapshot, [one.by_index(snapshot) for one in asked], typed)
        return keys(snapshot, members, limit, backwards)

    return Edition.now().answer(by_index, lambda: None)
