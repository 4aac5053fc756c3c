"""A backup is of one moment, holds up nobody, and takes no more memory for more records."""

import threading
import tracemalloc
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from gvc_catalogue.backup import dump, write
from programmes.models import Programme
from tests.backup.test_damage import content
from tests.factories import make_many_programmes, make_programme

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]


def test_what_is_written_meanwhile_waits_for_nothing_and_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "LOT", 50)
    added: list[int] = []

    def add() -> None:
        added.append(make_programme(f"meanwhile-{len(added)}").pk)
        connection.close()

    def tell(done: int, total: int) -> None:
        writer = threading.Thread(target=add)
        writer.start()
        writer.join()

    write(tmp_path / "catalogue.backup", tell)
    assert len(added) > 5
    assert Programme.objects.count() == 67 + len(added)
    call_command("backup", str(tmp_path / "later.backup"), stdout=StringIO())
    assert "meanwhile-" not in str(content(tmp_path / "catalogue.backup"))
    assert str(content(tmp_path / "later.backup")).count("'meanwhile-") == len(added)


def test_memory_does_not_grow_with_the_catalogue(tmp_path: Path) -> None:
    def peak(name: str) -> int:
        tracemalloc.start()
        write(tmp_path / name, lambda done, total: None)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    make_many_programmes(3_000)
    peak("warm")
    few = peak("few")
    for name in ("more", "still-more", "most"):
        make_more(name)
    assert peak("many") < few + 1_000_000


def make_more(name: str) -> None:
    """Three thousand programmes more."""
    provider = Programme.objects.filter(slug="many-1").values_list("provider_id", flat=True).get()
    Programme.objects.bulk_create(
        Programme(slug=f"{name}-{i}", name=f"{name} one of many {i}", provider_id=provider) for i in range(3_000)
    )
