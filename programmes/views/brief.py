"""Views of a brief: a selection of programmes as one page to print, and as Markdown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations import apa
from gvc_catalogue.web.querystring import root

from ..exports.brief_markdown import blocks
from ..presentation.brief import chosen, imprint, reference, sections, sources
from ..schema.ticked_programmes import asked, brief_address, list_address
from ..search.catalogue_snapshot import CatalogueSnapshot


@require_safe
def brief(request: HttpRequest) -> HttpResponse:
    """Brief of the selected programmes: recommendations, under each its programmes with quotations, sources, citation.

    Without a selection the page explains how to make one.
    """
    edition = CatalogueSnapshot.now()
    found = chosen(asked(request.GET), edition)
    of_it = reference(found, root(request), edition)
    context = {
        "canonical": brief_address(found.slugs),
        "total": len(found.programmes),
        "sentences": found.sentences,
        "sections": sections(found.programmes, edition),
        "sources": sources(found.programmes),
        "title": of_it.title,
        "imprint": imprint(of_it),
        "apa": apa(of_it),
        "programmes": [
            {"programme": p, "without_url": brief_address(slug for slug in found.slugs if slug != p["slug"])}
            for p in found.programmes
        ],
        "list_url": list_address(found.slugs),
        "markdown_url": brief_address(found.slugs, "brief_md"),
    }
    return render(request, "programmes/brief.html", context)


@require_safe
def brief_md(request: HttpRequest) -> HttpResponse:
    """The same brief as a Markdown file to download."""
    edition = CatalogueSnapshot.now()
    found = chosen(asked(request.GET), edition)
    parts = (sections(found.programmes, edition), sources(found.programmes), reference(found, root(request), edition))
    response = HttpResponse("\n\n".join([*blocks(found, *parts, root(request)), ""]), "text/markdown; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="brief.md"'
    return response
