"""Countries and economies: the list with its map, and one country's profile."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .. import profile, world_map
from ..edition import Edition
from ..evidence import evidence
from ..search import find, nowhere, totals
from ..selection import Selection


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    """All countries and economies on a map and by region, each with its number of programmes; then those of none."""
    edition = Edition.now()
    numbers = totals(edition)["country"]
    countries = sorted(edition.vocabulary.countries.values(), key=lambda country: country.region)
    context = {
        "section": "countries",
        "rows": [{"country": country, "count": numbers.get(country.code, 0)} for country in countries],
        "map": world_map.drawn(edition.vocabulary.countries, numbers),
        "nowhere": nowhere(edition),
    }
    return render(request, "countries/list.html", context)


@require_safe
def country_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What a country does by recommendation, in the statement's words, where no example is recorded, who is like it."""
    edition = Edition.now()
    country = edition.vocabulary.countries.get(code.upper())
    if country is None:
        raise Http404(f"There is no country or economy “{code}” in the catalogue.")
    if code != country.code:
        return redirect(country, permanent=True)
    everywhere = evidence(Selection(), edition)
    rows = profile.rows(country, everywhere, edition)
    listed = find(Selection(country=(code,)), edition=edition)
    names, number_of_providers = profile.providers(country, edition)
    context = {
        "section": "countries",
        "country": country,
        "total": listed.page.total,
        "rows": [row for row in rows if row.recommendation.in_part_ii],
        "outside": [row for row in rows if not row.recommendation.in_part_ii],
        "served": [row for row in rows if row.count],
        "missing": [row for row in rows if not row.count],
        **profile.missing(rows),
        "quoted_at_most": profile.QUOTED,
        "categories": profile.categories(country, listed.counts["category"], edition),
        "alike": profile.alike(country, everywhere, edition),
        "providers": names,
        "number_of_providers": number_of_providers,
        "programmes": listed.programmes,
    }
    return render(request, "countries/detail.html", context)
