"""Files of an index are written once, read-only, and verified before they are opened."""

import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from gvc_catalogue.search_index.sync.refresh import directory_of
from programmes.search.index_document import INDEX
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from tests.factories import make_programme

pytestmark = pytest.mark.django_db

ASKED = ListQuery(q="cluster", sort="name")


@pytest.fixture(autouse=True)
def index(settings: Settings, tmp_path: Path) -> None:
    """An index of this test's own, which is built."""
    settings.INDEX_DIR = tmp_path / "index"
    INDEX._served = None
    INDEX.current_snapshot()


def build() -> Path:
    return directory_of(INDEX.current_snapshot().snapshot)


def lasting(directory: Path) -> list[Path]:
    """All files but those by which the engine says which others are its own, which it replaces itself."""
    engines = {"engine/meta.json", "engine/.managed.json"}
    found = [path for path in directory.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return [path for path in found if str(path.relative_to(directory)) not in engines]


def test_files_are_read_only_and_what_is_open_stays_as_it_was() -> None:
    directory = build()
    opened = {path: path.open("rb") for path in directory.rglob("*") if path.is_file() and path.suffix != ".lock"}
    before = {path: path.read_bytes() for path in opened}
    for n in range(3):
        make_programme(f"new-{n}", name="Cluster")
        assert find(ASKED).answer is not None
    assert build() == directory
    assert {path: file.read() for path, file in opened.items()} == before
    for file in opened.values():
        file.close()
    writable = [path.name for path in lasting(directory) if path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP)]
    assert not writable


def test_what_was_written_since_the_build_is_verified_before_it_is_opened() -> None:
    directory, before = build(), set(lasting(build()))
    make_programme("new", name="Cluster")
    assert find(ASKED).answer is not None
    (positions,) = [path for path in set(lasting(directory)) - before if path.suffix == ".pos"]
    positions.chmod(0o644)
    with positions.open("r+b") as file:
        file.write(bytes(byte ^ 0x5A for byte in file.read(1)))
        file.seek(0)
        file.write(b"\xa5")
    INDEX._served = None
    assert build() != directory
    assert find(ASKED).answer is not None
