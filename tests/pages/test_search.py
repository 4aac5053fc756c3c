"""/search/: recommendations, programmes and countries at once."""

import pytest
from django.test import Client

from recommendations.models import Category

from .conftest import Page
from .reading import Element


def found(whole: Element) -> dict[str, int]:
    """How many of each were found."""
    countries = [link for link in whole.one("main").links() if link.startswith("/countries/")]
    programmes = whole.one("main").all(".result")
    in_results = {link for result in programmes for link in result.links()}
    return {
        "countries": len(set(countries) - in_results),
        "recommendations": len(whole.all(".entry")),
        "programmes": len(programmes),
    }


@pytest.mark.parametrize("word", ["Turkey", "Türkiye", "Turkiye", "Turkish", "turkey", "TÜRKİYE"])
def test_every_name_of_turkiye_finds_it(word: str, page: Page) -> None:
    for address in (f"/search/?q={word}", f"/programmes/?q={word}"):
        whole = page(address)
        assert "5 programmes" in whole.text
        assert {result.one(".code").text for result in whole.all(".result")} == {"TR"}
    assert "/countries/TR/" in page(f"/search/?q={word}").one("main").links()


def test_it_finds_all_three_kinds(page: Page) -> None:
    whole = page("/search/?q=cluster")
    assert found(whole)["recommendations"] >= 3
    assert found(whole)["programmes"] >= 4
    assert [heading.text for heading in whole.all("h2")][:2] == ["Recommendations", "Programmes"]


def test_many_programmes_are_counted_and_the_first_shown(page: Page) -> None:
    whole = page("/search/?q=sme")
    assert "67 programmes (here the first 20)" in whole.text
    assert "/programmes/?q=sme" in whole.links()


def test_nothing_found(page: Page) -> None:
    whole = page("/search/?q=zebra")
    assert "Nothing has all of “zebra”" in whole.text
    assert {"/programmes/", "/recommendations/"} <= set(whole.one(".notice").links())


@pytest.mark.parametrize("path", ["/search/", "/search/?q=", "/search/?q=+"])
def test_nothing_asked(path: str, page: Page) -> None:
    whole = page(path)
    assert "Every word must be there" in whole.text
    assert not whole.all(".notice")


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("!!", "There is no word in “!!” to look for."),
        ("x" * 2001, "The search has 2001 characters; at most 2000 are possible."),
        ("%00", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_words(q: str, sentence: str, page: Page) -> None:
    assert sentence in page(f"/search/?q={q}").one(".notice-problem").text


def test_the_words_stay_in_the_form_as_typed(page: Page) -> None:
    whole = page("/search/?q=%3Cscript%3E%22a%22")
    assert whole.one("main input[name=q]")["value"] == '<script>"a"'
    assert not [script for script in whole.all("script") if script.text]


def test_signs_that_cannot_be_shown_are_not_sent_back(client: Client, catalogue: None) -> None:
    for path in ("/search/", "/programmes/", "/recommendations/", "/"):
        for name in ("q", "country", "sort", "page"):
            assert b"\x00" not in client.get(path, {name: "a\x00b"}).content


def test_a_category_without_a_recommendation_is_found_where_lists_name_it(page: Page, client: Client) -> None:
    Category.objects.create(code="6", position=60, part="ii", title="Zymurgy for all", short_title="Zymurgy")
    assert any(one["code"] == "6" for one in client.get("/api/v1/categories").json()["results"])
    assert "Zymurgy" in page("/search/?q=zymurgy").one("main").text
    assert "Nothing has" not in page("/search/?q=zymurgy").text


def test_terms_of_the_vocabulary_are_found_by_their_other_words_and_gaps_are_said(page: Page) -> None:
    found = page("/search/?q=subvention").one("main")
    assert "/vocabulary/grant/" in found.links()
    assert found.links()["/programmes/?instrument=grant"].startswith("7 programmes")
    assert "No programme recorded" in page("/search/?q=women+entrepreneurs").one("main").text
