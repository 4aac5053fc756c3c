"""Lists as data: the records, and how many there are."""

from collections.abc import Mapping
from typing import Generic, TypedDict, TypeVar

from django.http import JsonResponse

from .listing import Page
from .problems import READABLE

Record = TypeVar("Record")


class Whole(TypedDict, Generic[Record]):
    """All that there are: `count` is how many."""

    count: int
    results: list[Record]


class Paged(TypedDict, Generic[Record]):
    """One page of a list: `count` is how many there are on all pages, `pages` how many pages."""

    count: int
    page: int
    pages: int
    results: list[Record]


def whole(records: list[Record]) -> Whole[Record]:
    """Return the answer that has all of these."""
    return {"count": len(records), "results": records}


def paged(shown: Page, records: list[Record]) -> Paged[Record]:
    """Return the answer that has these, which stand on that page."""
    return {"count": shown.total, "page": shown.number, "pages": shown.pages, "results": records}


def answer(body: Mapping[str, object]) -> JsonResponse:
    """Return the body as JSON, in which names keep their letters."""
    return JsonResponse(body, json_dumps_params=READABLE)
