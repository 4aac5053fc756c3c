"""/changes/, /feeds/changes.atom and /programmes/<slug>/history/: what readers are told of changes."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from gvc_catalogue.history.models import Action, Version
from programmes.editing import change_log_queries, workflow
from programmes.models import Example, FormerSlug, Programme, ProgrammeDraft, Source, Status
from recommendations.models import Recommendation
from tests.factories import make_example, make_organisation, make_source
from tests.pages.reading import Element, read

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LONG = "It holds fairs for small firms of the region, and pays for their stands, their travel and their interpreters"


@pytest.fixture
def publisher() -> User:
    user = User.objects.create_user("zacharias-the-publisher", is_staff=True)
    user.groups.add(Group.objects.get(name="Publishers"))
    return user


def change(record: Programme | Example, by: User, why: str = "Its own name.", **fields: Any) -> Version:
    """Publish a change of a record."""
    draft = workflow.begin(record, by)
    type(draft).objects.filter(pk=draft.pk).update(why=why, **fields)
    return workflow.publish(type(draft).objects.get(pk=draft.pk), by)


def add(slug: str, by: User, **fields: Any) -> Programme:
    """Publish a new programme."""
    draft = ProgrammeDraft.objects.create(
        slug=slug, **{"name": f"Fairs {slug}", "provider": make_organisation(), "why": "New."} | fields
    )
    workflow.publish(draft, by)
    return Programme.objects.get(slug=slug)


def rosettanet() -> Programme:
    return Programme.objects.get(slug="rosettanet")


def page(client: Client, address: str, status: int = 200) -> Element:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return read(response.content.decode())


def feed(client: Client, address: str = "/feeds/changes.atom") -> Any:
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own)


def of_feed(whole: Any, name: str) -> list[str]:
    return [entry.find(f"{ATOM}{name}").text for entry in whole.findall(f"{ATOM}entry")]


def test_a_catalogue_without_a_change_says_what_it_began_with(client: Client) -> None:
    whole = page(client, "/changes/")
    assert "67 programmes and 64 examples, transcribed from the Action Statement" in whole.one("main").text
    assert of_feed(feed(client), "title") == []
    assert "Nothing has been changed" in page(client, "/programmes/rosettanet/history/").one("main").text


def test_a_new_name_is_told_with_its_reason_and_leads_to_the_record(client: Client, publisher: User) -> None:
    version = change(rosettanet(), publisher, name="RosettaNet standards")
    told = page(client, "/changes/").anchor(f"change-{version.pk}")
    assert told.one("h3 a")["href"] == "/programmes/rosettanet/"
    assert "Changed: Its own name." in told.text
    assert "Name: RosettaNet → RosettaNet standards" in told.text
    assert of_feed(feed(client), "title") == ["RosettaNet standards: changed"]
    assert of_feed(feed(client), "summary") == ["Its own name.<br>\nname: RosettaNet → RosettaNet standards"]


def test_an_example_that_moved_is_told_by_its_recommendations_in_its_programmes_history(
    client: Client, publisher: User
) -> None:
    example = Example.objects.filter(recommendation__number="2.5").first()
    assert example
    row = Recommendation.objects.get(number="2.7")
    change(example, publisher, "Read again.", recommendation=row, position=9)
    programme = example.programmes.get()
    told = page(client, f"/programmes/{programme.slug}/history/").one(".change")
    assert told.text == "Example moved from 2.5 to 2.7 Read again."
    assert f"{programme.name} Example moved from 2.5 to 2.7: Read again." in page(client, "/changes/").one("main").text


def test_long_words_are_compared_word_by_word_and_quoted_where_they_are_a_quotation(
    client: Client, publisher: User
) -> None:
    example = make_example("2.2", rosettanet(), text=f"{LONG}.", source=make_source(date=date(2010, 1, 1)))
    change(example, publisher, "A misprint.", text=f"{LONG} too.")
    told = page(client, "/changes/").one(".change")
    assert told.one("details .quoted").text == f"“{LONG} interpreters. interpreters too.”".replace(
        " interpreters interpreters.", " interpreters."
    )
    assert [told.one("del").text, told.one("ins").text] == ["interpreters.", "interpreters too."]


def test_a_new_programme_is_told_with_its_examples(client: Client, publisher: User) -> None:
    add("fairs", publisher)
    assert [e.text for e in page(client, "/changes/").all(".change")] == ["Fairs fairs Added: New."]


def test_what_is_withdrawn_is_told_by_name_and_reason_and_none_of_its_words(client: Client, publisher: User) -> None:
    programme = add("fairs", publisher)
    change(programme, publisher, "Better known.", name="Xyzzyfairs")
    programme.refresh_from_db()
    change(programme, publisher, "Again.", name="Plughfairs")
    programme.refresh_from_db()
    workflow.withdraw(programme, publisher, "It asked to be left out.")
    for address in ("/changes/", "/feeds/changes.atom", "/programmes/fairs/history/"):
        text = client.get(address).content.decode()
        assert "It asked to be left out." in text, address
        assert "→" not in text, address
    whole = page(client, "/programmes/fairs/history/")
    assert whole.one("meta[name=robots]")["content"].startswith("noindex")
    assert "“Plughfairs” was withdrawn on" in whole.text
    assert "/programmes/fairs/" not in whole.links()
    assert "/programmes/fairs/" not in page(client, "/changes/").links()
    own = feed(client).find(f"{ATOM}entry").find(f"{ATOM}link").get("href").removeprefix("http://testserver")
    address, anchor = own.split("#")
    assert page(client, address).anchor(anchor)


def test_a_programme_that_is_back_tells_all_of_its_history(client: Client, publisher: User) -> None:
    draft = workflow.withdraw(add("fairs", publisher), publisher, "It asked to be left out.")
    ProgrammeDraft.objects.filter(pk=draft.pk).update(why="It asked for it again.")
    workflow.publish(draft, publisher)
    told = [e.one("h3").text for e in page(client, "/programmes/fairs/history/").all(".change")]
    assert told == ["Published again", "Withdrawn", "Added"]
    assert not page(client, "/programmes/fairs/history/").all("meta[name=robots]")


def test_a_former_address_leads_to_the_history_of_todays(client: Client) -> None:
    programme = rosettanet()
    programme.slug = "rosettanet-standards"
    programme.save()
    response = client.get("/programmes/rosettanet/history/")
    assert (response.status_code, response["Location"]) == (301, "/programmes/rosettanet-standards/history/")


def test_a_programme_that_never_was_has_no_history_and_one_that_is_gone_without_says_so(client: Client) -> None:
    page(client, "/programmes/never/history/", 404)
    FormerSlug.objects.create(slug="gone", programme_id=999_999)
    assert "not in the catalogue any more" in page(client, "/programmes/gone/history/", 410).text


def test_what_was_merged_leads_to_what_it_was_merged_into(client: Client, publisher: User) -> None:
    fairs, markets = add("fairs", publisher), add("markets", publisher)
    before = {"name": "Fairs", "slug": "fairs"}
    Version.objects.note(fairs, before, None, action=Action.MERGED, reason="The same.", by=publisher)
    fairs.delete()
    FormerSlug.objects.update_or_create(slug="fairs", defaults={"programme": markets})
    told = page(client, "/changes/").all(".change")[0]
    assert "Merged into another: The same. It is now part of Fairs markets." in told.text
    assert "/programmes/markets/" in told.links()
    assert of_feed(feed(client), "summary")[0] == "The same. It is now part of Fairs markets."
    for ending in ("/", "/history/", ".json", ".bib", ".ris"):
        assert client.get(f"/programmes/fairs{ending}").status_code == 301
        assert client.get(f"/programmes/fairs{ending}")["Location"] == f"/programmes/markets{ending}"
    assert client.get("/api/v1/programmes/fairs")["Location"] == "/api/v1/programmes/markets"


def test_what_was_withdrawn_answers_410_in_every_format_and_says_why(client: Client, publisher: User) -> None:
    workflow.withdraw(add("fairs", publisher), publisher, "It asked to be left out.")
    for ending in ("/", ".json", ".bib", ".ris"):
        response = client.get(f"/programmes/fairs{ending}")
        assert response.status_code == 410, ending
        assert "It asked to be left out." in response.content.decode(), ending
    response = client.get("/api/v1/programmes/fairs")
    assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")


def test_readers_are_never_told_who_changed_or_looked_up(client: Client, publisher: User) -> None:
    change(rosettanet(), publisher, "Looked up.", status=Status.ENDED, checked_on="2026-11-25", checked_by=publisher)
    workflow.withdraw(add("fairs", publisher), publisher, "It asked to be left out.")
    told = page(client, "/programmes/rosettanet/history/").one(".change").text
    assert "Status: Not yet checked → Ended" in told
    assert "Checked on: nothing → 25 November 2026" in told
    for address in (
        "/changes/",
        "/feeds/changes.atom",
        "/programmes/rosettanet/history/",
        "/programmes/rosettanet/",
        "/programmes/rosettanet.json",
        "/programmes/fairs/history/",
        "/programmes/fairs/",
    ):
        text = client.get(address).content.decode().lower()
        assert "zacharias" not in text, address
        assert "checked by" not in text, address


def test_a_draft_is_no_change(client: Client, publisher: User) -> None:
    draft = workflow.begin(rosettanet(), publisher)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="Xyzzynet", why="Xyzzy.")
    for address in ("/changes/", "/feeds/changes.atom", "/programmes/rosettanet/history/"):
        assert "xyzzy" not in client.get(address).content.decode().lower()


def test_what_a_curator_types_is_text_on_the_page_and_in_the_feed(client: Client, publisher: User) -> None:
    change(rosettanet(), publisher, "<script>1</script>\x0b", name="<b>&amp;")
    for address in ("/changes/", "/programmes/rosettanet/history/"):
        whole = page(client, address)
        assert not whole.one("main").all("script")[1:]
        assert "<script>1</script>" in whole.one("main").text
        assert "<b>&amp;" in whole.one("main").text
    assert of_feed(feed(client), "title") == ["<b>&amp;: changed"]


def many(number: int) -> list[int]:
    """So many versions of one programme, written in bulk; their keys, the newest first."""
    key, before = rosettanet().pk, {"name": "RosettaNet"}
    made = Version.objects.bulk_create(
        Version(
            kind="programmes.programme",
            key=key,
            name="RosettaNet",
            action=Action.CHANGED,
            before=before,
            after={"name": f"Net {i}"},
            reason=f"Reason {i}.",
        )
        for i in range(number)
    )
    return sorted((version.pk for version in made), reverse=True)


def counting(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no more than so many counted, and all pages made anew."""
    monkeypatch.setattr(change_log_queries, "MOST", most)
    rosettanet().save()


