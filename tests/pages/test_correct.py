"""/programmes/<slug>/correct/: a reader suggests a correction."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from ipaddress import ip_network
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

from programmes.editing import correction_form, suggestions
from programmes.models import Allowance, FormerSlug, Programme, Suggestion
from programmes.models.suggestion import LONGEST

from .conftest import Page
from .reading import Element, read

pytestmark = pytest.mark.both

PATH = "/programmes/rosettanet/correct/"
WORDS = "It is run by GS1 today.\nSince 2002."
Opened = Callable[..., str]


@pytest.fixture
def opened(client: Client, catalogue: None, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Open the form, so many seconds ago; return its token."""

    def form(path: str = PATH, ago: float = 60) -> str:
        with monkeypatch.context() as then:
            then.setattr(signing, "time", SimpleNamespace(time=lambda: time.time() - ago))
            return read(client.get(path).content.decode()).one("input[name=token]")["value"]

    return form


def send(client: Client, token: str, path: str = PATH, text: str = WORDS, **more: Any) -> HttpResponseBase:
    """What the browser sends when the button is pressed."""
    address = more.pop("address", "192.0.2.1")
    return client.post(path, {"token": token, "text": text, "evidence": "", "website": ""} | more, REMOTE_ADDR=address)


def answer(response: Any, status: int) -> Element:
    assert response.status_code == status
    return read(response.content.decode())


def kept_words(whole: Element) -> str:
    return whole.one("textarea").text


def test_a_reader_suggests_a_correction_and_is_told_what_happens_next(client: Client, opened: Opened) -> None:
    whole = answer(send(client, opened(), text=WORDS.replace("\n", "\r\n"), evidence="https://example.org/gs1"), 200)
    assert whole.one("h1").text == "Thank you"
    assert "What happens next" in whole.text
    assert "/programmes/rosettanet/" in whole.one("main").links()
    found = Suggestion.objects.get()
    assert (found.programme, found.programme_name, found.state) == (
        Programme.objects.get(slug="rosettanet"),
        "RosettaNet",
        "open",
    )
    assert (found.text, found.evidence) == (WORDS, "https://example.org/gs1")


def test_every_programme_leads_to_its_form(page: Page) -> None:
    assert PATH in page("/programmes/rosettanet/").links()
    assert page(PATH).one("main").links()["/programmes/rosettanet/"]


def test_neither_the_form_nor_its_answer_sets_a_cookie(client: Client, opened: Opened) -> None:
    assert not client.get(PATH).cookies
    # As browsers have it: no cookie goes there either, and Django's own token is not asked for.
    strict = Client(enforce_csrf_checks=True)
    sent: Any = send(strict, opened())
    assert sent.status_code == 200
    assert not sent.cookies


def test_the_form_is_made_anew_for_each_reader(client: Client, catalogue: None) -> None:
    for _ in range(2):
        response = client.get(PATH)
        assert response["Cache-Control"] == "private, no-cache"
        assert "ETag" not in response


def test_a_programmes_page_is_kept_all_the_same(client: Client, catalogue: None) -> None:
    assert "ETag" in client.get("/programmes/rosettanet/")


@pytest.mark.parametrize(
    ("ago", "sentence"),
    [(0, "faster than anybody types"), (13 * 3600, "open for too long"), (-3600, "faster than anybody types")],
)
def test_too_fast_and_too_old_are_refused_in_words_and_lose_nothing(
    client: Client, opened: Opened, monkeypatch: pytest.MonkeyPatch, ago: float, sentence: str
) -> None:
    # On a busy machine a test may take longer than people do.
    monkeypatch.setattr(correction_form, "SOONEST", timedelta(minutes=30))
    whole = answer(send(client, opened(ago=ago), evidence="https://example.org/"), 422)
    assert sentence in whole.text
    assert kept_words(whole) == WORDS.replace("\n", " ")
    assert whole.one("input[name=evidence]")["value"] == "https://example.org/"
    assert not Suggestion.objects.exists()


def test_what_was_too_old_can_be_sent_once_more(
    client: Client, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(signing, "time", SimpleNamespace(time=lambda: time.time() - 10))
        whole = answer(send(client, opened(ago=13 * 3600)), 422)
    answer(send(client, whole.one("input[name=token]")["value"]), 200)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "é" * 50, "x" * 10_000])
def test_a_form_that_nobody_was_given_is_refused(client: Client, catalogue: None, token: str) -> None:
    whole = answer(send(client, token), 422)
    assert "not the one that this page gave you" in whole.text
    assert kept_words(whole) == WORDS.replace("\n", " ")


def test_the_form_of_one_programme_sends_nothing_to_another(client: Client, opened: Opened) -> None:
    answer(send(client, opened("/programmes/covisint/correct/")), 422)
    assert not Suggestion.objects.exists()


