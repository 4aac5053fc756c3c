"""Reading what the catalogue sends."""

import csv
from typing import Any

from django.test import Client


def read_csv(client: Client, address: str, **parameters: Any) -> list[list[str]]:
    """The rows of a CSV file that is streamed, its header first."""
    response = client.get(address, parameters or None)
    assert response.streaming
    return list(csv.reader(response.getvalue().decode().splitlines(keepends=True)))
