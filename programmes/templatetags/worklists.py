"""Template tag `{% worklists as found %}` for the front page of the admin."""

from typing import Any

from django import template
from django.contrib import admin
from django.template import Context

from ..admin.worklists import shown_to

register = template.Library()


@register.simple_tag(takes_context=True)
def worklists(context: Context) -> list[dict[str, Any]]:
    """Return the worklists that the user may view, with `title`, `number` and `address`; one or two queries each."""
    found = shown_to(context["request"], admin.site)
    return [{"title": one.title, "number": number, "address": one.address} for one, number in found]
