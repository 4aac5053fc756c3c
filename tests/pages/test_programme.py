"""/programmes/<slug>/: who, where, its quotations, what stands near it, and the way back to the list."""

import pytest
from django.test import Client

from programmes.models import Country, Organisation, Programme
from tests.factories import make_example, make_many_programmes, make_programme

from .conftest import Page
from .reading import Element


def way(whole: Element, text: str) -> str | None:
    """Where the link with this text among those to the list leads."""
    return next((link for link, words in whole.one(".in-list").links().items() if text in words), None)


def test_each_example_is_a_quotation_with_the_recommendation_it_serves(page: Page) -> None:
    whole = page("/programmes/rosettanet/")
    assert [entry.one(".number").text for entry in whole.all(".entry")] == ["1.1", "5.3"]
    for entry in whole.all(".entry"):
        number = entry.one(".number").text
        assert f"/recommendations/{number}/" in entry.links()
        assert entry.one("blockquote").text.startswith("“RosettaNet")
        assert f"Annex, row {number}, example" in entry.text


def test_who_and_where(page: Page) -> None:
    facts = page("/programmes/improvement-of-business-development-services-viet-nam/").one(".facts").text
    assert "Government of Viet Nam" in facts
    assert "Viet Nam printed as “Vietnam”" in facts
    assert "Partner" in facts
    assert "The text names none." in page("/programmes/covisint/").one(".facts").text


@pytest.mark.parametrize(
    "slug", ["global-fund-for-smes", "impulsoras-programme", "sme-business-coaching-programme", "protec-2002"]
)
def test_the_others_of_its_provider_and_of_its_country(slug: str, page: Page) -> None:
    programme = Programme.objects.get(slug=slug)
    links = set(page(f"/programmes/{slug}/").one("aside").links())
    of_provider = Programme.objects.filter(provider=programme.provider)
    there = Programme.objects.filter(countries__in=programme.countries.all())
    near = {other.get_absolute_url() for other in (*of_provider, *there)} - {programme.get_absolute_url()}
    assert near <= links
    assert programme.get_absolute_url() not in links


def test_related_ones_serve_the_same_recommendations(page: Page) -> None:
    whole = page("/programmes/grants-for-cluster-infrastructure/")
    text = whole.one("main").text
    assert "2 programmes serve recommendation 2.1 Clusters and industry groupings" in text
    related = [link for card in whole.all(".cards") for link in card.links() if link.startswith("/programmes/")]
    assert related == ["/programmes/enterprise-networks-programme/"]


def test_a_provider_of_many_shows_the_first_and_the_way_to_all(page: Page) -> None:
    make_many_programmes(20)
    provider = Organisation.objects.get(programmes__slug="many-1")
    whole = page("/programmes/many-1/")
    assert "These are the first 12." in whole.one("aside").text
    (link,) = [link for link, text in whole.links().items() if text == "Search for all"]
    assert page(link).one("[data-total]")["data-total"] == str(provider.programmes.count())


@pytest.mark.parametrize(
    "query", ["", "?country=JP&sort=country", "?q=sme", "?provider=government&sort=recommendation"]
)
def test_going_through_a_list_by_next_meets_all_of_it_in_order(query: str, page: Page, client: Client) -> None:
    lines = page(f"/programmes/{query}").all(".result .name a")
    rows = b"".join(client.get(f"/programmes.csv{query}").streaming_content).decode()  # type: ignore[attr-defined]
    expected = [row.partition(",")[0] for row in rows.splitlines()[1:] if row.partition(",")[0]]
    address: str | None = lines[0]["href"]
    met = []
    while address:
        whole = page(address)
        met.append(address.split("/")[2])
        back = way(whole, "Back to the list")
        assert back
        place, _, anchor = back.partition("#")
        assert anchor == met[-1]
        assert page(place).one(f"[id='{anchor}'].result")
        address = way(whole, "Next in the list")
    assert met == expected


def test_previous_leads_back_across_the_page(page: Page) -> None:
    first_of_second = page("/programmes/?sort=country&page=2").all(".result .name a")[0]["href"]
    last_of_first = page("/programmes/?sort=country").all(".result")[-1]["id"]
    previous = way(page(first_of_second), "Previous in the list")
    assert previous == f"/programmes/{last_of_first}/?sort=country&page=1"
    assert way(page(previous), "Next in the list") == first_of_second
    first = page("/programmes/?sort=country").all(".result .name a")[0]["href"]
    assert way(page(first), "Previous in the list") is None


@pytest.mark.parametrize(
    "query",
    ["", "?page=", "?page=x", "?page=99&sort=name", "?page=1&country=XX", "?page=4&sort=name", "?page=1&country=MX"],
)
def test_without_its_list_there_is_the_way_to_all(query: str, page: Page) -> None:
    whole = page(f"/programmes/global-fund-for-smes/{query}")
    assert not whole.all(".in-list")
    assert "/programmes/" in whole.one("nav.breadcrumb").links()


def test_the_list_does_not_make_another_address(page: Page) -> None:
    whole = page("/programmes/global-fund-for-smes/?sort=name&page=2")
    assert whole.one("link[rel=canonical]")["href"].endswith("/programmes/global-fund-for-smes/")


def test_a_former_address_leads_to_todays(client: Client, catalogue: None) -> None:
    programme = Programme.objects.get(slug="covisint")
    programme.slug = "covisint-hub"
    programme.save()
    response = client.get("/programmes/covisint/")
    assert (response.status_code, response["Location"]) == (301, "/programmes/covisint-hub/")


def test_a_programme_without_example_says_so(page: Page) -> None:
    make_programme("new", countries=[Country.objects.get(code="PL")])
    assert "No example recorded" in page("/programmes/new/").text


def test_one_of_two_countries_counts_in_both(page: Page) -> None:
    places = list(Country.objects.filter(code__in=["JP", "PL"]))
    make_example("2.6", make_programme("both", countries=places))
    aside = page("/programmes/both/").one("aside").text
    assert "10 programmes in all in Japan" in aside
    assert "2 programmes in all in Poland" in aside


def test_a_programme_that_does_not_exist(page: Page) -> None:
    text = page("/programmes/none/", 404).text
    assert "There is no programme with the address “none” in the catalogue." in text
