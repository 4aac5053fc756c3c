"""Machine-readable views: robots.txt, sitemaps, the OpenSearch description, and citations of written pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations import citation_response
from gvc_catalogue.formats.citations.site import PAGES, page_reference
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.web.pagination import page_count
from gvc_catalogue.web.querystring import root
from programmes.models import Country, Programme, Term
from programmes.schema.records import programme_address
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.list_query import ListQuery
from programmes.search.search import total
from recommendations.models import Recommendation

# The maximum number of URLs in a sitemap (sitemaps.org).
MOST = 50_000
NAMED = [
    "home",
    "recommendations:list",
    "programmes:list",
    "countries:list",
    "evidence_map",
    "vocabulary:list",
    "statement",
    "changes",
    "about",
    "data_quality",
    "api",
    "accessibility",
    "privacy",
]
XML = "application/xml; charset=utf-8"
SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Return the sitemap index. Programmes are counted by the search index, so it is fast at any size."""
    numbers = range(1, page_count(total(ListQuery(), CatalogueSnapshot.now()), MOST) + 1)
    parts = [reverse("sitemap_pages"), *(reverse("sitemap_programmes", args=[number]) for number in numbers)]
    return listed(request, "sitemapindex", "sitemap", parts)


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponseBase:
    """Return the sitemap of all pages other than programmes."""
    records: list[Any] = [*Recommendation.objects.all(), *Country.objects.all(), *Term.objects.all()]
    return listed(request, "urlset", "url", [*map(reverse, NAMED), *(record.get_absolute_url() for record in records)])


@require_safe
def sitemap_programmes(request: HttpRequest, number: int) -> HttpResponseBase:
    """Return one part of the sitemap of programmes, 50,000 a part, in order of creation: new ones go to the end.

    Raises Http404 for an empty part other than the first.
    """
    slugs = Programme.objects.order_by("pk").values_list("slug", flat=True)
    part = slugs[(number - 1) * MOST : number * MOST] if 0 < number < 1_000_000 else slugs.none()
    if number != 1 and not part.exists():
        raise Http404(f"There is no part {number} of the sitemap.")
    return listed(request, "urlset", "url", map(programme_address, part.iterator()))


def listed(request: HttpRequest, whole: str, one: str, paths: Iterable[str]) -> StreamingHttpResponse:
    """Return a sitemap of these paths as a streaming response."""

    def lines() -> Iterator[str]:
        yield SITEMAP.format(whole)
        site = root(request)
        for path in paths:
            yield f"<{one}><loc>{escape(site + path)}</loc></{one}>\n"
        yield f"</{whole}>\n"

    return StreamingHttpResponse(lines(), content_type=XML)


@require_safe
def page_cited(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """Return the citation of a written page in BibTeX or RIS. Raises Http404 for an unknown page."""
    if name not in PAGES:
        raise Http404(f"There is no page “{name}” that could be cited.")
    return citation_response(name, form, [page_reference(name, root(request), CitedRevision.now())])
