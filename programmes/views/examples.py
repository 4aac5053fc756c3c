"""The examples as data: each bullet of the annex with its recommendation, place, programmes and countries."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from gvc_catalogue.lib.exports import csv_response
from gvc_catalogue.lib.problems import READABLE

from ..models import Example
from ..serializers import EXAMPLE_COLUMNS, example_record


@require_safe
def examples_csv(request: HttpRequest) -> HttpResponseBase:
    """All examples, streamed, a row an example."""
    examples = Example.objects.with_details().iterator(chunk_size=1000)
    return csv_response("examples", EXAMPLE_COLUMNS, map(example_record, examples))


@require_safe
def examples_json(request: HttpRequest) -> HttpResponse:
    """All examples as data."""
    records = [example_record(example) for example in Example.objects.with_details()]
    return JsonResponse({"count": len(records), "results": records}, json_dumps_params=READABLE)
