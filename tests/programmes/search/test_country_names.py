"""The regions of countries are those of M49, and groups of countries have their published members."""

import pytest

from programmes.models import Country, Region
from programmes.models.iso3166 import ALPHA_3
from programmes.search.country_names import (
    REGIONS_FILE,
    country_labels,
    country_names,
    country_region,
    member_countries,
    read_rows,
    region_names,
)

# Sub-regions by the number of their countries in M49, with Taiwan in Eastern Asia and Kosovo in Southern Europe.
M49 = {
    "northern-africa": 7,
    "eastern-africa": 22,
    "middle-africa": 9,
    "southern-africa": 5,
    "western-africa": 17,
    "caribbean": 28,
    "central-america": 8,
    "south-america": 16,
    "northern-america": 5,
    "central-asia": 5,
    "eastern-asia": 8,
    "south-eastern-asia": 11,
    "southern-asia": 9,
    "western-asia": 18,
    "eastern-europe": 10,
    "northern-europe": 16,
    "southern-europe": 17,
    "western-europe": 9,
    "australia-and-new-zealand": 6,
    "melanesia": 5,
    "micronesia": 8,
    "polynesia": 10,
}


def test_every_country_but_antarctica_lies_in_one_continent() -> None:
    regions = {code: country_region(code) for code in [*ALPHA_3, "XK", "EU"]}
    assert [code for code, region in regions.items() if not region] == ["AQ"]
    assert set(regions.values()) == {*Region.values, ""}
    assert country_region("ZZ") == ""


@pytest.mark.django_db
def test_the_countries_of_the_catalogue_lie_in_the_continent_that_the_catalogue_says() -> None:
    assert [c.code for c in Country.objects.all() if country_region(c.code) != c.region] == []


def test_the_sub_regions_have_as_many_countries_as_m49_gives_them() -> None:
    assert {key: len(member_countries(key)) for key in M49} == M49
    assert sum(M49.values()) == len(country_names()) - len(["AQ", "EU"])


@pytest.mark.parametrize(
    ("key", "inside", "outside"),
    [
        ("latin-america", "MX BR CU", "US CA ES"),
        ("north-america", "US CA MX CU", "BR"),
        ("asean", "MY VN BN TH", "CN IN AU"),
        ("eastern-asia", "JP KR CN HK TW", "VN"),
        ("middle-east", "TR EG SA IR", "GE MA"),
        ("middle-east-and-north-africa", "EG MA TN SA", "NG"),
        ("nordic-countries", "IS NO SE DK FI", "EE"),
        ("baltic-states", "EE LV LT", "FI"),
        ("central-and-eastern-europe", "PL CZ SK EE", "AT"),
        ("sub-saharan-africa", "KE ZA NG", "EG"),
        ("pacific-islands", "FJ WS", "AU NZ"),
        ("asia-pacific", "JP IN AU NZ FJ", "KZ"),
        ("eu-countries", "AT PL CY", "GB NO"),
    ],
)
def test_a_group_of_countries_has_its_members_and_no_others(key: str, inside: str, outside: str) -> None:
    members = set(member_countries(key))
    assert set(inside.split()) <= members
    assert not set(outside.split()) & members


def test_each_member_of_a_group_is_a_country_or_a_region_and_has_a_source() -> None:
    known = {*country_names(), *region_names()}
    for row in read_rows(REGIONS_FILE):
        assert set(row["members"].split()) <= known
        assert row["source"]
        assert row["region"] in {*Region.values, ""}
        assert row["key"] in Region.values or member_countries(row["key"])


def test_continents_are_labelled_as_on_the_page() -> None:
    assert {key: region_names()[key].label for key in Region.values} == dict(Region.choices)


def test_each_country_has_a_label_of_its_own() -> None:
    labels = country_labels()
    assert labels["IS"] == "Iceland"
    assert labels["HK"] == "Hong Kong, China"
    assert len(set(labels.values())) == len(labels)
