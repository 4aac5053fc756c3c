"""Home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.json_ld import json_ld, website
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.web.querystring import root
from programmes.models import Country
from programmes.presentation.citations import all_reference
from programmes.presentation.metadata import list_dataset
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.list_query import ListQuery
from programmes.search.search import count_facets, total
from recommendations.models import Category, Recommendation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Return the home page: search, categories and countries with counts, recommendations without programmes.

    Four queries.
    """
    programmes = total(ListQuery(), CatalogueSnapshot.now())
    counts = count_facets()
    recommendations = list(Recommendation.objects.with_number_of_programmes(counts["recommendation"]))
    context = {
        "categories": Category.objects.with_counts(counts["category"]),
        "countries": Country.objects.with_number_of_programmes(counts["country"]),
        "recommendations": len(recommendations),
        "programmes": programmes,
        "part_ii": [r for r in recommendations if r.in_part_ii],
        "json_ld": described(programmes, root(request)),
        "gaps": [r for r in recommendations if r.in_part_ii and not r.number_of_programmes],
    }
    return render(request, "pages/home.html", context)


def described(programmes: int, site: str) -> SafeString:
    """Return JSON-LD (schema.org) for search engines: the website, and all programmes as a dataset."""
    reference = all_reference(programmes, site, CitedRevision.now())
    return json_ld(website(site, reverse("search")), list_dataset(reference, site, ()))
