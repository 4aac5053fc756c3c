"""One programme."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.lib.problems import READABLE
from gvc_catalogue.lib.querystring import address
from recommendations.models import Recommendation

from ..filters import ProgrammeFilter
from ..listing import list_context
from ..models import Country, FormerSlug, Programme
from ..search import Place, neighbours, related
from ..serializers import programme_record
from ..vocabulary import Vocabulary

# All that the annex tells of; of a larger catalogue the first.
SHOWN = 12


@require_safe
def programme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, who, where, its quotations, what stands near it, and the way back to the list it was reached from."""
    programme = Programme.objects.with_details().filter(slug=slug).first()
    if programme is None:
        return redirect(address_now(request, renamed(slug)), permanent=True)
    # Counted first, filtered then: the other way round would count only this programme.
    recommendations = Recommendation.objects.with_number_of_programmes().serving(programme.pk)
    others = Programme.objects.all()
    context = {
        "section": "programmes",
        "shown": SHOWN,
        "programme": programme,
        "examples": sorted(programme.examples.all(), key=lambda e: (e.recommendation.position, e.position)),
        "from_list": from_list(request, programme),
        "countries": Country.objects.with_number_of_programmes().filter(programmes=programme),
        "recommendations": recommendations,
        "same_provider": others.beside(programme, provider=programme.provider)[:SHOWN],
        "same_countries": others.beside(programme, countries__in=[c.pk for c in programme.countries.all()]).exclude(
            provider=programme.provider
        )[:SHOWN],
        "related": related(programme, SHOWN),
    }
    return render(request, "programmes/detail.html", context)


@require_safe
def programme_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same record as data."""
    programme = Programme.objects.with_details().filter(slug=slug).first()
    if programme is None:
        return redirect("programmes:detail_json", renamed(slug).slug, permanent=True)
    return JsonResponse(programme_record(programme), json_dumps_params=READABLE)


def address_now(request: HttpRequest, programme: Programme) -> str:
    """Return today's address of a programme, with the query string of the request: the way back stays."""
    query = request.META.get("QUERY_STRING", "")
    return programme.get_absolute_url() + (f"?{query}" if query else "")


def renamed(slug: str) -> Programme:
    """Return the programme that had this slug once. Raises Http404 when none had."""
    former = FormerSlug.objects.select_related("programme").filter(slug=slug).first()
    if former is None:
        raise Http404(f"There is no programme with the address “{slug}” in the catalogue.")
    return former.programme


def from_list(request: HttpRequest, programme: Programme) -> dict[str, str | None] | None:
    """Return the addresses of previous, next and the way back, when this address carries a list with the programme."""
    number = request.GET.get("page", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and int(number)):
        return None
    asked = ProgrammeFilter(request.GET, Vocabulary.load().choices)
    beside = neighbours(asked.selection, programme, int(number)) if asked.is_valid() else None
    if beside is None:
        return None

    def link(place: Place | None) -> str | None:
        if place is None:
            return None
        return address(place.programme.get_absolute_url(), list_context(asked.selection, place.page))

    back = address(reverse("programmes:list"), list_context(asked.selection, beside.page))
    return {"back": f"{back}#{programme.slug}", "previous": link(beside.previous), "next": link(beside.next)}
