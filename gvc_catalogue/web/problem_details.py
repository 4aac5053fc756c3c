"""Problem details (RFC 9457): machine-readable error responses."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.http import JsonResponse

from .logging.request_context import current_request_id


class Problem(TypedDict):
    """Problem details (RFC 9457): `title` is the kind of error, `detail` a sentence about this request.

    `request_id` identifies the request in the catalogue's log: name it when you report a problem.
    """

    type: str
    title: str
    status: int
    detail: str
    request_id: str


class UnknownValues(Problem):
    """Problem details of unknown parameter values: `errors` has for each parameter one sentence per value."""

    errors: dict[str, list[str]]


def problem(status: int, title: str, detail: str, **members: Any) -> JsonResponse:
    """Return problem details (application/problem+json) with an HTTP status; `members` are extension members.

    No query.
    """
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body |= {"request_id": current_request_id()} | members
    return JsonResponse(body, status=status, content_type="application/problem+json", json_dumps_params=READABLE)


def unknown_values(problems: Mapping[str, Sequence[str]]) -> JsonResponse:
    """Return problem details (422) for unknown values in a query string; `problems` has each parameter's sentences."""
    detail = " ".join(sentence for sentences in problems.values() for sentence in sentences)
    return problem(422, "The query string asks for what does not exist", detail, errors=dict(problems))


def too_many_rows(sentence: str, csv: str) -> JsonResponse:
    """Return problem details (422) for a list too long for a workbook; `csv` is the address of its CSV file."""
    return problem(422, "A workbook cannot hold that many", sentence, csv=csv)


# Options of json.dumps: “Türkiye” is not escaped.
READABLE = {"ensure_ascii": False}
