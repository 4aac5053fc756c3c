"""/countries/ and a country's profile."""

import pytest
from django.test import Client

from programmes.models import Country, Example, Programme
from programmes.models.iso3166 import ALPHA_3
from recommendations.models import Recommendation
from tests.factories import make_country, make_many_programmes

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
    assert "9 programmes serving 7 of the 28 recommendations of part ii, in 4 categories." in whole.text
    assert "21 of 28 recommendations of part ii have no example from Japan" in whole.text
    assert len(whole.one("aside").all("section")[0].all("li")) == 21


def test_its_gaps_are_those_of_its_region_of_others_and_of_everybody(page: Page) -> None:
    gaps = page("/countries/JP/").one("aside").all("section")[0]
    served = {r.number: served_by(r) for r in Recommendation.objects.of_part_ii()}
    asia = {country.code for country in Country.objects.filter(region="asia")}
    for links, here in zip(gaps.all("ul"), ("nearby", "elsewhere", "nobody"), strict=True):
        for number in (item.text.split()[0] for item in links.all("li")):
            kind = "nearby" if served[number] & asia else "elsewhere" if served[number] else "nobody"
            # What only companies of no country serve is served elsewhere too.
            assert kind == here or Example.objects.filter(recommendation__number=number).exists()
            assert "JP" not in served[number]


def served_by(recommendation: Recommendation) -> set[str]:
    codes = recommendation.examples.values_list("programmes__countries__code", flat=True)
    return {code for code in codes if code}


def test_a_country_like_it_serves_what_is_said(page: Page) -> None:
    own = {r.number for r in Recommendation.objects.all() if "JP" in served_by(r)}
    shown = page("/countries/JP/").all(".alike")
    assert shown
    for other in shown:
        (profile,) = [link for link, text in other.links().items() if text.startswith("Profile of")]
        theirs = {r.number for r in Recommendation.objects.all() if profile.split("/")[2] in served_by(r)}
        assert f"serves {len(own & theirs)} of the same; {len(theirs - own)} that Japan does not" in other.text
        for link, text in other.links().items():
            if "#" in link:
                assert page(link.partition("#")[0]).anchor(f"r-{text.split()[0]}")


def test_its_programmes_stand_there_in_full(page: Page) -> None:
    links = page("/countries/MX/").links()
    for programme in Programme.objects.filter(countries__code="MX"):
        assert programme.get_absolute_url() in links


def test_of_many_programmes_it_quotes_the_first_and_leads_to_all(page: Page, client: Client) -> None:
    make_many_programmes(30, country="KE", row="5.4")
    whole = page("/countries/KE/")
    row = next(entry for entry in whole.all(".entry") if entry.one(".number").text == "5.4")
    assert len(row.all("blockquote")) == 10
    assert "These are the first 10 by name of 30 programmes" in row.text
    assert "These are the first 20 by name of 31 programmes" in whole.text


def test_the_map_shows_each_country_once_with_its_number(page: Page) -> None:
    shapes = page("/countries/").all(".world svg a")
    numbers = {country.get_absolute_url(): country.programmes.count() for country in Country.objects.all()}
    assert sorted(shape["href"] for shape in shapes) == sorted(numbers)
    for shape in shapes:
        number = numbers[shape["href"]]
        assert shape.text.endswith(f": {number} programme{'s' if number > 1 else ''}")
        assert "shade-0" not in str(shape.all("path") + shape.all("circle"))


def test_with_all_countries_the_page_stays_small(client: Client, catalogue: None) -> None:
    for code, code3 in ALPHA_3.items():
        if not Country.objects.filter(code=code).exists():
            make_country(code, name=f"A country with the code {code} and {code3}", code3=code3)
    answer = client.get("/countries/", headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) < 60_000


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


@pytest.mark.parametrize(
    "address", ["/countries/{}/", "/countries/{}.bib", "/countries/{}.ris", "/api/v1/countries/{}"]
)
def test_small_letters_are_led_to_the_address_in_every_format(client: Client, address: str, catalogue: None) -> None:
    response = client.get(address.format("jp"))
    assert (response.status_code, response["Location"]) == (301, address.format("JP"))
    assert client.get(address.format("zz")).status_code == 404


def test_the_profile_and_the_api_give_the_same_numbers(client: Client, catalogue: None) -> None:
    for code in ("JP", "MX"):
        context = client.get(f"/countries/{code}/").context
        api = client.get(f"/api/v1/countries/{code}").json()
        rows = [(row.recommendation.number, row.count) for row in context["rows"]]
        assert rows == [(one["number"], one["programmes"]) for one in api["recommendations"]]
        assert context["total"] == api["programmes"]


def test_a_country_that_does_not_exist(page: Page) -> None:
    assert "There is no country or economy “ZZ” in the catalogue." in page("/countries/ZZ/", 404).text