def test_what_fills_the_field_that_nobody_sees_is_refused(client: Client, opened: Opened, page: Page) -> None:
    trap = page(PATH).one(".for-programs")
    assert trap["aria-hidden"] == "true"
    assert "style" not in trap.one("input").attrs
    whole = answer(send(client, opened(), website="https://example.org/pills"), 422)
    assert "Leave the field for programs empty" in whole.text
    assert whole.one("input[name=website]").get("value") is None
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " \r\n "}, "Say what should be corrected."),
        ({"text": "a" * (LONGEST + 1)}, "Say it in 2000 characters; these are 2001."),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"evidence": "javascript:alert(1)"}, "An address begins with https:// or http://."),
        ({"evidence": "ftp://example.org/"}, "An address begins with https:// or http://."),
        ({"evidence": "see the web"}, "An address begins with https:// or http://."),
        ({"evidence": "https://example.org/" + "a" * 500}, "more than 500 characters"),
    ],
)
def test_bad_input_gets_a_sentence(client: Client, opened: Opened, fields: dict[str, str], sentence: str) -> None:
    assert sentence in answer(send(client, opened(), **fields), 422).one(".notice").text
    assert not Suggestion.objects.exists()


def test_lines_count_as_one_character_as_browsers_have_it(client: Client, opened: Opened) -> None:
    answer(send(client, opened(), text="ab\r\n" * (LONGEST // 3) + "cd"), 200)


def test_markup_comes_back_as_text(client: Client, opened: Opened) -> None:
    response: Any = send(client, "", text="</textarea><script>alert(1)</script>", evidence='"><img src=x>')
    page = response.content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert "<img" not in page


def test_the_same_words_sent_twice_are_kept_once(client: Client, opened: Opened) -> None:
    token = opened()
    for _ in range(2):
        answer(send(client, token), 200)
    assert Suggestion.objects.count() == 1


def test_who_sends_many_is_asked_to_wait_and_others_are_not(client: Client, opened: Opened) -> None:
    token = opened()
    for number in range(suggestions.MOST_OF_ONE):
        answer(send(client, token, text=f"Number {number}"), 200)
    refused = send(client, token, text="One more")
    assert "Your words are still here" in answer(refused, 429).text
    assert kept_words(answer(refused, 429)) == "One more"
    assert int(refused["Retry-After"]) > 0
    answer(send(client, token, text="One more", address="192.0.2.2"), 200)
    assert Suggestion.objects.count() == suggestions.MOST_OF_ONE + 1


def test_addresses_of_one_network_of_ipv6_count_as_one(client: Client, opened: Opened) -> None:
    token = opened()
    for number in range(suggestions.MOST_OF_ONE):
        answer(send(client, token, text=f"Number {number}", address=f"2001:db8::{number:x}"), 200)
    answer(send(client, token, text="One more", address="2001:db8::ffff"), 429)


def test_behind_a_proxy_readers_are_told_apart_by_what_it_says(client: Client, opened: Opened, settings: Any) -> None:
    token, settings.TRUSTED_PROXIES = opened(), [ip_network("127.0.0.1")]
    for number in range(suggestions.MOST_OF_ONE + 1):
        sent = client.post(
            PATH,
            {"token": token, "text": f"Number {number}"},
            headers={"X-Forwarded-For": f"203.0.113.9, 192.0.2.{number}"},
            secure=True,
        )
        assert sent.status_code == 200


def test_there_is_a_ceiling_for_all_together(client: Client, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MOST_OF_ALL", 3)
    token = opened()
    statuses = [
        send(client, token, text=f"Number {number}", address=f"192.0.2.{number}").status_code for number in range(4)
    ]
    assert statuses == [200, 200, 200, 429]


def test_no_address_of_a_reader_is_stored(client: Client, opened: Opened) -> None:
    answer(send(client, opened(), address="198.51.100.77"), 200)
    stored = [*Suggestion.objects.values(), *Allowance.objects.values()]
    assert len(stored) == 3
    assert "198.51.100" not in str(stored)


def test_counts_of_yesterday_are_forgotten(client: Client, opened: Opened) -> None:
    Allowance.objects.create(key="suggestions: old", ends="2026-01-01T00:00Z", number=10)
    answer(send(client, opened()), 200)
    assert not Allowance.objects.filter(key="suggestions: old").exists()


def test_a_former_address_leads_to_the_form_of_today_and_takes_what_was_written_there(
    client: Client, opened: Opened
) -> None:
    FormerSlug.objects.create(slug="rosetta", programme=Programme.objects.get(slug="rosettanet"))
    moved: Any = client.get("/programmes/rosetta/correct/")
    assert (moved.status_code, moved["Location"]) == (301, PATH)
    answer(send(client, opened(), path="/programmes/rosetta/correct/"), 200)


def test_of_what_is_not_there_nothing_is_corrected(client: Client, catalogue: None) -> None:
    for response in (client.get("/programmes/nothing/correct/"), client.post("/programmes/nothing/correct/")):
        assert "There is no programme" in answer(response, 404).text


def test_other_methods_are_told_in_words(client: Client, catalogue: None) -> None:
    response = client.put(PATH)
    assert "read by GET and sent by POST" in answer(response, 405).text
    assert response["Allow"] == "GET, HEAD, POST"


def test_a_suggestion_changes_nothing_that_readers_see(client: Client, opened: Opened) -> None:
    token = opened()
    before = client.get("/programmes/rosettanet/")
    answer(send(client, token), 200)
    assert client.get("/programmes/rosettanet/")["ETag"] == before["ETag"]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_not_let_past_the_limit(opened: Opened) -> None:
    path, most = "/programmes/rosettanet/correct/", suggestions.MOST_OF_ONE
    token = opened(path)

    def one(number: int) -> int:
        try:
            return send(Client(), token, path=path, text=f"Number {number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(one, range(2 * most)))
    assert sorted(statuses) == [200] * most + [429] * most
    assert Suggestion.objects.count() == most
