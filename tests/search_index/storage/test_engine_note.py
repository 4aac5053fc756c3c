"""The engine answers from what it committed at the revision that was noted, or is built anew."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from gvc_catalogue.search_index.storage import checksums
from gvc_catalogue.search_index.storage.immutable_files import replace
from gvc_catalogue.search_index.sync.refresh import directory_of
from programmes.search.index_document import INDEX
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from tests.factories import make_programme

pytestmark = pytest.mark.django_db

PHRASE = ListQuery(q='"zealous beacon"')


@pytest.fixture(autouse=True)
def index(settings: Settings, tmp_path: Path) -> None:
    """An index of this test's own, which is built."""
    settings.INDEX_DIR = tmp_path / "index"
    INDEX._served = None
    INDEX.current_snapshot()


def build() -> Path:
    return directory_of(INDEX.current_snapshot().snapshot)


def total(selection: ListQuery) -> int:
    return find(selection).page.total


def test_a_revision_of_the_engine_that_is_not_as_it_was_noted_is_damage() -> None:
    path = build() / checksums.OF_ENGINE
    replace(path, json.dumps(json.loads(path.read_text()) | {"revision": 9999999999999999}).encode())
    make_programme("zealous", name="Zealous beacon initiative")
    assert total(PHRASE) == 1
    INDEX._served = None
    assert total(PHRASE) == 1


@pytest.mark.parametrize("since", [0, 1])
def test_segments_taken_out_of_the_engine_are_damage(since: int) -> None:
    make_programme("zealous", name="Zealous beacon initiative")
    assert total(PHRASE) == 1
    for n in range(since):
        make_programme(f"zealous-{n}", name="Zealous beacon again")
        assert total(PHRASE) == 2 + n
    path = build() / "engine/meta.json"
    meta = json.loads(path.read_text())
    replace(path, json.dumps(meta | {"segments": []}).encode())
    INDEX._served = None
    assert total(PHRASE) == 1 + since


def test_a_live_process_writes_no_change_to_an_engine_that_lost_segments() -> None:
    make_programme("zealous", name="Zealous beacon initiative")
    assert total(PHRASE) == 1
    path = build() / "engine/meta.json"
    replace(path, json.dumps(json.loads(path.read_text()) | {"segments": []}).encode())
    make_programme("other", name="Another programme")
    assert total(PHRASE) == 1


def test_another_revision_in_the_meta_file_of_a_build_is_damage() -> None:
    make_programme("zealous", name="Zealous beacon initiative")
    assert total(PHRASE) == 1
    path = build() / "meta.json"
    replace(path, json.dumps(json.loads(path.read_text()) | {"revision": INDEX.current_snapshot().revision}).encode())
    INDEX._served = None
    assert total(PHRASE) == 1
    assert total(ListQuery(q="zealous")) == 1
