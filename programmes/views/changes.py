"""Views of the change log: of all records as a page and as an Atom feed, and the history of one programme."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.history.models import Version
from gvc_catalogue.web.gone import GoneError
from gvc_catalogue.web.querystring import Pairs, address, root

from ..editing.change_log import entries
from ..editing.change_log_queries import MOST, VersionPage, all_changes, changes_about, window
from ..exports.changes_feed import SIZE, feed
from ..models import Example, FormerSlug, Programme
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.list_query import ListQuery
from ..search.search import total
from .detail import gone


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Change log: records added, changed and withdrawn, the newest first, paginated.

    While there is no change yet, the numbers of programmes and examples that the catalogue began with are shown.
    """
    shown = window(all_changes(), request.GET)
    context = listed(request, shown)
    if not shown.versions:
        context |= {"programmes": total(ListQuery(), CatalogueSnapshot.now()), "examples": Example.objects.count()}
    return render(request, "programmes/changes.html", context)


@require_safe
def changes_atom(request: HttpRequest) -> HttpResponse:
    """The same changes as an Atom feed."""
    shown = window(all_changes(), request.GET, SIZE)
    made = feed(shown, entries(shown.versions), root(request), before(request), CatalogueSnapshot.now().stamp)
    return HttpResponse(made.writeString("utf-8"), content_type=made.mime_type)


@require_safe
def programme_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Change history of one programme and its examples, also of one that was withdrawn or deleted.

    A former slug redirects permanently to the history under the current slug.
    """
    programme = Programme.objects.filter(slug=slug).first()
    key, now = (programme.pk, None) if programme else former(slug)
    if now:
        return redirect("programmes:history", now.slug, permanent=True)
    shown = window(changes_about(key), request.GET)
    if programme is None and not shown.versions:
        raise GoneError(gone(key))
    context = listed(request, shown) | {
        "section": "programmes",
        "programme": programme,
        "name": programme.name if programme else last_name(key),
        "sentence": "" if programme else gone(key),
    }
    return render(request, "programmes/history.html", context)


def listed(request: HttpRequest, shown: VersionPage) -> dict[str, Any]:
    """Return the template context of a page of versions, which both pages share."""
    start, number = before(request), shown.page.number
    numbers = shown.page.shown_numbers
    older = address(request.path, (("before", str(shown.older)),)) if shown.older else ""
    return {
        "page": shown.page,
        "entries": entries(shown.versions),
        "page_urls": [{"number": n, "url": n and address(request.path, paged(start, n))} for n in numbers],
        "older_url": older,
        "most": MOST,
        "whole": not shown.older and number == shown.page.pages,
        "canonical": address(request.path, paged(start, number)),
        "feed": reverse("changes_feed"),
        "later": number > 1 or bool(start),
    }


def paged(start: Pairs, number: int) -> Pairs:
    """Return the query string of one page of a list that begins at `start`; the first page needs no number."""
    return (*start, ("page", str(number))) if number > 1 else start


def before(request: HttpRequest) -> Pairs:
    """Return the parameter `before` of the request, as pairs of a query string; empty without one."""
    asked = request.GET.get("before", "")
    return (("before", asked),) if asked else ()


def former(slug: str) -> tuple[int, Programme | None]:
    """Return the key of the programme that had this slug formerly, and the programme if it is published. One query.

    Raises Http404 when no programme had it.
    """
    found = FormerSlug.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no programme with the address “{slug}” in the catalogue.")
    return found.programme_id, found.current


def last_name(key: int) -> str:
    """Return the last name of a programme that is withdrawn or deleted. One query."""
    version = Version.objects.filter(kind=Programme._meta.label_lower, key=key).first()
    return version.name if version else "A programme"
