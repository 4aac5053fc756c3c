"""/countries/ and a country's profile."""

import pytest
from django.test import Client

from programmes.models import Country, Example, Programme
from tests.factories import make_country

from .conftest import Page


def test_the_list_has_each_by_region_with_its_name_as_printed(page: Page) -> None:
    whole = page("/countries/")
    assert [heading.text for heading in whole.all("h2")][:5] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    for country in Country.objects.all():
        row = next(row for row in whole.all("tbody tr") if row.one("th").text == f"{country.code} {country.name}")
        assert f"“{country.name_in_source}”" in row.text
        assert f"/programmes/?country={country.code}" in row.links()


def test_programmes_of_no_country_are_not_lost(page: Page) -> None:
    links = page("/countries/").one("main").links()
    nowhere = Programme.objects.filter(countries=None)
    assert len(nowhere) == 5
    assert {programme.get_absolute_url() for programme in nowhere} < set(links)


@pytest.mark.parametrize("code", ["JP", "TR", "VN", "HK", "MX"])
def test_a_profile_has_each_example_under_its_recommendation(code: str, page: Page) -> None:
    whole = page(f"/countries/{code}/")
    for example in Example.objects.filter(programmes__countries__code=code):
        row = next(row for row in whole.all(".entry") if f"“{example.text}”" in row.text)
        assert row.one(".number").text == example.recommendation.number


def test_a_profile_says_what_it_serves_and_what_not(page: Page) -> None:
    whole = page("/countries/JP/")
    assert "9 programmes serving 7 of the 28 recommendations of part ii." in whole.text
    assert "21 of 28 recommendations of part ii have no example from Japan." in whole.text
    assert len(whole.all("aside details li")) == 21


def test_the_strip_shows_every_recommendation_of_part_ii(page: Page) -> None:
    cells = page("/countries/JP/").all(".strip a")
    assert len(cells) == 28
    assert [cell.text.split()[0] for cell in cells if "served-cell" in cell.classes] == [
        "1.1",
        "1.4",
        "2.3",
        "3.3",
        "4.1",
        "4.6",
        "4.7",
    ]
    assert cells[0]["href"] == "/programmes/?country=JP&recommendation=1.1"
    assert cells[1]["href"] == "/recommendations/1.2/"
    assert "no example recorded" in cells[1].text


def test_todays_name_and_the_name_in_print(page: Page) -> None:
    whole = page("/countries/TR/")
    assert whole.one("h1").text == "Türkiye"
    assert "Printed in the statement as “Turkey”." in whole.text


def test_a_country_without_an_example_says_so(page: Page) -> None:
    make_country("DE", name="Germany")
    whole = page("/countries/DE/")
    assert "No example recorded from Germany." in whole.text
    assert len(whole.all(".strip a")) == 28


def test_small_letters_are_led_to_the_address(client: Client, catalogue: None) -> None:
    response = client.get("/countries/jp/")
    assert (response.status_code, response["Location"]) == (301, "/countries/JP/")


def test_a_country_that_does_not_exist(page: Page) -> None:
    assert "There is no country or economy “ZZ” in the catalogue." in page("/countries/ZZ/", 404).text
