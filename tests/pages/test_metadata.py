"""What a page says to programs: its address, how it is cited, what it is, how it looks when it is shared."""

import json
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from gvc_catalogue.search_index.sync import revision
from tests.factories import make_example, make_programme
from tests.reading_files import read_whole

from .conftest import Page
from .kinds import PAGES
from .reading import Element

CITED = [
    "/programmes/",
    "/programmes/?country=JP&q=sme",
    "/programmes/rosettanet/",
    "/recommendations/",
    "/recommendations/?category=2",
    "/recommendations/2.6/",
    "/countries/",
    "/countries/JP/",
    "/statement/",
    "/about/",
]
SITE = "http://testserver"


def things(whole: Element) -> list[dict[str, Any]]:
    """All that a page says in JSON-LD."""
    said = [json.loads(e.get_text()) for e in whole.all("script[type='application/ld+json']")]
    return [thing for each in said for thing in each.get("@graph", [each])]


def named(whole: Element, name: str) -> list[str]:
    """The contents of a page's meta tags of this name."""
    return [tag["content"] for tag in whole.all("meta") if name in tag.attrs.values()]


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/", "/"),
        ("/programmes/", "/programmes/"),
        ("/programmes/?page=1&q=&colour=red&sort=", "/programmes/"),
        ("/programmes/?sort=name", "/programmes/"),
        ("/programmes/?sort=relevance&q=sme", "/programmes/?q=sme"),
        ("/programmes/?page=2&sort=country&country=", "/programmes/?sort=country&page=2"),
        ("/programmes/?region=asia&country=JP&country=JP&q=sme", "/programmes/?q=sme&country=JP&region=asia"),
        ("/programmes/?country=XX&category=1", "/programmes/?category=1"),
        ("/programmes/rosettanet/?country=&sort=name&page=3", "/programmes/rosettanet/"),
        ("/recommendations/?country=CZ&category=2&a=b", "/recommendations/?category=2&country=CZ"),
        ("/recommendations/2.1/?a=b", "/recommendations/2.1/"),
        ("/search/?q=sme+%26+%22a%22&a=b", "/search/?q=sme+%26+%22a%22"),
        ("/evidence-map/?country=JP&country=&a=b", "/evidence-map/?country=JP"),
        ("/countries/JP/", "/countries/JP/"),
        ("/compare/?a=b&country=JP&country=MX", "/compare/?country=JP&country=MX"),
        ("/brief/?programme=rosettanet&a=b", "/brief/?programme=rosettanet"),
        ("/programmes/?country=JP&programme=covisint", "/programmes/?country=JP"),
        ("/statement/", "/statement/"),
    ],
)
def test_each_page_has_one_address_that_counts(path: str, canonical: str, page: Page) -> None:
    whole = page(path)
    assert whole.one("link[rel=canonical]")["href"] == f"{SITE}{canonical}"
    assert named(whole, "og:url") == [f"{SITE}{canonical}"]
    assert page(canonical).one("link[rel=canonical]")["href"] == f"{SITE}{canonical}"


@pytest.mark.parametrize("path", PAGES)
def test_each_page_says_what_is_shown_when_it_is_shared(path: str, page: Page) -> None:
    whole = page(path)
    assert named(whole, "og:title") == [whole.one("head title").text]
    assert named(whole, "og:description") == named(whole, "description")
    assert named(whole, "og:image") == [f"{SITE}/static/img/share.png"]


def test_the_picture_is_as_large_as_is_said() -> None:
    with open(str(finders.find("img/share.png")), "rb") as picture:
        header = picture.read(24)
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (1200, 630)