def met(client: Client, address: str) -> list[int]:
    """The changes of all pages, by following the link to the next or to the older ones."""
    keys: list[int] = []
    following: str | None = address
    while following:
        whole = page(client, following)
        keys += [int(change["id"].removeprefix("change-")) for change in whole.all(".change")]
        links = [a["href"] for a in whole.all("a[rel=next]")]
        links = links or [link for link, text in whole.links().items() if text == "Older changes"]
        following = links[0] if links else None
    return keys


@pytest.mark.parametrize("address", ["/changes/", "/programmes/rosettanet/history/"])
def test_every_change_is_reached_once_however_many_are_counted(
    address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = many(130)
    assert met(client, address) == keys
    counting(60, monkeypatch)
    assert met(client, address) == keys
    assert "No more than" in page(client, f"{address}?page=3").text
    page(client, f"{address}?page=4", 404)


def test_every_change_is_reached_in_the_feed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = many(130)
    for most in (10_000, 60):
        counting(most, monkeypatch)
        found: list[int] = []
        following: str | None = "/feeds/changes.atom"
        while following:
            whole = feed(client, following)
            found += [int(identity.rpartition("-")[2]) for identity in of_feed(whole, "id")]
            links = {link.get("rel"): link.get("href") for link in whole.findall(f"{ATOM}link")}
            following = links.get("next")
        assert found == keys


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=9", "before=x", "before=-1", f"before={'9' * 40}"])
def test_what_is_no_page_is_not_found(query: str, client: Client) -> None:
    page(client, f"/changes/?{query}", 404)
    page(client, f"/programmes/rosettanet/history/?{query}", 404)
    response = client.get(f"/feeds/changes.atom?{query}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_a_page_of_changes_costs_a_handful_of_queries(
    client: Client, publisher: User, django_assert_max_num_queries: Any
) -> None:
    for i in range(25):
        add(f"fairs-{i}", publisher)
    with django_assert_max_num_queries(7):
        assert len(page(client, "/changes/").all(".change")) == 20


def test_the_page_and_its_head_lead_to_the_feed_and_the_programme_to_its_history(client: Client) -> None:
    whole = page(client, "/changes/")
    assert whole.one("link[rel=alternate]")["href"] == "/feeds/changes.atom"
    assert "/feeds/changes.atom" in whole.one("main").links()
    assert "/programmes/rosettanet/history/" in page(client, "/programmes/rosettanet/").one("main").links()


def test_a_reason_that_is_script_is_text_in_the_feed(client: Client) -> None:
    draft = workflow.begin(Programme.objects.get(slug="rosettanet"), None)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="<b>Bold</b>", why="<script>alert(1)</script>")
    workflow.publish(draft, None)
    (said,) = of_feed(feed(client), "summary")
    assert "&lt;script&gt;" in said
    assert "&lt;b&gt;Bold" in said
    assert "<script" not in said


def test_what_was_added_for_drafts_alone_is_not_told_to_readers(client: Client) -> None:
    source = Source.objects.get(pk=make_source(title="A review to be").pk)
    for record in (make_organisation("An agency to be"), source):
        Version.objects.note(record, None, {}, action=Action.ADDED)
    assert "to be" not in page(client, "/changes/").one("main").text
