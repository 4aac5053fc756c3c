"""Views of the examples as data: each bullet of the annex with its recommendation, place, programmes and countries."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.csv import csv_response
from gvc_catalogue.formats.openapi import documented
from gvc_catalogue.formats.streamed_json import json_response
from gvc_catalogue.web.list_responses import PagedResponse, json_answer, paged_response
from gvc_catalogue.web.pagination import get_page
from gvc_catalogue.web.querystring import absolute, root

from ..models import Example
from ..models.serializers import EXAMPLE_COLUMNS, WholeExampleRecord, example_record

# Rows that an export fetches from the database at a time.
CHUNK = 1_000


@require_safe
def examples_csv(request: HttpRequest) -> HttpResponseBase:
    """All examples as streamed CSV, one row per example."""
    site = root(request)
    records = map(example_record, Example.objects.with_details().iterator(chunk_size=CHUNK))
    rows = ({**record, "url": absolute(site, record["url"])} for record in records)
    return csv_response("examples", EXAMPLE_COLUMNS, rows)


@require_safe
def examples_json(request: HttpRequest) -> HttpResponseBase:
    """All examples as streamed JSON."""
    return json_response(map(example_record, Example.objects.with_details().iterator(chunk_size=CHUNK)))


@documented(PagedResponse[WholeExampleRecord], paged=True)
@require_safe
def examples_api(request: HttpRequest) -> HttpResponse:
    """The examples in the order of the statement, paginated."""
    shown = get_page(request.GET.get("page", ""), Example.objects.count())
    examples = Example.objects.between(shown.start, shown.stop).with_details()
    return json_answer(paged_response(shown, [example_record(example) for example in examples]))
