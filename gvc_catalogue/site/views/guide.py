"""How curators work here, in words."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """A written page of the admin; no query of its own."""
    context = {**admin.site.each_context(request), "title": "A guide for curators"}
    return TemplateResponse(request, "admin/guide.html", context)
