"""Reading what the catalogue sends."""

import csv
from typing import Any

from django.test import Client


def read_csv(client: Client, address: str, **parameters: Any) -> list[list[str]]:
    """The rows of a CSV file that is streamed, its header first."""
    response = client.get(address, parameters or None)
    assert response.streaming
    return list(csv.reader(response.getvalue().decode("utf-8-sig").splitlines(keepends=True)))


def read_whole(client: Client, address: str) -> bytes:
    """What an address answers, streamed or not; read to its end, as only then a file of its own is closed."""
    response: Any = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return bytes(response.getvalue())
