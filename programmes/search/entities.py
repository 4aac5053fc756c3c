"""Entities of the gazetteer: countries, continents, sub-regions and terms of the vocabulary, by all their names."""

from collections.abc import Iterable, Mapping
from functools import cache

from gvc_catalogue.search_index.query.gazetteer import Entity

from ..models import Country, Region, Term
from .country_names import CountryName, RegionName, country_names, member_countries, region_names


def country_entities(countries: Mapping[str, Country]) -> list[Entity]:
    """Return the entities of all countries, in the order of their codes, then those that only the catalogue has.

    `countries` are the countries of the catalogue by code. They have their label and their names from there too.
    No query.
    """
    unknown = [catalogue_entity(country) for code, country in countries.items() if code not in country_names()]
    known = [
        catalogue_entity(countries[code], names) if code in countries else entity_without_record(code)
        for code, names in country_names().items()
    ]
    return known + unknown


@cache
def entity_without_record(code: str) -> Entity:
    """Return the entity of a country that is not in the catalogue, under its English name. Cached."""
    country = country_names()[code]
    return Entity(f"country:{code}", country.label, country.names, country_sets(code), country.capitals)


def catalogue_entity(country: Country, names: CountryName | None = None) -> Entity:
    """Return the entity of a country of the catalogue. `names` are its other names, None for none."""
    others, capitals = (names.names, names.capitals) if names else ((), ())
    typed = (country.name, country.name_in_source, *country.other_names.splitlines(), *others)
    unique = dict.fromkeys(name.strip() for name in typed if name.strip() not in {"", *capitals})
    return Entity(f"country:{country.code}", country.name, tuple(unique), country_sets(country.code), capitals)


def country_sets(code: str) -> tuple[str]:
    """Return the name of the set of the index that a country stands for."""
    return (f"facet/country/{code}",)


@cache
def region_entities() -> tuple[Entity, ...]:
    """Return the entities of the continents ("region:asia") and of sub-regions ("subregion:latin-america"). Cached."""
    return tuple(map(region_entity, region_names().values()))


def region_entity(region: RegionName) -> Entity:
    """Return the entity of a continent, with its set, or of a sub-region, with the sets of its countries."""
    if region.key in Region.values:
        return Entity(
            f"region:{region.key}", region.label, region.names, (f"facet/region/{region.key}",), region.capitals
        )
    sets = tuple(f"facet/country/{code}" for code in member_countries(region.key))
    return Entity(f"subregion:{region.key}", region.label, region.names, sets, region.capitals)


def term_entities(terms: Iterable[Term]) -> list[Entity]:
    """Return the entities of the terms of the vocabulary, by all their labels, in their order. No query."""
    return [
        Entity(
            f"term:{term.key}",
            term.label,
            term.labels,
            (f"facet/{term.scheme}/{term.key}",),
            concept=True,
            foreign=tuple(term.french_labels.splitlines()),
        )
        for term in terms
    ]
