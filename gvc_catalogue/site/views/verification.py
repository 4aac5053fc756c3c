"""What `manage.py check_catalogue` says, for curators."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from gvc_catalogue.site.verification import check


@require_safe
def check_page(request: HttpRequest) -> HttpResponse:
    """Every quotation and count of the annex against the source, as it stands now; a dozen queries."""
    findings = check()
    faults = sum(len(finding.faults) for finding in findings)
    context = {**admin.site.each_context(request), "title": "The check of quotations"}
    return TemplateResponse(request, "admin/check.html", context | {"findings": findings, "faults": faults})
