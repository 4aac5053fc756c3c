"""A draft shows nowhere public, in no format; nor does what was withdrawn, but for that it was.

Every address of the catalogue is asked, and a word that stands in each field of each draft is found in none.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from gvc_catalogue.formats.citations.site import PAGES
from programmes.editing import workflow
from programmes.models import (
    Country,
    Example,
    ExampleDraft,
    LinkCheck,
    Organisation,
    Outcome,
    Programme,
    ProgrammeDraft,
    Receipt,
    Source,
    Status,
    Suggestion,
)
from recommendations.models import Recommendation
from tests.factories import make_organisation, make_source

from . import kinds

pytestmark = [pytest.mark.both, pytest.mark.django_db]

# Begins each word that readers may not meet; nothing in the catalogue is like it.
WORD = "qzxv"
# What was withdrawn is named where that is told, and nowhere else.
NAME = "plughwyrm"
TOLD = ["/changes/", "/feeds/changes.atom", "/programmes/plughwyrm/history/"]
POSITIONS = count(9_000)
# Answered by staff alone, or to them.
CURATORS = ("admin",)
RECORDS = [
    *(f"/programmes/rosettanet{ending}" for ending in ("/", "/history/", ".json", ".bib", ".ris")),
    *(f"/recommendations/{number}{end}" for number in ("2.2", "2.7") for end in ("/", ".json", ".bib", ".ris")),
    *(f"/countries/JP{ending}" for ending in ("/", ".bib", ".ris")),
    *(f"/api/v1/{path}" for path in ("programmes/rosettanet", "countries/JP", "recommendations/2.2")),
]
LISTS = [
    *(f"/programmes.{form}" for form in ("json", "csv", "xlsx", "bib", "ris")),
    *(f"/programmes.json?page={number}" for number in (2, 3, 4)),
    *(f"/programmes/?page={number}" for number in (2, 3, 4)),
    *(f"/citations/programmes.{form}?country=JP" for form in ("bib", "ris")),
    *(f"/recommendations.{form}" for form in ("json", "csv", "xlsx", "bib", "ris")),
    *(f"/citations/recommendations.{form}" for form in ("bib", "ris")),
    *(f"/citations/{name}.{form}" for name in PAGES for form in ("bib", "ris")),
    *("/examples.json", "/examples.csv", "/evidence-map.csv", "/brief.md?programme=rosettanet&programme=covisint"),
    *("/feeds/programmes.atom", "/feeds/programmes.atom?page=2", "/feeds/changes.atom"),
    *("/sitemap.xml", "/sitemap-pages.xml", "/sitemap-programmes-1.xml", "/robots.txt", "/opensearch.xml"),
    *("/health/live", "/health/ready"),
    *(f"/api/v1/{name}" for name in ("programmes", "recommendations", "categories", "countries", "providers")),
    *("/api/v1/examples", "/api/v1/examples?page=2", "/api/v1/examples?page=4", "/api/v1/openapi.json"),
    "/api/v1/providers?page=2",
    *(f"/search/suggest?q=ro{form}" for form in ("", "&form=opensearch")),
]
ADDRESSES = [*dict.fromkeys([*kinds.PAGES, *RECORDS, *LISTS])]


def word(field: str) -> str:
    """The word of a field."""
    return f"{WORD}{field}"


def texts(*fields: str) -> dict[str, str]:
    return {field: f"It is {word(field)}." for field in fields}


class Refers:
    """What records refer to: used by nothing that is published."""

    def __init__(self) -> None:
        self.provider = make_organisation(word("provider"))
        self.partner = make_organisation(word("partner"))
        self.source = make_source(title=word("source"), url=f"https://{word('source')}.example/", date=date(2010, 1, 1))
        self.receipt = Receipt.objects.create(file_name=word("file"), reason=word("receipt"))


def programme_draft(refers: Refers, slug: str, **fields: Any) -> ProgrammeDraft:
    """A draft of a programme with a word in every field, a link, and an example."""
    known = {"provider": refers.provider, "status": Status.RENAMED, "checked_on": date(1999, 9, 9)}
    known |= texts("name", "why", "note") | {"receipt": refers.receipt}
    draft = ProgrammeDraft.objects.create(slug=slug, **known | fields)
    draft.countries.add(Country.objects.get(code="JP"))
    draft.partners.add(refers.partner)
    draft.links.create(url=f"https://{word('link')}.example/", title=word("title"), language="pt-BR")
    example_draft(refers, programme_draft=draft)
    return draft


def example_draft(refers: Refers, **fields: Any) -> ExampleDraft:
    known = {"recommendation": Recommendation.objects.get(number="2.2"), "placed_by_inference": True}
    known |= {"position": next(POSITIONS), "source": refers.source}
    return ExampleDraft.objects.create(**known | texts("text", "reason", "why", "note") | fields)


def beside(record: Programme | Example, refers: Refers, **fields: Any) -> None:
    """A change beside a published record, in review, with a word in every text."""
    draft = workflow.begin(record, None)
    more = texts("why") | ({"status": Status.ENDED, "checked_on": date(1999, 9, 9)} if "name" in fields else {})
    type(draft).objects.filter(pk=draft.pk).update(receipt=refers.receipt, **fields, **more)
    draft = type(draft).objects.get(pk=draft.pk)
    workflow.submit(draft)
    workflow.send_back(draft, word("note"))
    workflow.submit(draft)


def begin_all(refers: Refers) -> None:
    """Drafts of every kind and state."""
    rosettanet = Programme.objects.get(slug="rosettanet")
    programme_draft(refers, word("slug"))
    workflow.submit(programme_draft(refers, word("review")))
    beside(rosettanet, refers, slug=word("changed"), provider=refers.provider, **texts("name"))
    draft = ProgrammeDraft.objects.get(key=rosettanet.pk)
    draft.links.create(url=f"https://{word('link')}.example/")
    draft.partners.add(refers.partner)
    workflow.submit(example_draft(refers))
    example_draft(refers).programmes.add(rosettanet)
    beside(rosettanet.examples.all()[0], refers, source=refers.source, **texts("text", "reason"))
    said = texts("text", "evidence", "answer")
    Suggestion.objects.create(programme=rosettanet, programme_name=word("named"), **said)
    checked = {"outcome": Outcome.FAILS, "note": word("check"), "checked_at": datetime.now(UTC)}
    LinkCheck.objects.create(url=f"https://{word('check')}.example/", moved_to=word("moved"), **checked)


def published(refers: Refers) -> tuple[Programme, Example]:
    """A programme with a word in every field but its name and address, changed once; and an example of another."""
    draft = programme_draft(refers, NAME, name=NAME, why="New.", status=Status.NOT_YET_CHECKED, checked_on=None)
    ExampleDraft.objects.filter(programme_draft=draft).update(why="New.")
    workflow.publish(draft, None)
    programme = Programme.objects.get(slug=NAME)
    workflow.begin(programme, None)
    change = ProgrammeDraft.objects.get(key=programme.pk)
    ProgrammeDraft.objects.filter(pk=change.pk).update(why="Looked up.", status=Status.ENDED, checked_on="1999-09-09")
    change.links.create(url=f"https://{word('second')}.example/")
    workflow.publish(ProgrammeDraft.objects.get(pk=change.pk), None)
    other = example_draft(refers, why="New.")
    other.programmes.add(Programme.objects.get(slug="rosettanet"))
    version = workflow.publish(other, None)
    return programme, Example.objects.get(pk=version.key)


def whole(client: Client, address: str, tag: str = "") -> tuple[Any, bytes]:
    """What an address answers to who has the page with this tag, read to its end."""
    response: Any = client.get(address, headers={"If-None-Match": tag} if tag else None)
    return response, bytes(response.getvalue())


def asked(client: Client, address: str) -> str:
    """All that an address answers, its headers too; a workbook unpacked."""
    response, content = whole(client, address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{content.decode('utf-8', 'replace')}".lower()


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif str(pattern.pattern).split("/")[0] not in CURATORS:
            yield from patterns(pattern)


def test_every_address_of_the_catalogue_is_asked() -> None:
    views = {
        (resolve(address.partition("?")[0]).func, resolve(address.partition("?")[0]).route) for address in ADDRESSES
    }
    known = {(pattern.callback, pattern) for pattern in patterns(get_resolver())}
    unasked = [str(pattern.pattern) for callback, pattern in known if callback not in {view for view, _ in views}]
    missing = [route for route in unasked if not route.startswith("admin/")]
    # The pages of curators are for nobody else; the tests of the admin try them.
    assert sorted(missing) == []


def test_a_draft_shows_nowhere_in_any_format(client: Client) -> None:
    begin_all(Refers())
    for address in ADDRESSES:
        text = asked(client, address)
        assert WORD not in text, f"{address}: {around(text, WORD)}"
        assert not re.search("1999-09-09|9 september 1999", text), address


def test_a_draft_is_not_found_by_any_word_nor_by_its_address(client: Client) -> None:
    begin_all(Refers())
    for field in ("name", "text", "provider", "partner", "slug", "source", "reason", "link", "title"):
        for query in (word(field), word(field)[:-1], f'"{word(field)}"'):
            found = client.get("/programmes.json", {"q": query}).json()
            assert found["query"]["corrected"] == {}, query
            assert found["count"] == 0, query
            assert WORD not in str(found["results"])
        assert client.get("/search/suggest", {"q": word(field)[:6]}).json()["suggestions"] == []
    for slug in ("slug", "review", "changed"):
        for ending in ("/", "/history/", ".json", ".bib", ".ris"):
            assert client.get(f"/programmes/{word(slug)}{ending}").status_code == 404
        assert client.get(f"/api/v1/programmes/{word(slug)}").status_code == 404
        assert "There is no programme" in client.get(f"/brief/?programme={word(slug)}").content.decode()
    assert "looked up on" not in client.get("/programmes/rosettanet/").content.decode()


def test_drafting_changes_no_page(client: Client) -> None:
    refers = Refers()
    before = {address: whole(client, address)[0].get("ETag") for address in ADDRESSES}
    begin_all(refers)
    kept = {address: tag for address, tag in before.items() if tag}
    assert len(kept) > len(ADDRESSES) - 10
    for address, tag in kept.items():
        assert whole(client, address, tag)[0].status_code == 304, address


def test_what_is_withdrawn_is_told_by_name_alone_and_no_page_that_was_kept_shows_it(client: Client) -> None:
    programme, example = published(Refers())
    shown = [address for address in ADDRESSES if WORD in asked(client, address)]
    assert len(shown) > 20
    tags = {address: whole(client, address)[0].get("ETag", "") for address in shown}
    workflow.withdraw(programme, None, "It asked to be left out.")
    workflow.withdraw(example, None, "It was no example.")
    for address in [*ADDRESSES, "/programmes/plughwyrm/history/"]:
        assert whole(client, address, tags.get(address, ""))[0].status_code == 200, address
        text = asked(client, address)
        assert WORD not in text, f"{address}: {around(text, WORD)}"
        assert (NAME in text) == (address in TOLD), address
    for address in ("/programmes/plughwyrm/", "/programmes/plughwyrm.json", "/api/v1/programmes/plughwyrm"):
        response = client.get(address)
        assert response.status_code == 410
        assert WORD not in response.content.decode()


def test_nothing_of_a_draft_is_left_when_it_is_deleted(client: Client) -> None:
    begin_all(Refers())
    ProgrammeDraft.objects.all().delete()
    ExampleDraft.objects.all().delete()
    assert Organisation.objects.filter(name=word("provider")).exists()
    assert Source.objects.filter(title=word("source")).exists()
    assert WORD not in asked(client, "/changes/")


def around(text: str, found: str) -> str:
    """Where in a text something was found."""
    place = re.search(re.escape(found), text)
    return text[max(0, place.start() - 150) : place.end() + 50] if place else ""
