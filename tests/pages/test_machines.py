"""/sitemap.xml, /robots.txt, /opensearch.xml, and how written pages are cited."""

from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
import rispy
from django.test import Client

from gvc_catalogue.formats.citations.site import PAGES
from gvc_catalogue.site.views import discovery
from programmes.models import Country, Programme
from recommendations.models import Recommendation
from tests.factories import make_many_programmes

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def read(client: Client, address: str) -> Any:
    response: Any = client.get(address)
    assert response.status_code == 200, address
    return ElementTree.fromstring(response.getvalue())  # noqa: S314 (our own)


def addresses(client: Client, address: str) -> list[str]:
    return [element.text.removeprefix(SITE) for element in read(client, address).iter() if element.tag.endswith("loc")]


def test_the_sitemap_has_every_page(client: Client) -> None:
    parts = addresses(client, "/sitemap.xml")
    assert parts == ["/sitemap-pages.xml", "/sitemap-programmes-1.xml"]
    named = [address for part in parts for address in addresses(client, part)]
    assert len(named) == len(set(named))
    kinds: tuple[Any, ...] = (Programme, Recommendation, Country)
    assert {record.get_absolute_url() for kind in kinds for record in kind.objects.all()} < set(named)
    for address in named:
        assert client.get(address).status_code == 200, address


def test_no_part_of_it_is_larger_than_may_be(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "MOST", 50)
    make_many_programmes(40)
    parts = addresses(client, "/sitemap.xml")[1:]
    assert [len(addresses(client, part)) for part in parts] == [50, 50, 7]
    assert client.get("/sitemap-programmes-4.xml").status_code == 404
    for number in ("0", "9" * 30):
        assert client.get(f"/sitemap-programmes-{number}.xml").status_code == 404


def test_robots_may_read_all_that_is_published(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    assert robots.can_fetch("*", "/programmes/?country=JP")
    assert not robots.can_fetch("*", "/admin/")


def test_browsers_learn_how_to_search(client: Client) -> None:
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    urls = {
        url.get("type"): url.get("template")
        for url in read(client, "/opensearch.xml").iter()
        if url.tag.endswith("Url")
    }
    assert client.get(urls["text/html"].removeprefix(SITE).replace("{searchTerms}", "sme")).status_code == 200
    found = client.get(urls["application/x-suggestions+json"].removeprefix(SITE).replace("{searchTerms}", "trade"))
    assert found.json()[0] == "trade"


@pytest.mark.parametrize("name", PAGES)
def test_each_written_page_is_a_reference(name: str, client: Client) -> None:
    response: Any = client.get(f"/citations/{name}.ris")
    (record,) = rispy.loads(response.getvalue().decode())
    assert (record["id"], record["urls"]) == (f"page:{name}", [f"{SITE}/{name}/"])
    assert client.get(f"/{name}/").status_code == 200
    assert client.get(f"/citations/{name}.bib").status_code == 200


def test_a_page_that_is_none_cannot_be_cited(client: Client) -> None:
    response = client.get("/citations/none.bib")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
