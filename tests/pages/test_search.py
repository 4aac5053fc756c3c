"""/search/: programmes, recommendations, countries and terms at once."""

from urllib.parse import quote

import pytest
from django.test import Client

from recommendations.models import Category

from .conftest import Page
from .reading import Element


@pytest.mark.parametrize("word", ["Turkey", "Türkiye", "Turkiye", "Turkish", "turkey", "TÜRKİYE"])
def test_every_name_of_turkiye_finds_it(word: str, page: Page) -> None:
    for address in (f"/search/?q={word}", f"/programmes/?q={word}"):
        whole = page(address)
        assert whole.one("h1").text.startswith("5 programmes")
        assert {result.one(".code").text for result in whole.all(".result")} == {"TR"}
    assert "/countries/TR/" in page(f"/search/?q={word}").one("main").links()


def parts(whole: Element) -> list[str]:
    """What stands on the page from its heading on, by class, in its order."""
    classes = {"search-heading", "asked", "widened", "result", "kinds-all", "thick-line", "partial-match", "facet"}
    found = [name for one in whole.all("main [class]") for name in one.classes if name in classes]
    return list(dict.fromkeys(found))


def test_full_matches_come_first_then_other_kinds_then_a_line_and_partial_matches(page: Page) -> None:
    whole = page("/search/?q=clusters+japan")
    assert whole.one("h1").text == "1 programme has clusters and Japan"
    assert parts(whole) == ["search-heading", "facet", "result", "kinds-all", "thick-line", "partial-match"]
    assert whole.one(".thick-line").text == "19 more have one of the words"
    assert len(whole.all(".partial-match")) == 19
    kinds = whole.one(".kinds-all")
    assert [title.text for title in kinds.all("dt")] == ["Country", "Recommendation", "Term"]
    assert {"/countries/JP/", "/recommendations/2.1/"} <= set(kinds.links())


def test_absent_subjects_are_said_with_what_is_nearest(page: Page) -> None:
    whole = page("/search/?q=venture+capital+loans+Iceland")
    assert whole.one("h1").text == "No programme has all of venture capital, loans and Iceland"
    assert parts(whole) == ["search-heading", "asked", "thick-line", "partial-match"]
    rows = [[cell.text for cell in row.all("th, td")] for row in whole.all(".asked tbody tr")]
    assert rows == [
        ["venture capital", "A term of the vocabulary; no programme quotes it", "Access to finance 3 programmes"],
        ["loans", "3 programmes, by word or by term", "read as the term Loan or credit 2 programmes"],
        ["Iceland", "A country; no programme is from there", "Europe 17 programmes"],
    ]
    assert {"/programmes/?topic=access-to-finance", "/programmes/?q=loans"} <= set(whole.one(".asked").links())


def test_a_partial_match_says_what_it_has_and_lacks_to_all_readers(page: Page) -> None:
    card = page("/search/?q=loans+Iceland").one("#investment-promotion-programmes-austria")
    assert card.one(".has-lacks").text == "has loans, as the term Loan or credit lacks Iceland"
    assert card.one("blockquote mark").text == "low-interest facilities"
    assert card.one("del").text == "Iceland"


def test_known_words_that_never_meet_get_the_nearest_true_answer(page: Page) -> None:
    whole = page("/search/?q=patents+japan")
    assert whole.one("h1").text == "No programme has both patents and Japan"
    assert parts(whole) == ["search-heading", "widened", "kinds-all", "thick-line", "partial-match"]
    sentence = "Japan has 3 programmes on Intellectual property, the term above Patents and registration 1 programme."
    assert whole.one(".widened").text == sentence
    assert page("/programmes/?country=JP&topic=intellectual-property").one("h1").text.startswith("3 programmes")
    assert "4.4" in whole.one(".kinds-all").text


def test_the_number_of_a_recommendation_leads_to_it_and_is_no_absent_word(page: Page) -> None:
    whole = page("/search/?q=2.1")
    assert whole.one("h1").text == "Recommendation 2.1 Clusters and industry groupings"
    assert whole.one(".kinds").links()["/programmes/?recommendation=2.1"].startswith("2")
    assert whole.all(".asked") == []


