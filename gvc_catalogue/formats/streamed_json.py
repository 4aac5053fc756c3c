"""JSON exports of lists: streamed, and complete."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse

from .csv import begun


def json_pieces(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a JSON object in chunks: `results` with one chunk for each record, then `count`, their number."""
    number = 0
    yield '{"results": ['
    for number, record in enumerate(records, start=1):
        yield f"{', ' if number > 1 else ''}{json.dumps(record, ensure_ascii=False)}"
    yield f'], "count": {number}}}'


def json_response(records: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """Return a streaming JSON response with `results` and `count`; records are read while it is sent."""
    return StreamingHttpResponse(json_pieces(begun(records)), content_type="application/json")
