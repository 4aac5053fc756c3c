"""What is suggested while typing, and the record that a search names, as data and on the page."""

import pytest
from django.test import Client

from programmes.search import facet_choices

from .reading import read

pytestmark = pytest.mark.usefixtures("catalogue")


def labels(client: Client, typed: str) -> list[str]:
    return [one["label"] for one in client.get("/search/suggest", {"q": typed}).json()["suggestions"]]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("2.4", "2.4 Clusters in selected technologies"),
        ("clus", "2.1 Clusters and industry groupings"),
        ("turki", "Türkiye"),
        ("Turkish", "Türkiye"),
        ("jp", "Japan"),
        ("日本", "Japan"),
        ("Japanese", "Japan"),
        ("hellenic tech", "Hellenic Technology Clusters Initiative"),
        ("PARTENARI", "Partenariat"),
        ("access to fin", "Access to finance"),
        ("soft loan", "Loan or credit"),
    ],
)
def test_what_is_meant_is_among_the_suggestions(client: Client, typed: str, label: str) -> None:
    assert label in labels(client, typed)


def test_each_suggestion_says_its_kind(client: Client) -> None:
    kinds = [one["kind"] for one in client.get("/search/suggest", {"q": "clusters"}).json()["suggestions"]]
    assert set(kinds) == {"Recommendation", "Term", "Programme"}
    assert kinds == sorted(kinds, key=["Recommendation", "Country", "Term", "Programme"].index)


@pytest.mark.parametrize("typed", ["", " ", "-", '"', "zzzz", "\x00", "%", "(", "a" * 5000, "<script>"])
def test_nothing_typed_is_an_error(client: Client, typed: str) -> None:
    assert client.get("/search/suggest", {"q": typed}).status_code == 200


def test_browsers_get_the_form_that_they_read(client: Client) -> None:
    typed, names, kinds, addresses = client.get("/search/suggest?q=2.4&form=opensearch").json()
    assert (typed, names, kinds) == ("2.4", ["2.4 Clusters in selected technologies"], ["Recommendation"])
    assert addresses == ["http://testserver/recommendations/2.4/"]


@pytest.mark.parametrize(
    ("q", "address"),
    [("2.4", "/recommendations/2.4/"), ("jp", "/countries/JP/"), ("rosettanet", "/programmes/rosettanet/")],
)
def test_a_search_that_is_just_a_key_offers_that_page_first(client: Client, q: str, address: str) -> None:
    page = read(client.get("/search/", {"q": q}).content.decode())
    first = page.all("main .kinds")[0]
    assert first.one("dt").text == "Best answer"
    assert address in first.links()


def test_a_facet_of_many_values_shows_the_largest_and_finds_the_others(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facet_choices, "MANY", 15)

    def countries(query: str) -> list[str]:
        shown = client.get(f"/programmes/?{query}").context["facets"][0]
        assert shown.name == "country"
        return [choice.label for choice in shown.choices]

    first = countries("")
    assert first[:2] == ["Japan", "Mexico"]
    assert len(first) == facet_choices.FEW
    assert countries("country=KE")[0] == "Kenya"
    assert countries("find_country=TURK") == ["Türkiye"]
    assert countries("find_country=atlantis") == []
    assert len(countries("all=country")) == 21
    assert len(client.get("/programmes.json").json()["facets"]["country"]) == 21


def test_a_sign_that_no_database_takes_is_left_out(client: Client, catalogue: None) -> None:
    assert client.get("/search/suggest?q=jap%00an").json()["suggestions"][0]["label"] == "Japan"
