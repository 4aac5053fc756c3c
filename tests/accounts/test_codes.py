"""Signing in by a password and a one-time code: what a curator sees, and what the password alone does not open."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from gvc_catalogue.accounts.forms import CodeForm
from gvc_catalogue.accounts.humanise import duration_in_words

pytestmark = pytest.mark.django_db

PASSWORD = "paper and ink"
CODE, DEVICE, INDEX = "/admin/code/", "/admin/code/device/", "/admin/"
Making = Callable[..., User]


def make_user(name: str = "curator", *groups: str, is_superuser: bool = False) -> User:
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, is_superuser=is_superuser)
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return user


def make_device(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, confirmed=True)


def now(device: TOTPDevice) -> str:
    """The code that a device shows; each one is taken once."""
    return f"{totp(device.bin_key):06}"


def wrong(device: TOTPDevice) -> str:
    """A code that is not right now, nor just before, nor soon."""
    near = {totp(device.bin_key, drift=drift) for drift in range(-3, 4)}
    return f"{next(number for number in range(20) if number not in near):06}"


def sign_in(client: Client, name: str = "curator", **more: str) -> Any:
    return client.post("/admin/login/", {"username": name, "password": PASSWORD, "next": INDEX} | more)


def is_in(client: Client) -> bool:
    return client.get(INDEX).status_code == 200


def secret(page: Any) -> bytes:
    """The secret that a page shows, as a device understands it."""
    shown = re.search(r'<code id="secret">([A-Z2-7 ]+)</code>', page.content.decode())
    assert shown
    return bytes.fromhex(TOTPDevice.objects.get(confirmed=False).key)


def test_a_curator_without_a_device_signs_in_by_the_password_alone(client: Client) -> None:
    make_user()
    assert sign_in(client)["Location"] == INDEX
    assert is_in(client)


def test_a_curator_takes_a_device_and_from_then_on_needs_its_codes(client: Client) -> None:
    user = make_user()
    sign_in(client)
    page = client.get(DEVICE)
    assert b"otpauth://totp/GVC%20Policy%20Catalogue%3Acurator?secret=" in page.content
    assert b"<svg" in page.content
    assert b"style=" not in page.content.partition(b"<svg")[2].partition(b"</svg>")[0]
    assert "no-store" in page["Cache-Control"]
    code = f"{totp(secret(page)):06}"
    assert client.post(DEVICE, {"code": f"{code[:3]} {code[3:]}"})["Location"] == INDEX
    assert is_in(client)
    assert TOTPDevice.objects.filter(user=user, confirmed=True).count() == 1
    other = Client()
    sign_in(other)
    assert other.get(INDEX)["Location"] == f"{CODE}?next=%2Fadmin%2F"


def test_a_device_counts_only_once_its_code_was_given(client: Client) -> None:
    make_user()
    sign_in(client)
    client.get(DEVICE)
    assert client.post(DEVICE, {"code": "000000"}).status_code in (200, 429)
    assert is_in(client)
    other = Client()
    sign_in(other)
    assert is_in(other)


def test_the_password_alone_opens_nothing_where_there_is_a_device(client: Client) -> None:
    make_device(make_user(is_superuser=True))
    sign_in(client)
    for path in (
        INDEX,
        "/admin/programmes/programme/",
        "/admin/auth/user/",
        "/admin/password_change/",
        "/admin/login/",
    ):
        assert client.get(path)["Location"].startswith(CODE), path
        assert client.post(path, {"next": path})["Location"].startswith(CODE), path
    assert client.get(DEVICE)["Location"] == CODE
    assert client.get("/programmes/").status_code == 200
    assert client.get("/programmes/").wsgi_request.user.is_anonymous


def test_the_code_opens_the_page_that_was_asked_for(client: Client) -> None:
    device = make_device(make_user(is_superuser=True))
    sign_in(client)
    key = client.session.session_key
    asked = client.get("/admin/programmes/programme/?q=a")["Location"]
    assert "Your password was right" in client.get(asked).content.decode()
    assert client.post(asked, {"code": now(device)})["Location"] == "/admin/programmes/programme/?q=a"
    assert is_in(client)
    assert client.session.session_key != key


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", CODE]
)
def test_the_code_leads_nowhere_else(wanted: str, client: Client) -> None:
    device = make_device(make_user())
    sign_in(client)
    assert client.post(CODE, {"code": now(device), "next": wanted})["Location"] == INDEX


def test_a_code_lets_in_once(client: Client) -> None:
    device = make_device(make_user())
    code = now(device)
    sign_in(client)
    client.post(CODE, {"code": code})
    thief = Client()
    sign_in(thief)
    answer = thief.post(CODE, {"code": code})
    assert "used already" in answer.content.decode()
    assert not is_in(thief)


def test_codes_cannot_be_guessed(client: Client) -> None:
    device = make_device(make_user())
    sign_in(client)
    assert client.post(CODE, {"code": wrong(device)}).status_code == 200
    for _ in range(5):
        answer = client.post(CODE, {"code": now(device)})
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) >= 1
        assert "no code is looked at for" in answer.content.decode()
    assert not is_in(client)


def test_somebody_elses_code_does_not_let_in(client: Client) -> None:
    make_device(make_user())
    other = make_device(make_user("other"))
    sign_in(client)
    client.post(CODE, {"code": now(other)})
    assert not is_in(client)


@given(st.text(max_size=30))
def test_whatever_is_typed_for_a_code_is_six_digits_or_refused(typed: str) -> None:
    form = CodeForm({"code": typed})
    assert not form.is_valid() or re.fullmatch("[0-9]{6}", form.cleaned_data["code"], re.ASCII)


@pytest.mark.parametrize(
    ("groups", "is_superuser", "needs"),
    [
        ((), False, False),
        (("Readers", "Curators"), False, False),
        (("Publishers",), False, True),
        (("Administrators",), False, True),
        ((), True, True),
    ],
)
def test_publishers_need_a_device_where_that_is_set(
    groups: tuple[str, ...], is_superuser: bool, needs: bool, client: Client, settings: Settings
) -> None:
    user = make_user("curator", *groups, is_superuser=is_superuser)
    sign_in(client)
    assert is_in(client)
    settings.REQUIRE_ONE_TIME_CODES = True
    assert is_in(client) is not needs
    if needs:
        for path in (INDEX, "/admin/programmes/programme/", CODE):
            assert client.get(path)["Location"].startswith((DEVICE, INDEX))
        code = f"{totp(secret(client.get(DEVICE))):06}"
        client.post(DEVICE, {"code": code})
        assert is_in(client)
        assert TOTPDevice.objects.get(user=user).confirmed


def test_who_has_no_business_in_the_admin_gets_no_device(client: Client) -> None:
    client.force_login(User.objects.create_user("reader"))
    for path in (CODE, DEVICE):
        assert client.get(path)["Location"] == reverse("admin:login")
        assert Client().get(path)["Location"] == reverse("admin:login")
    assert not TOTPDevice.objects.exists()


def test_who_cannot_give_the_code_signs_out(client: Client) -> None:
    make_device(make_user())
    sign_in(client)
    assert client.get(f"{CODE}leave/").status_code == 405
    assert client.post(f"{CODE}leave/")["Location"] == reverse("admin:login")
    assert client.get(INDEX)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("administrator", [{"is_superuser": True}, {"groups": ("Administrators",)}])
def test_an_administrator_removes_a_lost_device(administrator: dict[str, Any], client: Client) -> None:
    device = make_device(make_user())
    client.force_login(make_user("boss", *administrator.pop("groups", ()), **administrator))
    listed = client.get("/admin/otp_totp/totpdevice/").content.decode()
    assert "curator" in listed
    shown = client.get(f"/admin/otp_totp/totpdevice/{device.pk}/change/").content.decode()
    assert device.key not in shown + listed
    assert client.get("/admin/otp_totp/totpdevice/add/").status_code == 403
    client.post(f"/admin/otp_totp/totpdevice/{device.pk}/delete/", {"post": "yes"})
    curator = Client()
    sign_in(curator)
    assert is_in(curator)


@pytest.mark.parametrize("groups", [(), ("Curators",), ("Publishers",)])
@pytest.mark.parametrize("path", ["otp_totp/totpdevice", "axes/accessattempt"])
def test_nobody_else_sees_devices_or_attempts(groups: tuple[str, ...], path: str, client: Client) -> None:
    device = make_device(make_user("other"))
    client.force_login(make_user("curator", *groups))
    for page in ("", f"{device.pk}/change/", f"{device.pk}/delete/"):
        assert client.get(f"/admin/{path}/{page}").status_code in (403, 302)
        assert client.post(f"/admin/{path}/{page}", {"post": "yes"}).status_code in (403, 302)
    assert TOTPDevice.objects.filter(pk=device.pk).exists()


def test_a_session_that_gave_a_code_ends_with_its_device(client: Client) -> None:
    device = make_device(make_user())
    sign_in(client)
    client.post(CODE, {"code": now(device)})
    assert is_in(client)
    device.delete()
    make_device(User.objects.get(username="curator"))
    assert not is_in(client)


def test_the_last_administrator_removes_a_device_by_command(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    make_device(make_user())
    call_command("remove_code", "curator")
    assert "signs in by the password" in capsys.readouterr().out
    sign_in(client)
    assert is_in(client)
    for name in ("curator", "nobody"):
        with pytest.raises(CommandError, match=name):
            call_command("remove_code", name)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 second"), (1, "1 second"), (59, "59 seconds"), (61, "2 minutes"), (900, "15 minutes"), (90_000, "2 days")],
)
def test_a_wait_is_never_said_too_short(seconds: int, words: str) -> None:
    assert duration_in_words(seconds) == words


def test_the_secret_stays_the_same_as_long_as_the_session(client: Client) -> None:
    make_user()
    sign_in(client)
    scanned = secret(client.get(DEVICE))
    assert secret(client.get(DEVICE)) == scanned
    assert secret(client.post(DEVICE, {"code": "abc"})) == scanned
    assert client.post(DEVICE, {"code": f"{totp(scanned):06}"})["Location"] == INDEX


def test_the_secret_of_one_session_is_not_shown_in_another(client: Client) -> None:
    make_user()
    sign_in(client)
    scanned = secret(client.get(DEVICE))
    other = Client()
    sign_in(other)
    shown = client.get(DEVICE).context["secret"]
    assert other.get(DEVICE).context["secret"] != shown
    code = {"code": f"{totp(scanned):06}"}
    assert other.post(DEVICE, code).status_code in (200, 429)
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_the_secret_stays_the_same_when_another_session_opens_the_page(client: Client) -> None:
    make_user()
    sign_in(client)
    scanned = secret(client.get(DEVICE))
    other = Client()
    sign_in(other)
    elsewhere = other.get(DEVICE).context["secret"]
    page = client.get(DEVICE)
    assert bytes.fromhex(TOTPDevice.objects.get(pk=client.session["unconfirmed_device"]).key) == scanned
    assert page.context["secret"] != elsewhere
    assert client.post(DEVICE, {"code": f"{totp(scanned):06}"})["Location"] == INDEX
    assert TOTPDevice.objects.get().confirmed
    assert other.get(DEVICE)["Location"] == CODE


def test_unconfirmed_devices_end_with_their_sessions(client: Client, settings: Settings) -> None:
    user = make_user()
    TOTPDevice.objects.create(user=user, confirmed=False, name="of no known time")
    TOTPDevice.objects.update(created_at=None)
    ended = TOTPDevice.objects.create(user=user, confirmed=False, name="ended")
    ended.created_at = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)
    ended.save()
    sign_in(client)
    client.get(DEVICE)
    assert TOTPDevice.objects.get().pk == client.session["unconfirmed_device"]


def test_after_a_device_counts_the_page_makes_another_secret(client: Client) -> None:
    make_user()
    sign_in(client)
    scanned = secret(client.get(DEVICE))
    client.post(DEVICE, {"code": f"{totp(scanned):06}"})
    assert secret(client.get(DEVICE)) != scanned
