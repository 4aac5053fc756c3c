"""Profile of a country: its programmes by category and recommendation, its gaps, and similar countries."""

from dataclasses import dataclass

from django.urls import reverse

from gvc_catalogue.web.querystring import address
from recommendations.models import Category, Recommendation

from ..models import Country
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.reference_records import served_recommendations
from ..search.top_programmes import NONE, QuotedProgrammes, TopProgrammes, quoted_programmes, top_programmes
from .evidence_counts import Evidence

# Limits: programmes quoted for a recommendation, and providers named for a country.
QUOTED, NAMED = 10, 20
# Limit of similar countries.
ALIKE = 4


@dataclass(frozen=True)
class ProfileRow:
    """A recommendation: the number of the country's programmes that serve it, and the first of them.

    `url` is the list of them, or where there are none the page of the recommendation. `elsewhere` is the number of
    programmes that serve it in all countries, `nearby` the number of other countries of the region with one.
    """

    recommendation: Recommendation
    count: int
    url: str
    quotings: list[QuotedProgrammes]
    elsewhere: int
    nearby: int


def rows(country: Country, counts: dict[str, int], evidence: Evidence, edition: CatalogueSnapshot) -> list[ProfileRow]:
    """Return a row for each recommendation of part ii, and for any other that the country serves. No query.

    `counts` are those of the facet "recommendation" in the list of the country.
    """
    served = served_recommendations(edition, counts)
    found = top_programmes([r.number for r, count in served if count], [country.code], edition, QUOTED)
    return [
        row(country, r, TopProgrammes(count, found.get((r.number, country.code), NONE).programmes), evidence, edition)
        for r, count in served
    ]


def row(
    country: Country,
    recommendation: Recommendation,
    first: TopProgrammes,
    evidence: Evidence,
    edition: CatalogueSnapshot,
) -> ProfileRow:
    """Return the row of a recommendation; `first` are the country's programmes that are quoted."""
    number = recommendation.number
    count = first.count
    counts = evidence.cells.get(number, {})
    region = (other for other in edition.vocabulary.countries.values() if other.region == country.region)
    return ProfileRow(
        recommendation,
        count,
        programmes_url(country, number) if count else recommendation.get_absolute_url(),
        quoted_programmes(first.programmes, number),
        evidence.recommendations.get(number, 0),
        sum(1 for other in region if other != country and counts.get(other.code)),
    )


@dataclass(frozen=True)
class CategoryRow:
    """A category, and the number of the country's programmes that serve it."""

    category: Category
    count: int
    url: str


def categories(country: Country, counts: dict[str, int], edition: CatalogueSnapshot) -> list[CategoryRow]:
    """Return the categories that the country's programmes serve, with their numbers from `counts`. No query."""
    listed = reverse("programmes:list")
    return [
        CategoryRow(category, counts[code], address(listed, (("country", country.code), ("category", code))))
        for code, category in edition.vocabulary.categories.items()
        if counts.get(code)
    ]


def missing(rows: list[ProfileRow]) -> dict[str, list[ProfileRow]]:
    """Return the rows without a programme of the country: served nearby, only elsewhere, or in no country."""
    gaps = [row for row in rows if not row.count]
    return {
        "nearby": [row for row in gaps if row.nearby],
        "elsewhere": [row for row in gaps if row.elsewhere and not row.nearby],
        "nobody": [row for row in gaps if not row.elsewhere],
    }


def programmes_url(country: Country, number: str) -> str:
    """Return the address of the list of the country's programmes that serve this recommendation."""
    return address(reverse("programmes:list"), (("country", country.code), ("recommendation", number)))


@dataclass(frozen=True)
class SimilarCountry:
    """A similar country: the recommendations that both serve, and those that only the similar one serves."""

    country: Country
    both: list[Recommendation]
    more: list[Recommendation]


def similar_countries(country: Country, evidence: Evidence, edition: CatalogueSnapshot) -> list[SimilarCountry]:
    """Return the most similar countries by Jaccard index: recommendations both serve over those either serves.

    At most ALIKE countries, the most similar first.
    """
    serving = {code: serves(code, evidence, edition) for code in edition.vocabulary.countries}
    own = serving.pop(country.code, [])

    def likeness(code: str) -> float:
        both = len(set(own) & set(serving[code]))
        return both / len({*own, *serving[code]}) if both else 0.0

    nearest = sorted((code for code in serving if likeness(code)), key=lambda code: (-likeness(code), code))
    return [
        SimilarCountry(
            edition.vocabulary.countries[code],
            [recommendation for recommendation in serving[code] if recommendation in own],
            [recommendation for recommendation in serving[code] if recommendation not in own],
        )
        for code in nearest[:ALIKE]
    ]


def serves(code: str, evidence: Evidence, edition: CatalogueSnapshot) -> list[Recommendation]:
    """Return the recommendations that a country has a programme for, in the order of the statement."""
    known = edition.vocabulary.recommendations.values()
    return [recommendation for recommendation in known if evidence.count(recommendation.number, code)]


def providers(country: Country, edition: CatalogueSnapshot) -> tuple[list[str], int]:
    """Return the names of the first NAMED providers there, in order, and the number of all. No query."""
    snapshot = edition.snapshot
    there = snapshot.facet("country", country.code)
    names = (key.removeprefix("provider:") for key in snapshot.shared.texts if key.startswith("provider:"))
    found = sorted(name for name in names if snapshot.shared_members([f"provider:{name}"]).intersect(there))
    return found[:NAMED], len(found)
