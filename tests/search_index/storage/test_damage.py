"""Whatever happens to the index's files, the next answer is right, and the index is whole again."""

import logging
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from gvc_catalogue.search_index import schema_version
from gvc_catalogue.search_index.errors import DamagedIndexError
from gvc_catalogue.search_index.storage.build import CURRENT
from gvc_catalogue.search_index.storage.immutable_files import replace
from gvc_catalogue.search_index.sync import refresh
from gvc_catalogue.search_index.sync.refresh import SearchIndex
from gvc_catalogue.web import stale_store
from gvc_catalogue.web.pagination import PAGE_SIZE
from programmes.models import Programme
from programmes.search import index_document
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from tests import reference
from tests.factories import make_programme

pytestmark = pytest.mark.django_db

ASKED = [
    ListQuery(country=("JP",)),
    ListQuery(q="cluster", region=("asia",)),
    ListQuery(q='"trade fairs"', sort="country"),
    ListQuery(q="zzyzx"),
    ListQuery(sort="recommendation"),
]


@pytest.fixture(autouse=True)
def index(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SearchIndex:
    """An index of this test's own."""
    settings.INDEX_DIR = tmp_path / "index"
    opened_anew(monkeypatch)
    return index_document.INDEX


def opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a process that starts: it knows nothing of what another has opened."""
    monkeypatch.setattr(index_document.INDEX, "_served", None)


def built(settings: Settings) -> Path:
    """The directory of the build that is the current one, after the first request."""
    assert Client().get("/programmes.json").status_code == 200
    (root,) = indexes(settings)
    return (root / CURRENT).resolve(strict=True)


def indexes(settings: Settings) -> list[Path]:
    """The directory of each form of the index."""
    return [path for path in Path(settings.INDEX_DIR).iterdir() if path.is_dir() and path.name != stale_store.FOLDER]


def right() -> bool:
    """Whether each list is answered, and as reading all rows does."""
    return all(answer_of(selection) == expected(selection, Programme.objects.count()) for selection in ASKED)


def answer_of(selection: ListQuery) -> tuple[Any, ...]:
    """Total, counts and names of the first page, from a process that keeps no page."""
    found = Client().get("/programmes.json", selection.pairs).json()
    counts = {name: {v["value"]: v["count"] for v in facet if v["count"]} for name, facet in found["facets"].items()}
    return found["count"], counts, {programme["name"] for programme in found["results"]}


@cache
def expected(selection: ListQuery, programmes: int) -> tuple[Any, ...]:
    """The same in plain Python; each test adds programmes that say the same."""
    records = reference.records()
    matching = reference.matching(records, selection)
    slugs = reference.in_order(matching, "name" if selection.order == "relevance" else selection.order)
    names = set(Programme.objects.filter(slug__in=slugs[:PAGE_SIZE]).values_list("name", flat=True))
    return len(matching), reference.counts(records, selection), names


def files(directory: Path) -> list[str]:
    """Every file of a build but the engine's locks."""
    found = [path for path in directory.rglob("*") if path.is_file() and not path.name.endswith(".lock")]
    return sorted(str(path.relative_to(directory)) for path in found)


# What a process finds that opens the index. All put another file in place of one that this very process may have
# mapped: shortening that ends the process; tests/search_index/storage/test_truncated_files.py tries it on others.


def emptied(path: Path) -> None:
    replace(path, b"")


def truncated(path: Path) -> None:
    replace(path, path.read_bytes()[: path.stat().st_size // 2])


def garbage(path: Path) -> None:
    """Of the same length, and nothing as it was."""
    replace(path, bytes(byte ^ 0x5A for byte in path.read_bytes()))


def one_byte(path: Path) -> None:
    """Changed, in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x01
    replace(path, bytes(data))


@pytest.mark.parametrize("damage", [Path.unlink, emptied, truncated, garbage, one_byte])
def test_each_file_damaged_is_found_out(
    damage: Callable[[Path], None], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = {kind(name) for name in files(built(settings))}
    assert {"meta.json", "sets.bin", "postings.bin", "words.npy", "engine-sums.json", "engine/meta.json"} < kinds
    for each in sorted(kinds):
        directory = built(settings)
        damage(next(directory / name for name in files(directory) if kind(name) == each))
        opened_anew(monkeypatch)
        assert right(), each


def kind(name: str) -> str:
    """The engine's segments have names of their own in each build."""
    folder, _, file = name.rpartition("/")
    return name if not folder or file.endswith(".json") else f"{folder}/{Path(file).suffix}"


def test_a_file_that_is_overwritten_while_it_is_open_ends_no_process(settings: Settings) -> None:
    fast = list(built(settings).rglob("*.fast"))
    assert fast
    for path in fast:
        path.chmod(0o644)
        with path.open("r+b") as file:
            file.seek(30)
            file.write(b"X" * 24)
    # The engine panics over it, which the search must hear of as an error like others.
    with pytest.raises(DamagedIndexError):
        find(ListQuery(q='"trade fairs"'))
    assert right()


def test_each_file_damaged_is_found_out_by_who_writes_a_change(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n, each in enumerate(sorted({kind(name) for name in files(built(settings))})):
        directory = built(settings)
        emptied(next(directory / name for name in files(directory) if kind(name) == each))
        opened_anew(monkeypatch)
        make_programme(f"new-{n}", name="Cluster")
        assert right(), each


@pytest.mark.parametrize("name", ["engine", "meta.json"])
def test_a_build_that_somebody_took_apart_is_built_anew(
    name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = built(settings) / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    opened_anew(monkeypatch)
    assert right()


def test_an_index_that_is_deleted_while_it_serves_is_built_anew_with_the_next_change(settings: Settings) -> None:
    shutil.rmtree(built(settings).parent)
    right()
    assert right()
    make_programme("new", name="Cluster")
    assert right()
    assert built(settings).exists()


def test_a_build_that_was_never_finished_is_never_read(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = built(settings)
    half = whole.parent / "build-half"
    shutil.copytree(whole, half)
    (half / "meta.json").unlink()
    opened_anew(monkeypatch)
    assert right()
    assert built(settings) == whole
    # Nor when the link leads there.
    (whole.parent / CURRENT).unlink()
    (whole.parent / CURRENT).symlink_to(half.name)
    opened_anew(monkeypatch)
    assert right()
    assert built(settings) not in (whole, half)


def test_files_of_another_form_are_never_read(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    old = built(settings)
    for path in files(old):
        garbage(old / path)
    opened_anew(monkeypatch)
    monkeypatch.setattr(schema_version, "LAYOUT", schema_version.LAYOUT + 1)
    assert right()
    assert len(indexes(settings)) == 2


@pytest.mark.parametrize("place", ["/proc/none/index", "file"])
def test_where_no_index_can_be_written_it_is_built_in_memory(
    place: str, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """On a place that is read only, to root as well, and where a file stands."""
    (tmp_path / "file").touch()
    settings.INDEX_DIR = tmp_path / place
    assert right()
    assert "The index cannot be written" in caplog.text
    make_programme("new", name="Cluster")
    assert right()
    # Without a change it is not built again.
    assert index_document.INDEX.current_snapshot().snapshot is index_document.INDEX.current_snapshot().snapshot


def test_a_large_catalogue_whose_index_cannot_be_written_is_unavailable(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    settings.INDEX_DIR = Path("/proc/none/index")
    monkeypatch.setattr(refresh, "SMALL", 20)
    assert client.get("/programmes/?q=cluster").status_code == 503
    assert client.get("/statement/").status_code == 200


@contextmanager
def full_disk() -> Iterator[None]:
    """Files hold 2,000 bytes and not one more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_on_a_full_disk_it_is_built_in_memory_and_afterwards_on_disk(settings: Settings, client: Client) -> None:
    make_programme("new", name="Cluster")
    Programme.objects.count()
    logging.disable()
    try:
        with full_disk():
            assert right()
            assert client.get("/programmes.json?q=cluster").status_code == 200
    finally:
        logging.disable(logging.NOTSET)
    assert not list(Path(settings.INDEX_DIR).rglob("build-*"))
    # Nor is a change lost that cannot be noted.
    make_programme("newer", name="Cluster")
    with full_disk():
        assert "newer" in {p["slug"] for p in find(ListQuery(q="cluster", sort="name")).programmes}
    assert right()
    assert not [path for path in Path(settings.INDEX_DIR).rglob("build-*") if not (path / "meta.json").exists()]
