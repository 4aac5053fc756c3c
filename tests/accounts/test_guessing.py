"""Passwords cannot be guessed: after five wrong ones a name has to wait, from where they came."""

from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

pytestmark = pytest.mark.django_db

PASSWORD = "paper and ink"


@pytest.fixture(autouse=True)
def curator(db: None) -> User:
    return User.objects.create_superuser("curator", password=PASSWORD)


def attempt(password: str, name: str = "curator", address: str = "192.0.2.1", **headers: str) -> Any:
    return Client().post(
        "/admin/login/",
        {"username": name, "password": password, "next": "/admin/"},
        REMOTE_ADDR=address,
        headers=headers,
    )


def test_after_five_wrong_passwords_not_even_the_right_one_lets_in() -> None:
    for number in range(4):
        assert attempt(f"wrong {number}").status_code == 200
    for password in ("wrong", PASSWORD, PASSWORD):
        answer = attempt(password)
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 900
        assert "The next one is looked at in 15 minutes." in answer.content.decode()
    assert attempt(PASSWORD, address="192.0.2.2").status_code == 302


def test_after_a_quarter_of_an_hour_one_may_try_again() -> None:
    for _ in range(6):
        attempt("wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert attempt(PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_another_browser_cookie_or_header_is_still_the_same_address() -> None:
    for number in range(5):
        lies = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"}
        attempt("wrong", **{"User-Agent": f"browser {number}", "Cookie": f"sessionid={number}"}, **lies)
    assert attempt(PASSWORD, **{"X-Forwarded-For": "203.0.113.99"}).status_code == 429


def test_another_address_of_the_same_subscriber_is_the_same() -> None:
    for number in range(5):
        attempt("wrong", address=f"2001:db8:1:2::{number}")
    assert attempt(PASSWORD, address="2001:db8:1:2:ffff::1").status_code == 429
    assert attempt(PASSWORD, address="2001:db8:1:3::1").status_code == 302


def test_behind_a_trusted_proxy_each_reader_is_counted_apart(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.1")]
    for _ in range(5):
        attempt("wrong", address="10.0.0.1", **{"X-Forwarded-For": "203.0.113.1"})
    assert attempt(PASSWORD, address="10.0.0.1", **{"X-Forwarded-For": "203.0.113.1"}).status_code == 429
    # What the attacker sends stands before what the proxy saw.
    assert attempt(PASSWORD, address="10.0.0.1", **{"X-Forwarded-For": "9.9.9.9, 203.0.113.1"}).status_code == 429
    assert attempt(PASSWORD, address="10.0.0.1", **{"X-Forwarded-For": "203.0.113.2"}).status_code == 302


def test_those_without_an_address_are_counted_as_one() -> None:
    for _ in range(5):
        attempt("wrong", address="")
    answer = attempt(PASSWORD, address="")
    assert (answer.status_code, answer["Retry-After"] > "0") == (429, True)
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.content.decode()


def test_another_name_from_there_is_not_kept_waiting() -> None:
    User.objects.create_superuser("other", password=PASSWORD)
    for _ in range(5):
        attempt("wrong")
    assert attempt(PASSWORD, name="other").status_code == 302


def test_whether_there_is_such_a_name_is_not_told() -> None:
    there, not_there = attempt("wrong"), attempt("wrong", name="nobody")
    assert there.status_code == not_there.status_code
    told = [
        answer.content.decode().partition('id="content-main"')[0].partition("<main")[2] for answer in (there, not_there)
    ]
    assert told[0] == told[1]
    for _ in range(5):
        attempt("wrong", name="nobody")
    assert attempt("wrong", name="nobody").status_code == 429


@pytest.mark.parametrize(
    "name", ["", "a\x00b", "é" * 150, "a" * 5000, "' OR 1=1 --", "{{ 7*7 }}", "\ud7ff", "<b>x</b>"]
)
def test_any_name_and_password_is_answered(name: str) -> None:
    for _ in range(6):
        answer = attempt(name or "x", name=name)
        assert answer.status_code in (200, 429)
        assert "<b>x</b>" not in answer.content.decode()


def test_an_administrator_lets_somebody_try_again(admin_client: Client) -> None:
    for _ in range(5):
        attempt("wrong")
    assert "curator" in admin_client.get("/admin/axes/accessattempt/").content.decode()
    found = AccessAttempt.objects.get()
    admin_client.post(f"/admin/axes/accessattempt/{found.pk}/delete/", {"post": "yes"})
    assert attempt(PASSWORD).status_code == 302


def test_neither_passwords_nor_who_came_when_is_kept() -> None:
    attempt("a wrong password")
    kept = AccessAttempt.objects.get()
    assert "a wrong password" not in str(vars(kept))
    attempt(PASSWORD)
    assert not AccessLog.objects.exists()
    assert not AccessAttempt.objects.exists()


def test_sessions_end_when_the_password_changes(curator: User) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/admin/login/", {"username": "curator", "password": PASSWORD, "next": "/admin/"})
        assert client.get("/admin/").status_code == 200
    new = {"new_password1": "ink and paper 2", "new_password2": "ink and paper 2"}
    here.post("/admin/password_change/", {"old_password": PASSWORD} | new)
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
    User.objects.create_superuser("boss", password=PASSWORD)
    boss = Client()
    boss.post("/admin/login/", {"username": "boss", "password": PASSWORD, "next": "/admin/"})
    again = {"password1": "yet another 3", "password2": "yet another 3", "usable_password": "true"}
    assert boss.post(f"/admin/auth/user/{curator.pk}/password/", again).status_code == 302
    assert here.get("/admin/").status_code == 302
    assert attempt("ink and paper 2").status_code == 200


def test_a_session_is_made_anew_on_signing_in() -> None:
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    client.post("/admin/login/", {"username": "curator", "password": PASSWORD, "next": "/admin/"})
    assert client.get("/admin/").status_code == 200
    assert client.cookies["sessionid"].value != "a" * 32
