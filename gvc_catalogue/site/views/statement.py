"""Full text of the Action Statement in its original order."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations.site import cite_page
from gvc_catalogue.formats.json_ld import json_ld, work
from gvc_catalogue.web.querystring import root
from programmes.models import Example
from recommendations.models import Category, Part, Passage


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """Return the statement page: passages by place, categories, recommendations and the examples of the annex."""
    passages: dict[str, list[Passage]] = {}
    for passage in Passage.objects.all():
        passages.setdefault(passage.place.replace("-", "_"), []).append(passage)
    of_annex = Example.objects.of_annex().prefetch_related("programmes")
    rows = Prefetch("recommendations__examples", of_annex, to_attr="bullets")
    categories = Category.objects.prefetch_related("recommendations", rows)
    cite = cite_page("statement", root(request))
    context = {
        "section": "statement",
        "cite": cite,
        "json_ld": json_ld(work(cite.reference, license="", isBasedOn="")),
        "passages": passages,
        "sentences": [p for place in passages.values() for p in place if p.kind == Passage.Kind.TABLE_SENTENCE],
        "categories": categories,
        "parts": {part: [c for c in categories if c.part == part] for part in Part.values},
    }
    return render(request, "pages/statement.html", context)
