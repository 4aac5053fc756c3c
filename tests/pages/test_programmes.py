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
            "1 programme in Türkiye, serving 4.4 Filing of patents, on 4 Intellectual property, with “patent”",
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


def test_what_would_give_nothing_is_not_listed_or_disabled(page: Page) -> None:
    narrow = page("/programmes/?country=JP&instrument=financial-support")
    empty = [choice for choice in narrow.all(".choice") if choice.one(":scope > .count").text == "0"]
    assert {choice.one("[id]")["id"] for choice in empty} > {"status-running", "instrument-tax-incentive"}
    for choice in empty:
        assert choice.all(":scope > a[href]") == []
        assert choice.all("input[disabled], .choice-included")
        assert choice.one("[id]")["id"].startswith(("status-", "instrument-"))


def test_a_chosen_value_stays_removable_when_its_number_is_nothing(page: Page) -> None:
    choice = next(c for c in page("/programmes/?country=KE&category=4").all(".choice") if c.all("input[value=KE]"))
    assert choice.one(":scope > .count").text == "0"
    assert choice.all("input[checked]")
    assert not choice.all("input[disabled]")


def facet(whole: Element, name: str) -> Element:
    return whole.one(f"#facet-{name}")


def values_of(choices: Element) -> list[str]:
    """The values of a list of choices, without their narrower ones."""
    found = choices.all(":scope > .choice > label > input, :scope > .choice > .choice-included")
    return [one["id"].partition("-")[2] for one in found]


def test_a_facet_shows_eight_values_at_first_those_with_most_programmes(page: Page) -> None:
    country = facet(page("/programmes/"), "country")
    shown, more = country.all(".choices")
    numbers = [int(count.text.partition(": ")[2].partition(" ")[0]) for count in shown.all(".count")]
    assert len(numbers) == 8
    assert numbers == sorted(numbers, reverse=True)
    assert country.one("summary .when-closed").text == f"Show {len(values_of(more))} more"
    assert values_of(more)[-1] == "none"
    facets = [one["id"] for one in page("/programmes/").all(".facet[open]")]
    assert facets == ["facet-instrument", "facet-status", "facet-country", "facet-topic"]


def test_what_is_chosen_or_left_out_is_among_the_first(page: Page) -> None:
    shown, _ = facet(page("/programmes/?country=-IT&country=KE&country=IS"), "country").all(".choices")
    assert len(values_of(shown)) == 8
    assert {"IT", "KE", "IS"} < set(values_of(shown))


def test_a_value_is_left_out_by_a_link_and_taken_back_by_its_box(page: Page) -> None:
    japan = page("/programmes/?country=JP").one(".leave-out[aria-label='Leave out Japan']")
    assert (japan["aria-label"], japan["href"]) == ("Leave out Japan", "/programmes/?country=-JP")
    whole = page(japan["href"])
    box = whole.one("#country-JP")
    assert (box["value"], "checked" in box.attrs) == ("-JP", True)
    assert whole.one(".choice-out del").text == "Japan"
    assert whole.one("h1").text == "58 programmes not in Japan"
    assert facet(whole, "country").one(".facet-chosen").text == "1 left out"


def test_a_chosen_broader_term_includes_its_narrower_ones_and_each_narrows_to_it(page: Page) -> None:
    whole = page("/programmes/?instrument=financial-support&country=-AT")
    grant = whole.one("#instrument-grant")
    assert grant["href"] == "/programmes/?country=-AT&instrument=grant"
    narrower = page(grant["href"])
    assert "checked" in narrower.one("#instrument-grant").attrs
    assert "checked" not in narrower.one("#instrument-financial-support").attrs
    assert whole.one("#instrument-tax-incentive").attrs.get("href") is None
    assert page("/programmes/").one("details#narrower-financial-support #instrument-grant")["value"] == "grant"


def test_certainty_has_a_chip_and_words_but_no_facet_and_stays_in_the_form(page: Page) -> None:
    Programme.objects.update(certainty="")
    Programme.objects.filter(slug="covisint").update(status="ended", certainty="stated")
    whole = page("/programmes/?certainty=stated&certainty=-inferred")
    assert whole.one("h1").text.startswith(
        "1 programme with a status that is stated, without a status that is inferred"
    )
    assert [chip.text for chip in whole.all(".chip b")] == ["Stated", "not Inferred"]
    assert whole.all("#facet-certainty") == []
    assert [field["value"] for field in whole.all("#filters input[name=certainty]")] == ["stated", "-inferred"]
    assert slugs(page("/programmes/?certainty=stated")) == ["covisint"]


def test_a_status_has_its_former_key_too(page: Page) -> None:
    former, present = (page(f"/programmes/?status={key}&country=JP") for key in ("not-found", "unknown"))
    assert "checked" in former.one("#status-unknown").attrs
    assert former.one("h1").text == present.one("h1").text
    assert page("/programmes/?status=-not-found").one(".chip b").text == "not Fate unknown"
    facets = {value["value"] for value in facet(former, "status").all("input")}
    assert facets == {"running", "renamed", "merged", "ended", "unknown", "not-yet-checked"}


def test_any_or_all_is_asked_from_the_first_choice_on(page: Page) -> None:
    assert page("/programmes/").all(".facet-every") == []
    first = page("/programmes/?topic=innovation&country=JP")
    assert [link.text for link in first.all(".facet-every a")] == ["any of the chosen", "all of the chosen"]
    assert first.one("#any-topic[aria-current]")["href"] == "/programmes/?country=JP&topic=innovation"
    every = page(first.one("#all-topic")["href"])
    assert every.one("input[name=every]")["value"] == "topic"
    assert every.one("#all-topic[aria-current]")["href"] == "/programmes/?country=JP&topic=innovation&every=topic"


def test_what_is_chosen_is_ticked_and_its_fold_open(page: Page) -> None:
    whole = page(f"/programmes/?{FILTERS}")
    assert sorted([*ticked(whole), ("q", "market")]) == asked(f"?{FILTERS}")
    chosen = [fold for fold in whole.all("details.facet") if fold.select("input[checked]")]
    assert len(chosen) > 3
    assert all("open" in fold.attrs for fold in chosen)
    assert whole.one(".filters-chosen").text.startswith("market, Japan, Mexico, 1.1 Access to market information")


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
