"""/about/, /accessibility/, /privacy/."""

from programmes.models import Example

from .conftest import Page


def test_about_names_every_uncertain_place_with_its_reason(page: Page) -> None:
    whole = page("/about/")
    inferred = Example.objects.filter(placed_by_inference=True)
    assert f"These are {len(inferred)}:" in whole.text
    for example in inferred:
        assert example.reason in whole.text


def test_about_says_whose_the_text_is(page: Page) -> None:
    text = page("/about/").text
    assert "The text of the Action Statement is the OECD’s." in text
    assert "MIT licence" in text


def test_about_leads_to_all_data(page: Page) -> None:
    links = set(page("/about/").links())
    for name in ("examples", "recommendations", "programmes"):
        assert {f"/{name}.csv", f"/{name}.json"} <= links


def test_every_page_leads_to_the_statements_about_the_catalogue(page: Page) -> None:
    for path in ("/", "/programmes/", "/about/"):
        assert {"/about/", "/api/", "/accessibility/", "/privacy/"} <= set(page(path).one("footer").links())


def test_accessibility_names_the_standard_and_what_is_imperfect(page: Page) -> None:
    text = page("/accessibility/").text
    assert "Web Content Accessibility Guidelines 2.2 at level AA" in text
    assert "What we know to be imperfect" in text


def test_privacy_says_that_there_is_no_cookie(page: Page) -> None:
    assert "No cookie is set for readers" in page("/privacy/").text
