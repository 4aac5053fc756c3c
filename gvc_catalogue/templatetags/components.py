"""What templates have beside Django's own tags; built in, so no template loads it."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from gvc_catalogue.lib import patterns

register = template.Library()


@register.simple_tag
def each(component: str, items: Iterable[Any], **common: Any) -> SafeString:
    """`{% each "components/choice.html" choices name="country" %}`: see gvc_catalogue.lib.patterns."""
    return patterns.each(component, items, **common)
