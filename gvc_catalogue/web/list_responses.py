"""Lists as data: the records, and how many there are."""

from collections.abc import Mapping
from typing import Generic, TypedDict, TypeVar

from django.http import JsonResponse

from .pagination import Page
from .problem_details import READABLE

Record = TypeVar("Record")


class ListResponse(TypedDict, Generic[Record]):
    """All that there are: `count` is how many."""

    count: int
    results: list[Record]


class PagedResponse(TypedDict, Generic[Record]):
    """One page of a list: `count` is how many there are on all pages, `pages` how many pages."""

    count: int
    page: int
    pages: int
    results: list[Record]


def list_response(records: list[Record]) -> ListResponse[Record]:
    """Return the answer that has all of these."""
    return {"count": len(records), "results": records}


def paged_response(shown: Page, records: list[Record]) -> PagedResponse[Record]:
    """Return the answer that has these, which stand on that page."""
    return {"count": shown.total, "page": shown.number, "pages": shown.pages, "results": records}


def json_answer(body: Mapping[str, object]) -> JsonResponse:
    """Return the body as JSON, in which names keep their letters."""
    return JsonResponse(body, json_dumps_params=READABLE)
