"""Pages as the server sends them, taken apart: `page("/countries/JP/").one("h1").text`."""

from collections.abc import Callable

import pytest
from django.test import Client

from .reading import Element, read

Page = Callable[..., Element]


@pytest.fixture
def page(client: Client, catalogue: None) -> Page:
    """Ask for a page, expect a status, take it apart."""

    def ask(path: str, status: int = 200) -> Element:
        response = client.get(path)
        assert response.status_code == status, f"{path} answers {response.status_code}"
        assert response["Content-Type"].startswith("text/html"), f"{path} is {response['Content-Type']}"
        return read(response.content.decode())

    return ask
