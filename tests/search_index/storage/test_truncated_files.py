"""Files that are cut short while they are mapped: the system ends who reads them, and the server starts another."""

import os
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import orjson
import pytest
from pytest_django import Settings

from gvc_catalogue.search_index.storage.build import CURRENT
from programmes.search.list_query import ListQuery
from tests import reference
from tests.processes import served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]

WITHIN = 120  # seconds


def workers(master: int) -> set[int]:
    """The processes that answer."""
    return set(map(int, Path(f"/proc/{master}/task/{master}/children").read_text().split()))


def count(address: str, query: str) -> int | None:
    """How many programmes are found; None where the process that was asked came to its end."""
    try:
        with urlopen(f"{address}/programmes.json?{query}", timeout=WITHIN) as response:  # noqa: S310 (our own)
            found: int = orjson.loads(response.read())["count"]
            return found
    except (URLError, ConnectionError):
        return None


def cut_short(directory: Path) -> None:
    for path in directory.glob("*.bin"):
        path.chmod(0o644)
        os.truncate(path, 0)


def test_a_process_that_ends_over_it_is_started_anew_and_answers(settings: Settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path / "index"
    expected = len(reference.matching(reference.records(), ListQuery(q="cluster")))
    with served() as (address, master):
        # Each connection may meet another process; each query is asked once, so no page is kept.
        assert {count(address, f"q=cluster&n=1{n}") for n in range(8)} == {expected}
        before = workers(master)
        (current,) = Path(settings.INDEX_DIR).glob(f"*/{CURRENT}")
        cut_short(current.resolve(strict=True))
        deadline, n = time.monotonic() + WITHIN, 0
        while workers(master) <= before:
            assert time.monotonic() < deadline
            assert count(address, f"q=cluster&n={n}") in (None, expected)
            n += 1
            time.sleep(0.1)
        answers = [count(address, f"q=cluster&n=2{n}") for n in range(16)]
        assert set(answers[8:]) == {expected}
