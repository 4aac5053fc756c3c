"""Views of one programme: its page and its JSON; redirects from former slugs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.openapi import documented
from gvc_catalogue.history.models import Version
from gvc_catalogue.web.gone import GoneError
from gvc_catalogue.web.list_responses import json_answer
from gvc_catalogue.web.querystring import address, root

from ..models import FormerSlug, Programme
from ..presentation.list_page import list_context
from ..presentation.metadata import of_programme
from ..presentation.status_and_links import status_and_links
from ..schema.records import ANNEX, ProgrammeRecord
from ..schema.ticked_programmes import brief_address, ticked_slugs
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.filters import ProgrammeFilter
from ..search.lookup import ListPosition, get_programme, neighbours, related, sibling_programmes
from ..search.result_cards import inferred
from ..search.search import totals

# Limit of related programmes shown. The annex has fewer; of a larger catalogue the first are shown.
SHOWN = 12


@require_safe
def programme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Page of a programme: name, provider, countries, quotations, related programmes, and links back to the list.

    A former slug redirects permanently; the query string is kept.
    """
    programme = get_programme(slug, CatalogueSnapshot.now())
    if programme is None:
        return redirect(address_now(request, renamed(slug)), permanent=True)
    return page_of(request, programme)


def page_of(request: HttpRequest, programme: ProgrammeRecord, preview: bool = False) -> HttpResponse:
    """Return the page of a programme; a `preview` is marked as one, and is for curators only."""
    edition, slug = CatalogueSnapshot.now(), programme["slug"]
    near = sibling_programmes(programme, SHOWN, edition)
    context = {
        "section": "programmes",
        "preview": preview,
        "of_annex": all(example["source"] == ANNEX for example in programme["examples"]),
        "shown": SHOWN,
        "programme": programme,
        "provider_kind": edition.vocabulary.label("provider", programme["provider"]["kind"]),
        "served": served(programme),
        "life": status_and_links([programme], edition)[slug],
        "from_list": from_list(request, slug, edition),
        "countries": countries(programme, edition),
        "recommendations": recommendations(programme, edition),
        "same_provider": near.same_provider,
        "same_countries": near.same_countries,
        "brief_url": brief_address(dict.fromkeys([*ticked_slugs(request.GET), slug])),
        "related": related(programme, SHOWN, edition),
    }
    context |= of_programme(programme, root(request), edition.stamp)
    return render(request, "programmes/detail.html", context)


@documented(ProgrammeRecord, moves=True, places={"slug": "What the programme is called in addresses."})
@require_safe
def programme_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme with all its fields."""
    programme = get_programme(slug, CatalogueSnapshot.now())
    if programme is None:
        return redirect(resolve(request.path_info).view_name, renamed(slug).slug, permanent=True)
    return json_answer(programme)


def served(programme: ProgrammeRecord) -> list[dict[str, Any]]:
    """Return each example with the recommendation that it serves, and whether that is inferred. No query."""
    by_number = {served["number"]: served for served in programme["recommendations"]}
    return [
        {"example": e, "recommendation": by_number[e["recommendation"]], "inferred": inferred(e)}
        for e in programme["examples"]
    ]


def countries(programme: ProgrammeRecord, edition: CatalogueSnapshot) -> list[dict[str, Any]]:
    """Return the programme's countries, each with the number of all programmes there. No query."""
    numbers, known = totals(edition)["country"], edition.vocabulary.countries
    return [
        {"country": known[c["code"]], "number": numbers.get(c["code"], 0)}
        for c in programme["countries"]
        if c["code"] in known
    ]


def recommendations(programme: ProgrammeRecord, edition: CatalogueSnapshot) -> list[dict[str, Any]]:
    """Return the recommendations that it serves, each with the number of programmes that serve it. No query."""
    numbers = totals(edition)["recommendation"]
    return [{**served, "programmes": numbers.get(served["number"], 0)} for served in programme["recommendations"]]


def address_now(request: HttpRequest, programme: Programme) -> str:
    """Return the current address of a programme with the query string of the request, which keeps the way back."""
    query = request.META.get("QUERY_STRING", "")
    return programme.get_absolute_url() + (f"?{query}" if query else "")


def renamed(slug: str) -> Programme:
    """Return the programme that had this slug formerly.

    Raises Http404 when no programme had it, GoneError when that programme was withdrawn or deleted.
    """
    former = FormerSlug.objects.filter(slug=slug).first()
    if former is None:
        raise Http404(f"There is no programme with the address “{slug}” in the catalogue.")
    if programme := former.current:
        return programme
    raise GoneError(gone(former.programme_id))


def gone(key: int) -> str:
    """Return a sentence with date and reason of the removal of the programme with this key. One query."""
    version = Version.objects.about(Programme._meta.label_lower, key).filter(after__isnull=True, key=key).first()
    if version is None:
        return "The programme that had this address is not in the catalogue any more."
    what = version.get_action_display().lower()
    return f"“{version.name}” was {what} on {version.at.day} {version.at:%B %Y}: {version.reason}"


def from_list(request: HttpRequest, slug: str, edition: CatalogueSnapshot) -> dict[str, str | None] | None:
    """Return the addresses of the list (`back`) and of the previous and next programme in it.

    None where the query string carries no valid list that contains the programme.
    """
    number = request.GET.get("page", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and int(number)):
        return None
    asked = ProgrammeFilter(request.GET, edition.vocabulary.known)
    near = neighbours(asked.selection, slug, int(number), edition) if asked.is_valid() else None
    if near is None:
        return None

    ticked = ticked_slugs(request.GET)

    def link(place: ListPosition | None) -> str | None:
        return address(place.programme["url"], list_context(asked.selection, place.page, ticked)) if place else None

    back = address(reverse("programmes:list"), list_context(asked.selection, near.page, ticked))
    return {"back": f"{back}#{slug}", "previous": link(near.previous), "next": link(near.next)}
