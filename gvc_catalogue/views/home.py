"""The way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.edition import Edition
from programmes.models import Country
from programmes.search import total
from programmes.selection import Selection
from recommendations.models import Category, Recommendation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, the categories with their counts, the countries, and where nobody does anything. Four queries."""
    recommendations = list(Recommendation.objects.with_number_of_programmes())
    context = {
        "categories": Category.objects.with_counts(),
        "countries": Country.objects.with_number_of_programmes(),
        "recommendations": len(recommendations),
        "programmes": total(Selection(), Edition.now()),
        "part_ii": [r for r in recommendations if r.in_part_ii],
        "gaps": [r for r in recommendations if r.in_part_ii and not r.number_of_programmes],
    }
    return render(request, "pages/home.html", context)
