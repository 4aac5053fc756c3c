"""Programmes as the text index sees them: how the database's rows become entries, and which rows touch which."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q

from gvc_catalogue.lib.text_index.entries import Entry, Shared, Subject
from gvc_catalogue.lib.text_index.revision import Change
from gvc_catalogue.lib.text_index.syncing import TextIndex
from recommendations.models import Category, Recommendation

from .models import Country, Example, Organisation, Programme, Synonym
from .selection import FACETS

CHUNK = 5_000
# More programmes than this are not followed one by one.
MOST_AFFECTED = 2_000
COUNTRIES = Programme.countries.through
EXAMPLES = Example.programmes.through

# For each of them the programmes that a row of it touches.
TOUCHED: dict[str, Callable[[Iterable[int]], Q | None]] = {
    Programme._meta.db_table: lambda keys: Q(pk__in=keys),
    COUNTRIES._meta.db_table: lambda keys: Q(pk__in=keys),
    EXAMPLES._meta.db_table: lambda keys: Q(pk__in=keys),
    Example._meta.db_table: lambda keys: Q(examples__in=keys),
    Country._meta.db_table: lambda keys: Q(countries__in=keys),
    Organisation._meta.db_table: lambda keys: Q(provider__in=keys),
    Recommendation._meta.db_table: lambda keys: Q(examples__recommendation__in=keys),
    Category._meta.db_table: lambda keys: Q(examples__recommendation__category__in=keys),
    Synonym._meta.db_table: lambda keys: None,
}
OF_PROGRAMMES = {model._meta.db_table for model in (Programme, COUNTRIES, EXAMPLES)}


def affected(changes: list[Change]) -> set[int] | None:
    """Return the keys of the programmes that changes touch, deleted ones included; None when they are too many.

    One query for each table that others share.
    """
    by_table: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        if change.key is None:
            return None
        by_table[change.table].add(change.key)
    found: set[int] = set()
    for table, keys in by_table.items():
        found |= keys if table in OF_PROGRAMMES else touched(table, keys)
        if len(found) > MOST_AFFECTED:
            return None
    return found


def touched(table: str, keys: set[int]) -> set[int]:
    """Return the keys of the programmes that these rows of a shared table touch, or a few more than can be followed."""
    condition = TOUCHED[table](keys)
    if condition is None:
        return set()
    return set(Programme.objects.filter(condition).values_list("pk", flat=True)[: MOST_AFFECTED + 1])


@dataclass(frozen=True)
class Referred:
    """What programmes refer to, by key: read once for all of them."""

    countries: dict[int, Country]
    recommendations: dict[int, Recommendation]

    @classmethod
    def load(cls) -> "Referred":
        """Two queries."""
        return cls(Country.objects.in_bulk(), Recommendation.objects.with_category().in_bulk())


def entries(keys: Iterable[int] | None) -> Iterator[Entry]:
    """Yield the entries with these keys, all for None; three queries for each 5,000."""
    referred = Referred.load()
    columns = ("pk", "slug", "name", "sort_name", "provider_id", "provider__kind")
    programmes = Programme.objects.order_by("pk").values_list(*columns)
    if keys is not None:
        programmes = programmes.filter(pk__in=list(keys))
    rows = programmes.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        countries, examples = related([row[0] for row in chunk])
        for row in chunk:
            yield entry(row, countries[row[0]], examples[row[0]], referred)


def related(pks: list[int]) -> tuple[dict[int, list[int]], dict[int, list[tuple[int, str]]]]:
    """Return for each of these programmes its countries, and its examples' recommendations and words; two queries."""
    among = {"programme__gte": pks[0], "programme__lte": pks[-1]} if len(pks) == CHUNK else {"programme__in": pks}
    countries: dict[int, list[int]] = defaultdict(list)
    for programme, country in COUNTRIES._default_manager.filter(**among).values_list("programme_id", "country_id"):
        countries[programme].append(country)
    examples: dict[int, list[tuple[int, str]]] = defaultdict(list)
    columns = ("programme_id", "example__recommendation_id", "example__text")
    rows = EXAMPLES._default_manager.filter(**among).values_list(*columns)
    for programme, recommendation, text in rows.order_by("example__recommendation__position", "example__position"):
        examples[programme].append((recommendation, text))
    return countries, examples


def entry(row: tuple[Any, ...], country_pks: list[int], examples: list[tuple[int, str]], referred: Referred) -> Entry:
    """Return a programme's row, countries and examples as an entry; no query."""
    pk, slug, name, sort_name, provider, kind = row
    countries = [referred.countries[key] for key in country_pks]
    recommendations = {key: referred.recommendations[key] for key, _ in examples}
    categories = {r.category_id: r.category.code for r in recommendations.values()}
    shared = [f"country:{key}" for key in country_pks]
    shared += [f"recommendation:{key}" for key in recommendations]
    shared += [f"category:{key}" for key in categories]
    return Entry(
        pk,
        slug,
        sort_name,
        texts=(name, *(text for _, text in examples)),
        shared=(*shared, f"provider:{provider}"),
        facets={
            "country": tuple(country.code for country in countries),
            "region": tuple({country.region for country in countries}),
            "category": tuple(categories.values()),
            "recommendation": tuple(r.number for r in recommendations.values()),
            "provider": (kind,),
        },
        groups={
            "country": min((country.sort_name for country in countries), default=None),
            "recommendation": min(recommendations.values(), key=lambda r: r.position).number
            if recommendations
            else None,
        },
    )


def shared() -> Shared:
    """Return the texts that programmes share, the orders, and the synonyms: five queries."""
    countries = list(Country.objects.all())
    recommendations = list(Recommendation.objects.all())
    texts = {f"country:{c.pk}": "\n".join((c.name, c.name_in_source, c.other_names)) for c in countries}
    texts |= {f"recommendation:{r.pk}": f"{r.text}\n{r.annex_text}" for r in recommendations}
    texts |= {f"category:{c.pk}": f"{c.title}\n{c.annex_title}" for c in Category.objects.all()}
    texts |= {f"provider:{pk}": name for pk, name in Organisation.objects.values_list("pk", "name")}
    orders = {
        "country": sorted({country.sort_name for country in countries}),
        "recommendation": [recommendation.number for recommendation in recommendations],
    }
    return Shared(texts, orders, tuple(synonym.expressions for synonym in Synonym.objects.all()))


SUBJECT = Subject(
    facets=FACETS,
    groups=("country", "recommendation"),
    count=Programme.objects.count,
    entries=entries,
    shared=shared,
    affected=affected,
)
INDEX = TextIndex(SUBJECT)
