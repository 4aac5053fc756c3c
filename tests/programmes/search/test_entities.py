"""Countries and regions are found by all their names, in the catalogue or not."""

import pytest

from gvc_catalogue.search_index.query.gazetteer import Entity, Gazetteer
from programmes.models import Country
from programmes.search.entities import country_entities, region_entities


def entity(key: str, *countries: Country) -> Entity:
    entities = [*country_entities({country.code: country for country in countries}), *region_entities()]
    return {entity.key: entity for entity in entities}[key]


def country(code: str, name: str, other_names: str = "", name_in_source: str = "") -> Country:
    return Country(code=code, name=name, other_names=other_names, name_in_source=name_in_source)


def test_a_country_that_is_not_in_the_catalogue_has_its_english_name() -> None:
    iceland = entity("country:IS")
    assert (iceland.label, iceland.kind) == ("Iceland", "country")
    assert {"Iceland", "Icelandic", "Republic of Iceland"} <= set(iceland.names)
    assert iceland.sets == ("facet/country/IS",)


def test_a_name_that_is_another_word_in_small_letters_counts_only_as_written() -> None:
    assert entity("country:IS").capitals == ("Ísland",)
    assert entity("country:US", country("US", "United States", "US\nUSA")).capitals == ("US", "U.S.")
    assert "US" not in entity("country:US", country("US", "United States", "US\nUSA")).names


def test_a_country_of_the_catalogue_has_its_label_and_names_from_there_too() -> None:
    vietnam = entity("country:VN", country("VN", "Viet Nam", "Socialist Republic\n\n Annam ", "Vietnam"))
    assert vietnam.label == vietnam.names[0] == "Viet Nam"
    assert {"Vietnam", "Annam", "Việt Nam", "Vietnamese"} <= set(vietnam.names)
    assert len(set(vietnam.names)) == len(vietnam.names)


def test_a_country_that_only_the_catalogue_has_is_an_entity_too() -> None:
    atlantis = entity("country:QQ", country("QQ", "Atlantis", "Atlantean"))
    assert atlantis == Entity("country:QQ", "Atlantis", ("Atlantis", "Atlantean"), ("facet/country/QQ",))


def test_the_european_union_stands_for_its_own_programmes() -> None:
    assert entity("country:EU").sets == ("facet/country/EU",)


def test_a_continent_stands_for_its_region_and_a_sub_region_for_its_countries() -> None:
    assert entity("region:asia").sets == ("facet/region/asia",)
    assert "Asian" in entity("region:asia").names
    latin_america = entity("subregion:latin-america")
    assert latin_america.label == "Latin America"
    assert {"facet/country/MX", "facet/country/BR"} <= set(latin_america.sets)
    assert latin_america.capitals == ("LAC",)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (["south", "korea"], ["country:KR"]),
        (["ireland"], ["country:IE"]),
        (["northern", "ireland"], ["country:GB"]),
        (["congo"], ["country:CD", "country:CG"]),
        (["kenyan"], ["country:KE"]),
        (["africa"], ["region:africa"]),
        (["south", "africa"], ["country:ZA"]),
        (["southern", "africa"], ["subregion:southern-africa"]),
        (["island"], []),
        (["us"], []),
        (["pole"], []),
    ],
)
def test_the_gazetteer_finds_countries_and_regions_by_the_stems_of_a_name(typed: list[str], keys: list[str]) -> None:
    gazetteer = Gazetteer.of([*country_entities({}), *region_entities()])
    assert [found.key for found in gazetteer.named(tuple(typed), " ".join(typed))] == keys