@pytest.mark.parametrize(
    ("q", "heading", "address"),
    [
        ("JP", "Japan", "/countries/JP/"),
        ("AU", "Australia", "/countries/AU/"),
        ("au", "Australia", "/countries/AU/"),
        ("JPN", "Japan", "/countries/JP/"),
        ("iii", "Category iii Further work by the OECD", "/recommendations/?category=iii"),
        ("2.1", "Recommendation 2.1 Clusters and industry groupings", "/recommendations/2.1/"),
    ],
)
def test_a_search_for_a_key_is_headed_by_its_record(q: str, heading: str, address: str, page: Page) -> None:
    whole = page(f"/search/?q={q}")
    assert whole.one("h1").text == heading
    best = whole.all("main .kinds")[0]
    assert best.one("dt").text == "Best answer"
    assert address in best.links()
    assert whole.all(".asked") == []
    assert "No programme has" not in whole.text


def test_the_code_of_a_country_without_a_page_is_read_as_its_name(page: Page) -> None:
    whole = page("/search/?q=PA")
    assert whole.one("h1").text == "No programme is from Panama"
    assert whole.all(".asked") == []


@pytest.mark.parametrize("q", ["日本", "Nihon", "Japanese", "japan"])
def test_every_name_of_a_country_has_it_as_best_answer(q: str, page: Page) -> None:
    best = page(f"/search/?q={quote(q)}").all("main .kinds")[0]
    assert best.one("dt").text == "Best answer"
    assert "/countries/JP/" in best.links()


@pytest.mark.parametrize("q", ["Iceland", "-Japan", "NOT Japan"])
def test_a_country_without_a_page_or_excluded_is_no_best_answer(q: str, page: Page) -> None:
    assert page(f"/search/?q={q}").all("main .kinds") == []


def test_without_a_full_match_there_are_no_facets(page: Page) -> None:
    assert page("/search/?q=patents+japan").all(".facet") == []
    assert page("/search/?q=patents").all(".facet")


def test_facets_of_the_results_lead_to_the_list(page: Page) -> None:
    whole = page("/search/?q=patents")
    assert whole.one("#filters")["action"] == "/programmes/"
    assert whole.one("#filters input[name=q]")["value"] == "patents"


def test_those_that_have_a_word_in_the_long_wording_alone_come_last_under_their_own_heading(page: Page) -> None:
    whole = page("/search/?q=trade+fairs")
    assert whole.one(".partial > h3").text == "In the recommendation only: 2"
    assert "has trade fairs, in recommendation 1.1" in whole.one("#trade-commissioner-service").text


def test_a_gap_among_the_recommendations_is_marked(page: Page) -> None:
    assert "5.4 Certification systems and labelling no example recorded" in page("/search/?q=certification").text


def test_a_correction_is_said_and_what_was_typed_can_be_searched_for(page: Page) -> None:
    whole = page("/search/?q=certifcation")
    assert whole.one("h1").text == "2 programmes have certification"
    assert "Nothing has “certifcation”: it was read as certification." in whole.one(".understood").text
    assert whole.one(".understood").links()["/search/?q=%22certifcation%22"] == "Search for exactly what was typed"


def test_small_words_that_are_left_out_are_said(page: Page) -> None:
    assert "Left out: of, the." in page("/search/?q=names+of+the+clusters").one(".understood").text


@pytest.mark.parametrize("q", ["Scotland", "Japanese", "日本", "clusters -Scotland"])
def test_a_name_that_is_shown_under_another_label_is_said(q: str, page: Page) -> None:
    label = "Japan" if "Jap" in q or "日" in q else "United Kingdom"
    whole = page(f"/search/?q={quote(q)}")
    assert label in whole.one("h1").text
    assert f"{q.rpartition('-')[2]}, read as {label}." in whole.one(".understood").text


def test_the_beginning_of_names_is_said_with_the_names(page: Page) -> None:
    line = page("/search/?q=INOV").one(".understood").text
    assert line == "INOV, as the beginning of inovace, inovcontacto or inovjovem. How search works"


def test_alternatives_without_a_programme_are_absent(page: Page) -> None:
    whole = page("/search/?q=loans+OR+Iceland")
    assert whole.one("h1").text == "3 programmes have loans"
    assert "Iceland A country; no programme is from there" in whole.one(".asked").text
    assert whole.all(".result")


@pytest.mark.parametrize("q", ["japan", "Türkiye", "TURKIYE"])
def test_a_name_in_another_case_is_the_same_name(q: str, page: Page) -> None:
    assert ", read as" not in page(f"/search/?q={quote(q)}").one("main").text


