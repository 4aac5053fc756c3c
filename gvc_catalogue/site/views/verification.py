"""Verification page of the admin: the findings of `manage.py check_catalogue`, for curators."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from gvc_catalogue.site.verification import check


@require_safe
def check_page(request: HttpRequest) -> HttpResponse:
    """Return the page of findings: all quotations and counts, verified now against the source; a dozen queries."""
    findings = check()
    faults = sum(len(finding.faults) for finding in findings)
    context = {**admin.site.each_context(request), "title": "The check of quotations"}
    return TemplateResponse(request, "admin/check.html", context | {"findings": findings, "faults": faults})
