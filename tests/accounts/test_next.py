"""Where a curator lands after signing in, whatever `next` says."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db

INDEX = "/admin/"
REFUSED = [
    *(
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil",
    ),
    *("javascript:alert(1)", "data:text/html,x", "http://testserver@evil.example/", "/\t/evil.example", "\x00//evil"),
    *("https://testserver.evil.example/", "ftp://testserver/", " https://evil.example/", "", "https://[::1"),
]


@pytest.mark.parametrize("wanted", REFUSED)
@pytest.mark.parametrize("sent", ["form", "address"])
def test_a_refused_next_leads_to_the_admin(client: Client, wanted: str, sent: str) -> None:
    User.objects.create_user("curator", password="paper and ink", is_staff=True)
    form = {"username": "curator", "password": "paper and ink"}
    query = {"next": wanted} if sent == "address" else {}
    answer = client.post("/admin/login/", form | ({} if query else {"next": wanted}), query_params=query, follow=True)
    assert answer.redirect_chain == [(INDEX, 302)]
    assert answer.status_code == 200


def test_without_next_signing_in_leads_to_the_admin(client: Client) -> None:
    User.objects.create_user("curator", password="paper and ink", is_staff=True)
    form = {"username": "curator", "password": "paper and ink"}
    assert client.post("/admin/login/", form)["Location"] == INDEX
