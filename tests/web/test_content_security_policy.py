"""The Content-Security-Policy header is the same in each process, byte for byte."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/programmes/", "/programmes.json", "/none/", "/admin/login/"])
def test_directives_have_one_order(address: str, client: Client) -> None:
    directives = client.get(address)["Content-Security-Policy"].split("; ")
    assert len(directives) > 2
    assert directives == sorted(directives)
