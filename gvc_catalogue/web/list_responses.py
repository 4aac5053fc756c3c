"""JSON responses of lists, paginated or whole: records and their total count."""

from collections.abc import Mapping
from typing import Generic, TypedDict, TypeVar

from django.http import JsonResponse

from .pagination import Page
from .problem_details import READABLE

Record = TypeVar("Record")


class ListResponse(TypedDict, Generic[Record]):
    """A whole list: `count` is the number of records in `results`."""

    count: int
    results: list[Record]


class PagedResponse(TypedDict, Generic[Record]):
    """One page of a list: `count` is the number of records on all pages, `pages` the number of pages."""

    count: int
    page: int
    pages: int
    results: list[Record]


def list_response(records: list[Record]) -> ListResponse[Record]:
    """Return the body of a response with all records of a list. No query."""
    return {"count": len(records), "results": records}


def paged_response(shown: Page, records: list[Record]) -> PagedResponse[Record]:
    """Return the body of a response with the records of one page. No query."""
    return {"count": shown.total, "page": shown.number, "pages": shown.pages, "results": records}


def json_answer(body: Mapping[str, object]) -> JsonResponse:
    """Return a JSON response (200) in which non-ASCII letters are not escaped."""
    return JsonResponse(body, json_dumps_params=READABLE)
