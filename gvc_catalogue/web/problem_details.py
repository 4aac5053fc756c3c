"""Problem documents (RFC 9457): what was wrong, in a form that programs read."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.http import JsonResponse

from .logging.request_context import current_request_id


class Problem(TypedDict):
    """What was wrong: in short, and in a sentence about this very request.

    `request_id` is what the catalogue's log calls it: name it when you write to those who run the catalogue.
    """

    type: str
    title: str
    status: int
    detail: str
    request_id: str


class UnknownValues(Problem):
    """Values that do not exist: for each parameter a sentence about each."""

    errors: dict[str, list[str]]


def problem(status: int, title: str, detail: str, **members: Any) -> JsonResponse:
    """Return a problem document with that HTTP status; `members` are added to it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body |= {"request_id": current_request_id()} | members
    return JsonResponse(body, status=status, content_type="application/problem+json", json_dumps_params=READABLE)


def unknown_values(problems: Mapping[str, Sequence[str]]) -> JsonResponse:
    """Return the answer (422) to a query string with values that do not exist: for each parameter its sentences."""
    detail = " ".join(sentence for sentences in problems.values() for sentence in sentences)
    return problem(422, "The query string asks for what does not exist", detail, errors=dict(problems))


def too_many_rows(sentence: str, csv: str) -> JsonResponse:
    """Return the answer (422) where a workbook cannot hold a list; `csv` is the address of the file that can."""
    return problem(422, "A workbook cannot hold that many", sentence, csv=csv)


# Names keep their letters: “Türkiye”, not an escape.
READABLE = {"ensure_ascii": False}
