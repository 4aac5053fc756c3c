"""`{% worklists as found %}` on the admin's front page."""

from typing import Any

from django import template
from django.contrib import admin
from django.template import Context

from ..admin.worklists import shown_to

register = template.Library()


@register.simple_tag(takes_context=True)
def worklists(context: Context) -> list[dict[str, Any]]:
    """Return the worklists that the curator may see: title, number, address; a query or two each."""
    found = shown_to(context["request"], admin.site)
    return [{"title": one.title, "number": number, "address": one.address} for one, number in found]
