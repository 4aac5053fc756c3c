"""What holds on every page: its words, its headings, its links, what is quoted and what is not."""

import json
import re

import html5lib
import pytest
from django.test import Client

from programmes.models import Classification, Country, Example, Programme, RecommendationTopic
from recommendations.models import Category, Passage, Recommendation

from .conftest import Page
from .kinds import PAGES
from .reading import Element

# A blank before a comma, or inside a bracket or quotation mark.
STRAY = re.compile(r"\S* [,.;:?!)”](?:\s|$)|[(“] \S*")
POLICY = "default-src 'none'"
# What a page names and no browser loads of itself.
NAMED_ONLY = ("canonical", "alternate", "search", "schema.DC")


@pytest.mark.parametrize("path", PAGES)
def test_its_syntax_is_that_of_html_5(path: str, client: Client, catalogue: None) -> None:
    html5lib.HTMLParser(strict=True).parse(client.get(path).content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_it_is_well_formed(path: str, page: Page) -> None:
    whole = page(path)
    ids = [element["id"] for element in whole.all("[id]")]
    assert len(ids) == len(set(ids)), "an anchor stands twice"
    headings = [int(heading.name[1]) for heading in whole.all("h1, h2, h3, h4, h5, h6")]
    assert headings.count(1) == 1
    steps = zip([0, *headings], headings, strict=False)
    assert all(deeper <= before + 1 for before, deeper in steps), f"a level of headings is left out: {headings}"
    for field in [*whole.all("input"), *whole.all("select")]:
        if field.get("type") == "hidden":
            continue
        named = field.get("id") in {label.get("for") for label in whole.all("label")}
        assert named or field.find_parent("label"), f"{field} has no label"
    assert whole.one("html")["lang"] == "en"
    assert whole.one("main")["id"] == "main"
    assert whole.all("a[href]")[0]["href"] == "#main"


@pytest.mark.parametrize("path", PAGES)
def test_no_blank_stands_where_none_belongs(path: str, page: Page) -> None:
    for line in page(path).one("main").lines:
        assert not STRAY.search(line), line


@pytest.mark.parametrize("path", PAGES)
def test_links_within_the_page_lead_somewhere(path: str, page: Page) -> None:
    whole = page(path)
    for link in whole.links():
        if link.startswith("#"):
            assert whole.anchor(link.removeprefix("#"))


@pytest.fixture
def printed(catalogue: None) -> set[str]:
    """All that the statement says, piece by piece."""
    texts = {text for model in (Example, Passage) for text in model._default_manager.values_list("text", flat=True)}
    for wording in Recommendation.objects.values_list("text", "annex_text"):
        texts |= set(wording)
    for title in Category.objects.values_list("title", "annex_title"):
        texts |= set(title)
    # Parts of the quotations, as check_catalogue verifies.
    for model in (Classification, RecommendationTopic):
        texts |= set(model._default_manager.values_list("words", flat=True))
    return texts | set(Country.objects.values_list("name_in_source", flat=True))


@pytest.mark.parametrize("path", PAGES)
def test_what_is_quoted_is_the_statements(path: str, page: Page, printed: set[str]) -> None:
    for element in [*page(path).all("blockquote"), *page(path).all("p.quoted"), *page(path).all("span.quoted")]:
        if not element.all("del, ins"):
            assert element.text.strip("“”") in printed


# The statement is all quotation; JSON has quotation marks of its own.
@pytest.mark.parametrize("path", sorted(set(PAGES) - {"/statement/", "/api/"}))
def test_what_is_the_statements_is_quoted(path: str, page: Page) -> None:
    text = page(path).one("main").text
    quotations = set(Example.objects.values_list("text", flat=True))
    quotations |= set(Recommendation.objects.values_list("text", flat=True))
    for quotation in quotations:
        for found in re.finditer(re.escape(quotation), text):
            around = text[found.start() - 1] + text[found.end() : found.end() + 1]
            part_of_another = any(quotation in other for other in quotations - {quotation})
            assert around == "“”" or part_of_another, f"{around}: {quotation}"


@pytest.mark.parametrize("path", PAGES)
def test_what_is_ours_is_not_quoted(path: str, page: Page, printed: set[str]) -> None:
    whole = page(path)
    ours = set(Recommendation.objects.values_list("title", flat=True)) | set(
        Programme.objects.values_list("name", flat=True)
    )
    ours |= set(Category.objects.values_list("short_title", flat=True))
    ours -= printed
    quoted = {element.text.strip("“”") for element in [*whole.all("blockquote"), *whole.all(".quoted")]}
    assert not ours & quoted
    text = whole.text
    assert not [title for title in ours if f"“{title}”" in text]


@pytest.mark.parametrize("path", PAGES)
def test_an_example_that_was_placed_by_inference_says_so_and_why(path: str, page: Page) -> None:
    whole = page(path)
    for example in Example.objects.filter(placed_by_inference=True):
        for place in [element for element in whole.all("blockquote") + whole.all("li") if shows(element, example)]:
            near = place.css.closest("article, li, td")
            assert near
            assert "by inference" in near.text
            assert example.reason in near.text


def shows(element: Element, example: Example) -> bool:
    """Whether it is the quotation itself, not something around it."""
    return element.text.startswith((f"“{example.text}", example.text))


@pytest.mark.parametrize("path", PAGES)
def test_readers_get_no_cookie_and_a_strict_policy(path: str, client: Client, catalogue: None) -> None:
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    directives = response["Content-Security-Policy"].split("; ")
    assert POLICY in directives
    assert all("unsafe" not in directive and "http" not in directive for directive in directives)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_comes_from_elsewhere_and_nothing_runs_in_the_page(path: str, page: Page) -> None:
    whole = page(path)
    fetched = [link["href"] for link in whole.all("link") if link["rel"] not in NAMED_ONLY]
    assert all(source.startswith("/static/") for source in [*(e["src"] for e in whole.all("[src]")), *fetched])
    for script in whole.all("script"):
        if script.get("type") == "application/ld+json":
            assert json.loads(script.get_text())["@context"] == "https://schema.org"
        else:
            assert not script.contents
    assert not whole.all("style")
    assert not [e for e in whole.all("*") if any(a == "style" or a.startswith("on") for a in e.attrs)]


def test_titles_tell_pages_apart(page: Page) -> None:
    titles = [page(path).one("head title").text for path in PAGES if "page=2" not in path]
    doubled = {title for title in titles if titles.count(title) > 1}
    assert doubled <= {f"Nothing to {what} · GVC Policy Catalogue" for what in ("show", "compare")}


@pytest.mark.parametrize("path", PAGES)
def test_the_navigation_marks_where_one_is(path: str, page: Page) -> None:
    section = path.split("/")[1]
    current = [link["href"] for link in page(path).all(".site-nav a[aria-current]")]
    assert current == (
        [f"/{section}/"]
        if section in ("recommendations", "programmes", "countries", "evidence-map", "statement")
        else []
    )
