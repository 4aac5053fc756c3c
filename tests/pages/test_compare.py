"""/compare/: countries side by side, in the words of the statement."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from programmes.models import Country, Example, Programme
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.top_programmes import QUOTED, top_programmes
from recommendations.models import Recommendation
from tests.factories import make_country, make_example, make_many_programmes, make_programme

from .conftest import Page
from .reading import Element

pytestmark = pytest.mark.usefixtures("catalogue")

TWO = "/compare/?country=JP&country=MX"
SIX = TWO + "&country=TR&country=KE&country=NZ&country=CZ"


def total(client: Client, url: str) -> int:
    return int(client.get("/programmes.json?" + urlsplit(url).query).json()["count"])


def row_of(whole: Element, number: str) -> list[Element]:
    """The cells of a recommendation."""
    row = next(row for row in whole.all("tbody tr") if [n.text for n in row.all(".number")] == [number])
    return row.all("td")


def asked(url: str) -> list[str]:
    return parse_qs(urlsplit(url).query).get("country", [])


@pytest.mark.parametrize("path", [TWO, SIX])
def test_every_number_is_of_the_programmes_that_it_leads_to(path: str, page: Page, client: Client) -> None:
    links = {url: text for url, text in page(path).one(".compare").links().items() if url.startswith("/programmes/?")}
    assert len(links) > 12
    for url, text in links.items():
        assert total(client, url) == int(text.split()[0]), url


@pytest.mark.parametrize("path", [TWO, SIX])
def test_each_cell_has_the_words_of_its_country_and_recommendation_and_no_others(path: str, page: Page) -> None:
    whole, codes = page(path), asked(path)
    shown = {head.one(".number").text for head in whole.all("tbody th") if head.all(".number")}
    for recommendation in Recommendation.objects.of_part_ii():
        examples = [
            Example.objects.filter(recommendation=recommendation, programmes__countries__code=code).distinct()
            for code in codes
        ]
        assert (recommendation.number in shown) == any(examples)
        if recommendation.number not in shown:
            continue
        for cell, own in zip(row_of(whole, recommendation.number), examples, strict=True):
            assert {quoted.text for quoted in cell.all("blockquote")} == {f"“{example.text}”" for example in own}
            assert {name.text for name in cell.all(".name")} == {p.name for e in own for p in e.programmes.all()}
            assert bool(own) != ("no example recorded" in cell.text)


def test_an_empty_cell_never_says_that_nothing_is_done(page: Page) -> None:
    whole = page(TWO)
    assert row_of(whole, "1.4")[1].text == "no example recorded"
    assert "nothing" not in whole.one(".compare").text


def test_words_about_two_programmes_stand_once_after_both_names(page: Page) -> None:
    japan, _ = row_of(page(TWO), "1.1")
    assert [name.text for name in japan.all(".name")] == ["Strategic IT use by SMEs", "Trade and investment data base"]
    assert len(japan.all("blockquote")) == 1


def test_of_many_programmes_the_first_are_quoted_and_a_link_leads_to_all(page: Page) -> None:
    make_many_programmes(120, country="KE", row="2.6")
    kenya, _ = row_of(page("/compare/?country=KE&country=MX"), "2.6")
    assert [name.text for name in kenya.all(".name")] == ["One of many 0", "One of many 1", "One of many 10"]
    assert kenya.links()["/programmes/?country=KE&recommendation=2.6"] == "all 120 programmes of Kenya"


def test_recommendations_that_none_serves_are_named_in_a_sentence(page: Page) -> None:
    whole = page(TWO)
    named = [number.text for number in whole.all(".inline-list .number")]
    rows = [number.text for number in whole.all("tbody .number")]
    of_part_ii = list(Recommendation.objects.of_part_ii().values_list("number", flat=True))
    assert sorted([*named, *rows]) == sorted(of_part_ii)
    assert not set(named) & set(rows)


def test_other_parts_of_the_statement_show_where_one_of_them_serves_them(page: Page) -> None:
    programme = make_programme(countries=[Country.objects.get(code="MX")])
    make_example("iii.1", programme, text="It was studied.")
    assert row_of(page(TWO), "iii.1")[1].one("blockquote").text == "“It was studied.”"


def test_countries_are_heads_in_the_order_asked(page: Page) -> None:
    whole = page("/compare/?country=MX&country=JP&country=MX")
    heads = whole.all("thead th")
    assert [head["scope"] for head in heads] == ["col"] * 3
    assert [head.text.split()[0] for head in heads] == ["Recommendation", "Mexico", "Japan"]
    assert whole.one("h1").text == "Mexico and Japan side by side"
    assert {row.all("th")[0]["scope"] for row in whole.all("tbody tr")} == {"row", "rowgroup"}


def test_each_country_can_be_removed_and_another_added(page: Page) -> None:
    whole = page(TWO)
    removals = {text: asked(url) for url, text in whole.one("thead").links().items() if text.startswith("Remove")}
    assert removals == {"Remove Japan": ["MX"], "Remove Mexico": ["JP"]}
    form = whole.one("main form")
    kept = [field["value"] for field in form.all("input[type=hidden]")]
    offered = [option["value"] for option in form.all("option")]
    assert kept == ["JP", "MX"]
    assert offered[0] == ""
    assert set(offered[1:]) == set(Country.objects.exclude(code__in=kept).values_list("code", flat=True))


def test_six_are_as_many_as_fit(page: Page) -> None:
    whole = page(SIX)
    assert "Six are as many as can stand side by side." in whole.one("main").text
    assert not whole.all("main select")


@pytest.mark.parametrize(("query", "selects"), [("", 2), ("?country=", 2), ("?country=JP", 1)])
def test_fewer_than_two_are_an_invitation(query: str, selects: int, page: Page) -> None:
    whole = page(f"/compare/{query}")
    assert "Choose two to six countries" in whole.one("main").text
    assert len(whole.all("main select")) == selects
    ready_made = whole.all(".plain-list a")
    assert len(ready_made) >= 4
    for link in ready_made:
        assert page(link["href"]).one("h1").text == f"{link.text} side by side"


def test_of_too_many_nothing_is_lost(page: Page) -> None:
    whole = page(SIX + "&country=PL&country=GB")
    assert "8 countries are too many: 2 to 6 can stand side by side. Remove 2." in whole.one(".notice-problem").text
    assert len(whole.all("a.chip")) == 8
    assert not whole.all("table")
    assert asked(next(iter(whole.one(".notice").links()))) == asked(SIX)


@pytest.mark.parametrize("code", ["XX", "jp", "<b>", "JP,MX"])
def test_a_code_that_does_not_exist_is_named_and_the_others_kept(code: str, page: Page) -> None:
    whole = page(f"{TWO}&country={code}")
    assert f"There is no country or economy “{code}” in the catalogue." in whole.one(".notice-problem").text
    assert not whole.all("table")
    assert [field["value"] for field in whole.all("main input[type=hidden]")] == ["JP", "MX"]
    assert TWO in whole.one(".notice").links()


def test_countries_without_a_programme_have_a_row_for_nothing(page: Page) -> None:
    make_country("AD")
    make_country("AL")
    whole = page("/compare/?country=AD&country=AL")
    assert not whole.all("tbody")
    assert len(whole.all(".inline-list .number")) == Recommendation.objects.of_part_ii().count()


def test_each_cell_has_the_first_programmes_by_name_and_the_number_of_all() -> None:
    make_many_programmes(QUOTED + 2, country="KE", row="1.1")
    found = top_programmes(Recommendation.objects.values_list("number", flat=True), asked(SIX), CatalogueSnapshot.now())
    assert found["1.1", "KE"].count == QUOTED + 2
    for (number, code), cell in found.items():
        served = Programme.objects.filter(countries__code=code, examples__recommendation__number=number).distinct()
        assert cell.count == served.count()
        assert [p["slug"] for p in cell.programmes] == [p.slug for p in served.order_by("sort_name", "slug")[:QUOTED]]


def test_lists_of_two_to_six_countries_and_profiles_lead_there(page: Page) -> None:
    assert page("/programmes/?country=JP&country=MX&q=sme").links()[TWO] == "Compare them side by side"
    for query in ("country=JP", "region=asia", "&".join(f"country={code}" for code in asked(SIX + "&country=GB"))):
        assert "Compare them" not in page(f"/programmes/?{query}").text
    for code in ("JP", "KE"):
        ((url, words),) = [link for link in page(f"/countries/{code}/").links().items() if "/compare/" in link[0]]
        assert asked(url)[0] == code
        assert page(url).one("h1").text == words.removeprefix("Compare ").replace(" with ", " and ") + " side by side"


def test_a_country_that_is_like_no_other_is_compared_with_any(page: Page) -> None:
    make_country("AD", name="Andorra")
    assert page("/countries/AD/").links()["/compare/?country=AD"] == "Compare Andorra with others"
