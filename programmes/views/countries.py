"""Views of countries and economies: the list with its world map, and the profile of one country."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations import Cite, citation_response
from gvc_catalogue.formats.citations.site import cite_page
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.web.querystring import in_format, root

from ..models import Country
from ..presentation import country_profile, world_map
from ..presentation.citations import country_reference
from ..presentation.evidence_counts import evidence
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.list_query import ListQuery
from ..search.search import find, nowhere, totals
from .country_address import of_country


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    """Countries and economies on a world map and by region, each with its number of programmes.

    The programmes without a country are given too.
    """
    edition = CatalogueSnapshot.now()
    numbers = totals(edition)["country"]
    countries = sorted(edition.vocabulary.countries.values(), key=lambda country: country.region)
    context = {
        "section": "countries",
        "rows": [{"country": country, "count": numbers.get(country.code, 0)} for country in countries],
        "map": world_map.drawn(edition.vocabulary.countries, numbers),
        "nowhere": nowhere(edition),
        "cite": cite_page("countries", root(request)),
    }
    return render(request, "countries/list.html", context)


@require_safe
@of_country
def country_detail(request: HttpRequest, country: Country, edition: CatalogueSnapshot) -> HttpResponse:
    """Country profile: its programmes by recommendation with quotations, its gaps, providers, and similar countries."""
    everywhere = evidence(ListQuery(), edition)
    listed = find(ListQuery(country=(country.code,)), edition=edition)
    rows = country_profile.rows(country, listed.counts["recommendation"], everywhere, edition)
    names, number_of_providers = country_profile.providers(country, edition)
    context = {
        "section": "countries",
        "country": country,
        "total": listed.page.total,
        "rows": [row for row in rows if row.recommendation.in_part_ii],
        "outside": [row for row in rows if not row.recommendation.in_part_ii],
        "served": [row for row in rows if row.count],
        "missing": [row for row in rows if not row.count],
        **country_profile.missing(rows),
        "quoted_at_most": country_profile.QUOTED,
        "categories": country_profile.categories(country, listed.counts["category"], edition),
        "alike": country_profile.similar_countries(country, everywhere, edition),
        "providers": names,
        "number_of_providers": number_of_providers,
        "programmes": listed.programmes,
        "cite": cite_country(country, root(request), edition.stamp),
    }
    return render(request, "countries/detail.html", context)


@require_safe
@of_country
def country_cited(request: HttpRequest, country: Country, edition: CatalogueSnapshot, form: str) -> HttpResponseBase:
    """Citation of a country's profile, in BibTeX or RIS."""
    return citation_response(country.code, form, [country_reference(country, root(request), edition.stamp)])


def cite_country(country: Country, root: str, stamp: CitedRevision) -> Cite:
    """Return the citation of a country's profile, with the addresses of its BibTeX and RIS files."""
    url = country.get_absolute_url()
    return Cite(country_reference(country, root, stamp), in_format(url, "bib"), in_format(url, "ris"))