@pytest.mark.parametrize("path", CITED)
def test_it_is_cited_with_its_revision_and_its_files(path: str, page: Page, client: Client) -> None:
    whole = page(path)
    text = whole.one("details.cite").text
    canonical = whole.one("link[rel=canonical]")["href"]
    assert text.startswith("Cite this ")
    assert f"(Version {revision.current_revision().number})" in text
    assert f", from {canonical} This" in text
    assert named(whole, "citation_public_url") == named(whole, "DC.identifier") == [canonical]
    assert named(whole, "citation_title") == named(whole, "DC.title") != []
    for link in whole.one("details.cite").links():
        assert read_whole(client, link)
        assert canonical.partition("?")[2] == link.partition("?")[2]


def test_a_page_that_is_not_there_says_nothing_of_itself(page: Page) -> None:
    for path in ("/nothing/", "/programmes/?page=99"):
        whole = page(path, 404)
        assert not whole.all("link[rel=canonical]")
        assert not things(whole)
        assert named(whole, "robots") == ["noindex"]


def test_the_first_page_is_a_site_with_a_search_and_a_dataset(page: Page) -> None:
    site, data = things(page("/"))
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/search/?q={{q}}"
    assert (data["@type"], data["url"]) == ("Dataset", f"{SITE}/programmes/")
    assert "67 programmes" in data["description"]


def test_a_list_is_a_dataset_whose_files_are_the_list(page: Page, client: Client) -> None:
    (data,) = things(page("/programmes/?country=JP&sort=country&page=1"))
    assert (data["@type"], data["name"]) == ("Dataset", "Programmes in Japan")
    files = {file["encodingFormat"]: file["contentUrl"] for file in data["distribution"]}
    assert {"text/csv", "application/json"} < set(files)
    assert len(files) == 5
    for url in files.values():
        assert url.endswith("?country=JP&sort=country")
        assert read_whole(client, url.removeprefix(SITE))
    (recommendations,) = things(page("/recommendations/?category=2"))
    assert recommendations["distribution"][0]["contentUrl"] == f"{SITE}/recommendations.csv?category=2"


def test_a_programme_is_a_work_about_a_service(page: Page) -> None:
    work, way = things(page("/programmes/grants-for-cluster-infrastructure/"))
    assert (work["@type"], work["about"]["@type"]) == ("CreativeWork", "GovernmentService")
    assert work["about"]["provider"] == {"@type": "GovernmentOrganization", "name": "Government of Czechia"}
    assert work["about"]["areaServed"] == [{"@type": "Country", "name": "Czechia", "identifier": "CZ"}]
    assert [step["name"] for step in way["itemListElement"]] == ["Programmes", "Grants for cluster infrastructure"]
    assert things(page("/programmes/rosettanet/"))[0]["about"]["@type"] == "Service"


@pytest.mark.parametrize("path", ["/recommendations/2.1/", "/countries/JP/", "/programmes/covisint/"])
def test_the_way_to_a_page_is_said_to_programs_too(path: str, page: Page) -> None:
    whole = page(path)
    (way,) = [thing for thing in things(whole) if thing["@type"] == "BreadcrumbList"]
    said = {step["item"]: step["name"] for step in way["itemListElement"] if "item" in step}
    assert said == {f"{SITE}{url}": text for url, text in whole.one("nav.breadcrumb").links().items()}


def test_what_a_curator_types_stays_a_text(client: Client, catalogue: None) -> None:
    name = "</script><script>alert(1)</script> & “x”"
    make_example("2.6", make_programme("odd", name=name), text="<!-- </SCRIPT> -->")
    for path in ("/programmes/odd/", "/programmes/?q=%3C%2Fscript%3E%3Cb%3E"):
        text = client.get(path).content.decode()
        assert "<script>alert" not in text
        assert "<!-- </" not in text
        assert "</script><b>" not in text


def test_a_list_leads_feed_readers_to_its_own_feed(page: Page) -> None:
    link = page("/programmes/?country=JP&sort=country&page=1").one("link[rel=alternate]")
    assert (link["href"], link["type"]) == ("/feeds/programmes.atom?country=JP", "application/atom+xml")
