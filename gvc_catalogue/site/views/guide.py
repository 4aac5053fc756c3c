"""Guide for curators, a written page of the admin."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Return the guide for curators; no query of its own."""
    context = {**admin.site.each_context(request), "title": "A guide for curators"}
    return TemplateResponse(request, "admin/guide.html", context)
