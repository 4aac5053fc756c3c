"""Static pages: about, accessibility, privacy, and the component gallery."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations.site import cite_page
from gvc_catalogue.formats.publisher import LICENCE, LICENCE_URL
from gvc_catalogue.site.component_samples import samples
from gvc_catalogue.web.querystring import root
from programmes.models import Example


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Return the about page: purpose, transcription, uncertain placements of examples, licence and citation."""
    inferred = Example.objects.filter(placed_by_inference=True).with_details()
    context = {
        "section": "about",
        "inferred": inferred,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "cite": cite_page("about", root(request)),
    }
    return render(request, "pages/about.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Return the component gallery, each component in each state; in development only."""
    return render(request, "pages/components.html", samples())
