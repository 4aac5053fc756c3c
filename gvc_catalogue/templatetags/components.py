"""Custom template tags. They are registered as builtins, so templates need no `{% load %}`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from gvc_catalogue.database.router import stale_revision
from gvc_catalogue.formats.json_ld import breadcrumbs, json_ld
from gvc_catalogue.web import fragments, querystring
from gvc_catalogue.web.logging.request_context import current_request_id
from gvc_catalogue.web.service_unavailable import away_note

register = template.Library()


@register.simple_tag
def each(component: str, items: Iterable[Any], **common: Any) -> SafeString:
    """`{% each "components/choice.html" choices name="country" %}`: the component rendered for each item.

    See gvc_catalogue.web.fragments.
    """
    return fragments.render_each(component, items, **common)


@register.simple_tag
def away() -> str:
    """`{% away %}`: while the database is unavailable, the notice with the revision shown; otherwise ""."""
    shown = stale_revision()
    return away_note(shown) if shown else ""


@register.simple_block_tag
def capture(content: str) -> str:
    """`{% capture as title %}…{% endcapture %}`: store the rendered content in a variable, to print it repeatedly."""
    return content


@register.simple_tag
def request_id() -> str:
    """`{% request_id %}`: the id of the current request in the log; "" outside of one."""
    return current_request_id()


@register.simple_tag(takes_context=True)
def root(context: Context) -> str:
    """`{% root as site %}`: the origin (scheme and host) of the catalogue; "" on a page rendered without a request."""
    request = getattr(context, "request", None)
    return querystring.root(request) if request else ""


@register.simple_tag(takes_context=True)
def breadcrumb_list(context: Context, *steps: str) -> SafeString:
    """`{% breadcrumb_list url text url2 text2 %}`: a BreadcrumbList as JSON-LD; steps without text are skipped."""
    named = [(url, text) for url, text in zip(steps[::2], steps[1::2], strict=True) if text]
    return json_ld(breadcrumbs(root(context), named))
