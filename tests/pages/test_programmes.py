"""/programmes/: the list, its facets, chips, heading, order and pages."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from programmes.models import Country, Programme
from tests.factories import make_many_programmes

from .conftest import Page
from .reading import Element

KEPT = "/programmes/?q=sme&country=JP&category=1"
FILTERS = "country=JP&country=MX&region=asia&category=1&recommendation=1.1&provider=government&q=market"


def slugs(whole: Element) -> list[str]:
    return [result["id"] for result in whole.all(".result")]


def asked(address: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(urlsplit(address).query))


def ticked(whole: Element) -> list[tuple[str, str]]:
    return [(box["name"], box["value"]) for box in whole.all(".choice input[checked]")]


def test_a_result_says_who_where_what_and_which_recommendation(page: Page) -> None:
    result = page("/programmes/?q=%22Global+Fund%22&country=JP").anchor("global-fund-for-smes")
    assert result.one(".meta").text == "JP Japan · Government of Japan"
    assert result.one("h2").text == "Global Fund for SMEs"
    assert result.one("blockquote").text.startswith("“Japan has initiated a Global Fund for SMEs")
    assert result.one(".served").text == "3.3 Technological upgrading"


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "67 programmes"),
        ("?country=JP&country=MX", "17 programmes in Japan or Mexico"),
        ("?q=%22trade+fairs%22", '6 programmes with "trade fairs"'),
        ("?region=europe&provider=company", "0 programmes in Europe, run by: Company"),
        ("?country=GB", "1 programme in United Kingdom"),
        (
            "?category=4&recommendation=4.4&q=patent&country=TR",
            "1 programme in Türkiye, on 4 Intellectual property, serving 4.4 Filing of patents, with “patent”",
        ),
    ],
)
def test_the_heading_says_the_filters_in_words(query: str, heading: str, page: Page) -> None:
    whole = page(f"/programmes/{query}")
    assert whole.one("h1").text == heading
    assert whole.one("title").text == f"{heading} · GVC Policy Catalogue"


def test_each_chip_removes_exactly_one_filter(page: Page) -> None:
    whole = page(f"/programmes/?{FILTERS}&sort=country")
    *chips, clear = whole.all("a.chip")
    everything = asked(f"?{FILTERS}&sort=country")
    removed = []
    for chip in chips:
        left = asked(chip["href"])
        (gone,) = [pair for pair in everything if pair not in left]
        assert sorted([*left, gone]) == everything
        removed.append(gone)
    assert sorted(removed) == asked(f"?{FILTERS}")
    assert clear["href"] == "/programmes/"


def test_chips_say_what_they_remove(page: Page) -> None:
    chips = [chip.text for chip in page("/programmes/?country=TR&q=patent").all("a.chip")]
    assert chips == ["Remove Words: patent ×", "Remove Country or economy: Türkiye ×", "Clear all"]


def test_what_would_give_nothing_is_disabled_and_stays_in_its_place(page: Page) -> None:
    plain, narrow = page("/programmes/"), page("/programmes/?country=JP")
    values = [box["value"] for box in plain.all(".choice input")]
    assert [box["value"] for box in narrow.all(".choice input")] == values
    for choice in narrow.all(".choice"):
        nothing = choice.one(".count").text == "0"
        assert nothing == bool(choice.all("input[disabled]"))
        assert nothing == (not choice.all("a"))


def test_a_chosen_value_stays_removable_when_its_number_is_nothing(page: Page) -> None:
    choice = next(c for c in page("/programmes/?country=KE&category=4").all(".choice") if c.all("input[value=KE]"))
    assert choice.one(".count").text == "0"
    assert choice.all("input[checked]")
    assert not choice.all("input[disabled]")


def test_what_is_chosen_is_ticked_and_its_fold_open(page: Page) -> None:
    whole = page(f"/programmes/?{FILTERS}")
    assert sorted([*ticked(whole), ("q", "market")]) == asked(f"?{FILTERS}")
    chosen = [fold for fold in whole.all("details.facet") if fold.select("input[checked]")]
    assert len(chosen) > 3
    assert all("open" in fold.attrs for fold in chosen)
    assert whole.one(".filters-chosen").text.startswith("market, Japan, Mexico, Asia")


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("country=KE&category=4", {"1 programme without category: 4 Intellectual property": 1}),
        ("country=KE&country=PL&q=patent", {"2 programmes without words: patent": 2}),
        ("region=europe&provider=company", {"2 programmes without region: Europe": 2}),
    ],
)
def test_nothing_found_says_which_filter_to_drop_and_what_that_gives(
    query: str, ways: dict[str, int], page: Page
) -> None:
    whole = page(f"/programmes/?{query}")
    assert not slugs(whole)
    links = whole.one(".drops").links()
    found = {text: int(page(link).one("[data-total]")["data-total"]) for link, text in links.items()}
    assert ways.items() <= found.items()
    for text, total in found.items():
        assert text.startswith(f"{total} programme")
    for link in links:
        dropped = {name for name, _ in asked(f"?{query}")} - {name for name, _ in asked(link)}
        assert len(dropped) == 1


def test_where_no_single_filter_helps_one_can_start_again(page: Page) -> None:
    notice = page("/programmes/?country=KE&category=4&q=zebra").one(".notice")
    assert not notice.all(".drops")
    assert "/programmes/" in notice.links()


def test_a_value_that_does_not_exist_is_named_nothing_shown_and_the_form_kept(page: Page) -> None:
    whole = page("/programmes/?country=XX&country=JP&category=1&q=sme")
    assert "There is no country or economy “XX” in the catalogue." in whole.text
    assert not slugs(whole)
    assert whole.one("[data-total]")["data-total"] == "0"
    assert ticked(whole) == [("country", "JP"), ("category", "1")]
    assert whole.one("main input[name=q]")["value"] == "sme"
    (kept,) = [text for link, text in whole.one("main").links().items() if link == KEPT]
    assert kept == "3 programmes"


@pytest.mark.parametrize(
    "query", ["sort=size", "region=atlantis", "provider=GOVERNMENT", "q=" + "x" * 2001, "country=%3Cb%3E"]
)
def test_nonsense_gives_a_page_in_words(query: str, page: Page) -> None:
    whole = page(f"/programmes/?{query}")
    assert whole.one("h1").text == "Nothing to show"
    assert whole.one(".notice-problem").text.endswith(".")


@pytest.mark.parametrize(
    "query", ["country=", "q=&region=&sort=", "colour=red", "page=", "page=1", "sort=relevance", "sort=name"]
)
def test_what_asks_nothing_changes_nothing(query: str, page: Page) -> None:
    assert slugs(page(f"/programmes/?{query}")) == slugs(page("/programmes/"))


def test_orders(page: Page) -> None:
    whole = page("/programmes/?q=clusters")
    assert [option.text for option in whole.all("select[name=sort] option")] == [
        "Relevance",
        "Name",
        "Country",
        "Recommendation",
    ]
    assert whole.one("option[selected]").text == "Relevance"
    assert "cluster" in whole.all(".result")[0].one("h2").text.lower()
    names = [result.one("h2").text for result in page("/programmes/").all(".result")]
    assert names == sorted(names, key=str.casefold)
    codes = [result.all(".code")[0].text for result in page("/programmes/?sort=country").all(".result")]
    countries = [Country.objects.get(code=code).name for code in codes]
    assert countries == sorted(countries)
    numbers = [result.all(".number")[0].text for result in page("/programmes/?sort=recommendation").all(".result")]
    assert numbers == sorted(numbers)
    assert "relevance" not in [option["value"] for option in page("/programmes/").all("select[name=sort] option")]


def test_twenty_a_page_and_links_to_the_others(page: Page) -> None:
    first, last = page("/programmes/"), page("/programmes/?page=4")
    assert (len(slugs(first)), len(slugs(last))) == (20, 7)
    assert [link.text for link in first.all(".pages a")] == ["Page 1", "Page 2", "Page 3", "Page 4", "Next ›"]
    assert [link.text for link in last.all(".pages a")] == ["‹ Previous", "Page 1", "Page 2", "Page 3", "Page 4"]
    assert last.one(".pages a[aria-current]").text == "Page 4"
    assert not page("/programmes/?country=JP").all(".pages")


def test_pages_keep_the_filters(page: Page) -> None:
    links = page("/programmes/?provider=government&sort=country").one(".pages").links()
    assert "/programmes/?provider=government&sort=country&page=2" in links


def test_a_hundred_pages_have_few_links(page: Page) -> None:
    make_many_programmes(1933)
    whole = page("/programmes/?page=50")
    assert whole.one("h1").text == "2,000 programmes"
    shown = [item.text for item in whole.all(".pages li")]
    assert shown == ["‹ Previous", "Page 1", "…", "Page 49", "Page 50", "Page 51", "…", "Page 100", "Next ›"]


def test_an_empty_catalogue_says_that_it_is_empty(page: Page) -> None:
    Programme.objects.all().delete()
    assert "The catalogue is empty" in page("/programmes/").text
