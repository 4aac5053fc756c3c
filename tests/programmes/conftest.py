"""The list of programmes as a program asks for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.reading_files import read_csv

Asking = Callable[..., Any]


@pytest.fixture
def publisher(db: None) -> User:
    """A curator who may publish."""
    user = User.objects.create_user("publisher", is_staff=True)
    user.groups.add(Group.objects.get(name="Publishers"))
    return user


@pytest.fixture
def ask(db: None, client: Client) -> Asking:
    """What /programmes.json answers to a query string or to parameters."""

    def answer(query: str = "", **parameters: Any) -> Any:
        return client.get(f"/programmes.json?{query}", parameters or None).json()

    return answer


@pytest.fixture
def slugs(ask: Asking) -> Asking:
    """The programmes on all pages of /programmes.json, in order."""

    def answer(**parameters: Any) -> list[str]:
        first = ask(**parameters)
        others = [ask(**parameters, page=number) for number in range(2, first["pages"] + 1)]
        return [result["slug"] for page in (first, *others) for result in page["results"]]

    return answer


@pytest.fixture
def rows(db: None, client: Client) -> Asking:
    """The rows of a CSV file, its header first."""

    def answer(address: str, **parameters: Any) -> list[list[str]]:
        return read_csv(client, address, **parameters)

    return answer