@pytest.mark.parametrize("q", ["venture+capital+loans+Iceland", "clusters", "xyzzy", "patents", "JP"])
def test_that_nothing_was_corrected_or_left_out_is_said_where_it_is_true(q: str, page: Page) -> None:
    line = page(f"/search/?q={q}").one(".understood")
    assert "Nothing was corrected or left out." in line.text
    assert line.links()["/search/"] == "How search works"


@pytest.mark.parametrize("path", ["/search/?q=certifcation", "/search/?q=the+clusters", "/programmes/", "/search/"])
def test_that_nothing_was_corrected_or_left_out_is_not_said_where_it_is_not_true(path: str, page: Page) -> None:
    assert "Nothing was corrected" not in page(path).text


def test_a_word_answered_by_a_term_is_said(page: Page) -> None:
    line = page("/search/?q=patents").one(".understood").text
    assert "Also searched: patents, as the term Patents and registration." in line


def test_words_that_no_programme_quotes_are_not_claimed_but_their_term_is(page: Page) -> None:
    whole = page("/search/?q=ISO+9000")
    assert whole.one("h1").text == "7 programmes have the term Standards and quality"
    sentence = "No programme quotes ISO 9000: it is read as the term Standards and quality."
    assert sentence in whole.one(".understood").text
    assert "Also searched" not in whole.text
    assert sentence in page("/programmes/?q=ISO+9000").one(".understood").text


def test_words_that_others_quote_are_not_claimed_of_those_that_have_the_term(page: Page) -> None:
    whole = page("/search/?q=loans+Austria")
    assert whole.one("h1").text == "1 programme has Austria and the term Loan or credit"
    assert "It does not quote loans: it is read as the term Loan or credit." in whole.one(".understood").text


def test_many_programmes_are_counted_the_first_shown_and_the_list_linked(page: Page) -> None:
    whole = page("/search/?q=sme")
    assert whole.one("h1 .number-of").text == page("/programmes/?q=sme").one("h1 .number-of").text
    links = {address: text for address, text in whole.links().items() if address == "/programmes/?q=sme"}
    assert "in the list, here the first 20" in links["/programmes/?q=sme"]
    assert len(whole.all(".result")) == 20


@pytest.mark.parametrize("q", ["{}", "clusters {}", "clusters -{}", "loans {} OR Iceland", "{}!", "“{}”"])
@pytest.mark.parametrize("path", ["/search/", "/programmes/"])
def test_a_very_long_word_is_cut_everywhere_but_in_the_box(path: str, q: str, page: Page) -> None:
    word = "x" * 1900
    whole = page(f"{path}?q={quote(q.format(word))}")
    shown = [whole.one("title"), *whole.all("h1, h2, .chips, .asked, .understood, .partial, .drops")]
    assert any("xxx…" in part.text for part in shown)
    assert not any("x" * 60 in part.text for part in shown)
    assert all(word in box["value"] for box in whole.all("main input[name=q]"))


def test_what_nothing_has_is_said_and_there_is_a_next_step(page: Page) -> None:
    whole = page("/search/?q=xyzzy")
    assert whole.one("h1").text == "No programme has xyzzy"
    assert "Not a word of the catalogue; no programme has it" in whole.one(".asked").text
    assert {"/programmes/", "/recommendations/", "/countries/"} <= set(whole.one("main").links())


def test_the_page_has_one_search_box(page: Page) -> None:
    assert len(page("/search/?q=clusters").all("input[type=search][name=q]")) == 1
    assert len(page("/search/").all("input[type=search][name=q]")) == 1


@pytest.mark.parametrize("path", ["/", "/about/", "/countries/JP/", "/programmes/"])
def test_every_search_box_but_that_of_the_list_leads_to_the_search(path: str, page: Page) -> None:
    boxes = page(path).all("form[data-suggest]")
    assert boxes
    assert {(box["action"], box["data-suggest"]) for box in boxes} == {("/search/", "/search/suggest")}
    assert len(boxes) == (2 if path == "/" else 1)


@pytest.mark.parametrize("path", ["/search/", "/search/?q=", "/search/?q=+"])
def test_nothing_asked(path: str, page: Page) -> None:
    whole = page(path)
    assert "Every word must be there" in whole.text
    assert whole.one("h1").text == "Search"
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
    none = page("/search/?q=women+entrepreneurs").one("main")
    assert none.one("h1").text == "No programme quotes women entrepreneurs"
    assert "A term of the vocabulary; no programme quotes it" in none.text
    assert "Women entrepreneurs no programme recorded" in none.text
