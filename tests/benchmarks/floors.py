"""What pages are measured against: the engine alone with a plain template, a page of so many bytes, a bare loop."""

import csv
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from tantivy import Index

from gvc_catalogue.site.synthetic.words import Words
from programmes.models import Programme
from programmes.search.facet_labels import FacetLabels

from . import floor_index

LONGEST = 2_000_000


@cache
def index() -> Index:
    """Opened by each worker for itself, on its first request."""
    return floor_index.opened(Path(os.environ["FLOOR_INDEX"]))


@cache
def labels() -> dict[str, list[tuple[str, str]]]:
    return {name: list(words.items()) for name, words in FacetLabels.load().labels.items()}


def engine(request: HttpRequest) -> HttpResponse:
    """Twenty names, and every facet with its values and numbers."""
    q, chosen = asked(request)
    order = request.GET.get("sort") or ("" if q else "name")
    total, names = floor_index.hits(index(), q, chosen, order, int(request.GET.get("page", 1)))
    counts = floor_index.counts(index(), q, chosen)
    facets = [
        (name, [(value, label, counts[name].get(value, 0)) for value, label in labels()[name]])
        for name in floor_index.FACETS
    ]
    return floor(render(request, "floors/engine.html", {"total": total, "names": names, "facets": facets}))


def floor(response: HttpResponse) -> HttpResponse:
    """An answer that is made anew each time: a floor measures what it does, not that it was done before."""
    response["Cache-Control"] = "no-store"
    return response


def total(request: HttpRequest) -> HttpResponse:
    """How many there are: to find out the last page without warming anything of ours."""
    q, chosen = asked(request)
    return HttpResponse(str(floor_index.hits(index(), q, chosen, "", 1)[0]))


def asked(request: HttpRequest) -> tuple[str, floor_index.Values]:
    return request.GET.get("q", ""), {name: tuple(request.GET.getlist(name)) for name in floor_index.FACETS}


@cache
def text() -> str:
    words = Random("constant").choices(Words(1).table, k=LONGEST // 5)
    return " ".join(words)[:LONGEST]


def constant(request: HttpRequest) -> HttpResponse:
    """As many bytes as are asked for."""
    return floor(HttpResponse(text()[: int(request.GET["bytes"])]))


def loop(request: HttpRequest) -> HttpResponseBase:
    """The rows of an export by the shortest loop that reads them through Django."""
    found = Programme.objects.order_by("sort_name", "slug")
    if country := request.GET.get("country"):
        found = found.filter(countries__code=country)
    programmes = found.select_related("provider").prefetch_related(
        "countries", "partners", "examples__recommendation__category"
    )
    return StreamingHttpResponse(lines(programmes.iterator(chunk_size=1000)), content_type="text/csv")


class Line:
    def write(self, value: str) -> str:
        return value


def lines(programmes: Iterator[Programme]) -> Iterator[str]:
    writer: Any = csv.writer(Line())
    for programme in programmes:
        countries, examples = programme.countries.all(), programme.examples.all()
        yield writer.writerow(
            [
                programme.slug,
                programme.name,
                "; ".join(country.code for country in countries),
                "; ".join(country.name for country in countries),
                programme.provider.name,
                programme.provider.kind,
                "; ".join(partner.name for partner in programme.partners.all()),
                "; ".join(country.region for country in countries),
                "; ".join(example.recommendation.category.code for example in examples),
                "; ".join(example.recommendation.number for example in examples),
                "; ".join(example.recommendation.title for example in examples),
                "; ".join(example.text for example in examples),
                programme.get_absolute_url(),
            ]
        )
