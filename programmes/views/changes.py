"""What changed: of all records, as a page and as a feed, and of one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.history.models import Version
from gvc_catalogue.web.pagination import GoneError
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
    """What was added, changed and withdrawn, the newest first; of a catalogue without a change what it began with."""
    shown = window(all_changes(), request.GET)
    context = listed(request, shown)
    if not shown.versions:
        context |= {"programmes": total(ListQuery(), CatalogueSnapshot.now()), "examples": Example.objects.count()}
    return render(request, "programmes/changes.html", context)


@require_safe
def changes_atom(request: HttpRequest) -> HttpResponse:
    """The same as a feed."""
    shown = window(all_changes(), request.GET, SIZE)
    made = feed(shown, entries(shown.versions), root(request), before(request), CatalogueSnapshot.now().stamp)
    return HttpResponse(made.writeString("utf-8"), content_type=made.mime_type)


@require_safe
def programme_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of one programme and of its examples, of one that was taken out of the catalogue too."""
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
    """Return what both pages show of their versions."""
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
    """Return the query string of a page of a list that begins there."""
    return (*start, ("page", str(number))) if number > 1 else start


def before(request: HttpRequest) -> Pairs:
    """Return from where the list was asked, as a part of its address."""
    asked = request.GET.get("before", "")
    return (("before", asked),) if asked else ()


def former(slug: str) -> tuple[int, Programme | None]:
    """Return the key of what had this address once, and the programme if it is published.

    Raises Http404 when nothing had it.
    """
    found = FormerSlug.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no programme with the address “{slug}” in the catalogue.")
    return found.programme_id, found.current


def last_name(key: int) -> str:
    """Return what a programme that is gone was called last; a query."""
    version = Version.objects.filter(kind=Programme._meta.label_lower, key=key).first()
    return version.name if version else "A programme"
