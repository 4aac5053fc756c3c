"""What became of a programme and where it stands elsewhere: on its page, in briefs, and for programs."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gvc_catalogue.web.safe_url import safe_url
from programmes.models import Link, LinkKind, Programme, Status
from programmes.presentation.status_and_links import external_links
from tests.factories import make_programme
from tests.pages.reading import Element, read

pytestmark = pytest.mark.django_db

HOSTILE = [
    "javascript:alert(1)",
    "JavaScript://example.org/%0aalert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "//example.org/",
    "/admin/",
    "https:///path",
    "https://exa mple.org/",
    "https://example.org/\n",
    "https://[broken/",
    "ftp://example.org/",
    "",
]


def checked(slug: str = "rosettanet", **fields: Any) -> Programme:
    programme = Programme.objects.get(slug=slug)
    for name, value in ({"status": Status.RUNNING, "checked_on": date(2026, 11, 25)} | fields).items():
        setattr(programme, name, value)
    programme.save()
    return programme


def page(client: Client, address: str = "/programmes/rosettanet/") -> Element:
    return read(client.get(address).content.decode())


def brief(client: Client) -> str:
    return client.get("/brief.md?programme=rosettanet").content.decode()


def test_what_nobody_looked_up_says_so_and_has_no_link(client: Client) -> None:
    life = page(client).one(".life")
    assert life.text == "Not yet checked. Nobody has looked up yet what became of it since it was described."
    assert not life.links()
    assert "Not yet checked. Nobody has looked up yet" in brief(client)
    assert page(client, "/brief/?programme=rosettanet").all(".life")[0].text == life.text


def test_a_brief_tells_it_once_where_the_programme_stands_in_several_rows(client: Client) -> None:
    checked()
    whole = page(client, "/brief/?programme=rosettanet")
    assert len(whole.all(".brief-entry")) == 2
    assert [life.text for life in whole.all(".life")] == ["Running, looked up on 25 November 2026."]
    assert brief(client).count("looked up on") == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.RENAMED, "Renamed, looked up on 25 November 2026. It is now called Fairs."),
        (Status.MERGED, "Merged into another, looked up on 25 November 2026. It is part of Fairs."),
        (Status.ENDED, "Ended, looked up on 25 November 2026. Its successor is Fairs."),
    ],
)
def test_what_became_of_it_and_when_that_was_looked_up_lead_to_its_successor(
    status: Status, said: str, client: Client
) -> None:
    checked(status=status, successor=make_programme("fairs", name="Fairs"))
    life = page(client).one(".life")
    assert life.text == said
    assert life.links() == {"/programmes/fairs/": "Fairs"}
    assert said.replace("Fairs", "[Fairs](http://testserver/programmes/fairs/)") in brief(client)


def test_links_say_what_they_lead_to_and_in_which_language(client: Client) -> None:
    programme = checked()
    programme.links.create(url="https://example.org/fairs", title="Foires", language="fr")
    programme.links.create(url="https://archive.example/fairs", kind=LinkKind.ARCHIVED)
    life = page(client).one(".life")
    assert [line.text for line in life.all("li")] == [
        "Official page Foires example.org, in French",
        "Archived copy archive.example",
    ]
    first = life.all("a")[0]
    assert (first["hreflang"], first["lang"]) == ("fr", "fr")
    assert {link["rel"] for link in life.all("a")} == {"external nofollow noopener noreferrer"}
    assert "- Official page: [Foires](https://example.org/fairs) (example.org, in French)" in brief(client)


def test_programs_are_told_the_official_page_and_evaluations(client: Client) -> None:
    programme = checked()
    programme.links.create(url="https://example.org/fairs")
    programme.links.create(url="https://example.org/report", kind=LinkKind.EVALUATION)
    things = [json.loads(s.get_text()) for s in page(client).all("script[type='application/ld+json']")]
    (about,) = [thing["about"] for thing in things if "about" in thing]
    assert about["sameAs"] == ["https://example.org/fairs"]
    assert about["subjectOf"] == [{"@type": "Report", "url": "https://example.org/report"}]


@pytest.mark.parametrize("url", HOSTILE)
def test_what_is_no_address_of_the_web_is_no_link_however_it_came_to_be_stored(url: str, client: Client) -> None:
    assert safe_url(url) == ""
    assert external_links({"kind": "official", "url": url, "title": "x", "language": ""}) is None
    programme = checked()
    stored = [Link(programme=programme, url=url, title="Xyzzy"), Link(programme=programme, url="https://example.org/")]
    Link.objects.bulk_create(stored)
    for address in ("/programmes/rosettanet/", "/brief/?programme=rosettanet"):
        whole = page(client, address)
        assert all(life.links() == {"https://example.org/": "example.org"} for life in whole.all(".life"))
        assert "Xyzzy" not in client.get(address).content.decode()
    assert "Xyzzy" not in brief(client)


def test_a_link_is_text_whatever_it_says(client: Client) -> None:
    programme = checked()
    programme.links.create(url='https://example.org/?a="&b=1', title="<b>&amp;</b>", language="xx")
    # A quotation mark has no place in an address; what a title says is text.
    assert not page(client).one(".life").links()
    programme.links.all().delete()
    programme.links.create(url="https://example.org/?a=1&b=2", title="<b>&amp;</b>", language="xx")
    (link,) = page(client).one(".life").all("a")
    assert (link["href"], link.text, link["hreflang"]) == ("https://example.org/?a=1&b=2", "<b>&amp;</b>", "xx")
