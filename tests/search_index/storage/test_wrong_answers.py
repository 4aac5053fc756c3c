"""Files that change while they are mapped give wrong answers; once the damage is found, these are served no more."""

import shutil
from pathlib import Path

import pytest
from django.test import Client
from pyroaring import BitMap
from pytest_django import Settings

from gvc_catalogue.search_index.errors import DamagedIndexError
from gvc_catalogue.search_index.storage import generation
from gvc_catalogue.search_index.storage.store import Build
from gvc_catalogue.search_index.sync import refresh
from gvc_catalogue.web import stale_store
from gvc_catalogue.web.service_unavailable import CachedResponse
from programmes.search.index_document import INDEX
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from tests import reference

pytestmark = pytest.mark.django_db

ADDRESS = "/programmes.json?q=cluster&sort=name"
ASKED = ListQuery(q="cluster", sort="name")


@pytest.fixture(autouse=True)
def index(settings: Settings, tmp_path: Path) -> None:
    """An index of this test's own, which is built."""
    settings.INDEX_DIR = tmp_path / "index"
    INDEX._served = None
    INDEX.current_snapshot()


def build() -> Path:
    return refresh.directory_of(INDEX.current_snapshot().snapshot)


def damaged_by(raised: Exception) -> DamagedIndexError:
    """The error that reading an index makes of another."""
    error = DamagedIndexError(str(raised))
    error.__cause__ = raised
    return error


def found(client: Client, **headers: str) -> tuple[int, list[str], str]:
    """Status, programmes and tag of the answer."""
    response = client.get(ADDRESS, headers=headers)
    slugs = [programme["slug"] for programme in response.json()["results"]] if response.content else []
    return response.status_code, slugs, response["ETag"]


def expected() -> list[str]:
    return reference.in_order(reference.matching(reference.records(), ASKED), "name")


def overwrite(word: str) -> None:
    """Let as many other entries have a word, in the file as it lies there."""
    posting = Build(build()).postings[word]
    assert posting
    others = BitMap(range(67)) - posting.members
    path = build() / "postings.bin"
    # Neither is written as a run of ordinals.
    old, new = posting.members.serialize(), BitMap(list(others)[::2][: len(posting.members)]).serialize()
    assert len(old) == len(new)
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(path.read_bytes().index(old))
        file.write(new)


def test_a_page_of_files_that_turn_out_damaged_is_never_served_again() -> None:
    client, right = Client(), expected()
    overwrite("cluster")
    status, slugs, tag = found(client)
    assert status == 200
    assert slugs != right
    assert found(client, **{"If-None-Match": tag})[0] == 304
    # Another process opens the index, and finds it out.
    served, INDEX._served = INDEX._served, None
    assert find(ASKED).page.total == len(right)
    # This one has yet to learn of it.
    INDEX._served = served
    assert found(client)[:2] == (200, right)
    status, slugs, another = found(client, **{"If-None-Match": tag})
    assert (status, slugs) == (200, right)
    assert another != tag


def test_nor_is_it_while_the_database_is_away() -> None:
    page = CachedResponse("tag", (("Content-Type", "text/html"),), b"wrong", 1, generation.current())
    stale_store.put("http://testserver/programmes/", page)
    assert stale_store.get("http://testserver/programmes/") == page
    INDEX.give_up(ValueError("A record is damaged."))
    assert stale_store.get("http://testserver/programmes/") is None


def test_a_process_stops_answering_from_files_that_another_found_damaged() -> None:
    damaged = build()
    refresh.discard(damaged)
    assert build() != damaged
    assert find(ASKED).page.total == len(expected())


def test_an_error_of_the_system_is_no_damage_where_all_files_are_as_they_were_written() -> None:
    whole = build()
    INDEX.give_up(damaged_by(OSError(24, "Too many open files")))
    assert build() == whole
    assert generation.current() == ""


@pytest.mark.parametrize("raised", [ValueError("A record is damaged."), OSError(5, "Input/output error")])
def test_what_a_query_raises_over_damaged_files_discards_them(raised: Exception) -> None:
    damaged = build()
    overwrite("cluster")
    INDEX.give_up(damaged_by(raised))
    assert build() != damaged
    assert generation.current() != ""


@pytest.mark.parametrize("missing", ["by_pk.npy", "words.npy", "meta.json", "engine-sums.json", "engine/meta.json"])
def test_a_missing_file_of_a_build_is_damage(missing: str) -> None:
    client = Client()
    overwrite("cluster")
    tag = found(client)[2]
    (build() / missing).unlink()
    INDEX._served = None
    assert find(ASKED).page.total == len(expected())
    assert generation.current() != ""
    assert found(client, **{"If-None-Match": tag})[:2] == (200, expected())


def test_an_index_that_is_removed_while_it_serves_begins_another_generation(settings: Settings) -> None:
    client = Client()
    overwrite("cluster")
    tag = found(client)[2]
    shutil.rmtree(settings.INDEX_DIR)
    INDEX.give_up(ValueError("A record is damaged."))
    assert found(client, **{"If-None-Match": tag})[:2] == (200, expected())


def test_a_generation_whose_file_is_removed_is_never_the_first_again(settings: Settings) -> None:
    INDEX.give_up(ValueError("A record is damaged."))
    assert find(ASKED).page.total == len(expected())
    before = generation.current()
    shutil.rmtree(settings.INDEX_DIR)
    assert generation.current() not in ("", before)


def test_a_damaged_build_begins_one_other_generation_until_it_is_replaced() -> None:
    damaged = build()
    refresh.discard(damaged)
    assert not refresh.is_damaged(damaged)


def test_a_node_without_an_index_begins_no_other_generation() -> None:
    assert generation.current() == ""
    assert not refresh.is_damaged(build().parent / "build-none")
