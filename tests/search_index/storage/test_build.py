"""A large build, made by several processes: the same as one made by one, or none at all."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from time import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.search_index.documents import Document, IndexDefinition
from gvc_catalogue.search_index.storage import build
from gvc_catalogue.search_index.storage.postings import Posting, impacts_of
from gvc_catalogue.search_index.storage.postings_builder import PostingsBuilder
from gvc_catalogue.search_index.storage.subprocess_iterator import in_subprocess
from tests.search_index.toys import entry, subject

ENTRIES = [entry(n, f"s{n * 7 % 23}-{n}", f"Name {n % 5} cluster", [f"word{n % 3}"], land="japan") for n in range(50)]


def written(found: IndexDefinition, root: Path) -> dict[str, bytes]:
    """The files of a build but the engine's, without the sums of those."""
    directory = build.build(found, root, 1)
    files = {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}
    del files["engine-sums.json"]
    files["meta.json"] = json.dumps(json.loads(files["meta.json"])["count"]).encode()
    return files


def test_several_processes_build_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = written(subject(ENTRIES), tmp_path / "alone")
    monkeypatch.setattr(build, "LARGE", 10)
    assert written(subject(ENTRIES), tmp_path / "together") == alone


def test_when_the_process_that_reads_fails_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def failing(keys: Iterable[int] | None) -> Iterator[Document]:
        yield from ENTRIES
        raise ZeroDivisionError

    monkeypatch.setattr(build, "LARGE", 10)
    with pytest.raises(ChildProcessError):
        build.build(replace(subject(ENTRIES), entries=failing), tmp_path, 1)
    assert not list(tmp_path.iterdir())
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_who_stops_listening_ends_the_process() -> None:
    with in_subprocess(lambda: iter(range(10_000_000))) as numbers:
        assert next(numbers) == 0


def test_indexes_of_former_releases_are_deleted_a_month_after_they_were_last_written_to(tmp_path: Path) -> None:
    names = ["a" * 32 + "-" + form * 12 for form in "bcd"]
    long_ago = time() - 31 * 24 * 3600
    for name in [*names, "somebody-elses"]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "writing.lock").touch()
        os.utime(tmp_path / name, (long_ago, long_ago))
    for name in [names[0], names[1], "somebody-elses"]:
        os.utime(tmp_path / name / "writing.lock", (long_ago, long_ago))
    build.build(subject(ENTRIES), tmp_path / names[1], 1)
    assert {path.name for path in tmp_path.iterdir()} == {names[1], names[2], "somebody-elses"}


WORDS = ["zebra", "zebras", "firm", "patent", "patents", "patenting"]


@given(st.lists(st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=3), max_size=20), st.randoms())
@settings(max_examples=40)
def test_sets_have_the_entries_that_were_noted(entries: list[list[list[str]]], chance: Random) -> None:
    gathering, order = PostingsBuilder(), list(range(len(entries)))
    chance.shuffle(order)
    texts = [[" ".join(words) for words in entry] for entry in entries]
    printed = [{word for words in entry for word in words} for entry in entries]
    for n in range(len(entries)):
        gathering.add([f"facet/{word}" for word in printed[n]], texts[n])
    found = dict(gathering.sets(np.array(order, dtype=np.int64)))
    stems = {stem(word) for words in printed for word in words}
    expected = {f"word/{s}": {o: w for o, n in enumerate(order) if (w := impacts_of(texts[n]).get(s))} for s in stems}
    impacts = {name: dict(zip(found[name].members, found[name].impacts, strict=True)) for name in expected}
    assert impacts == expected
    assert {word: having(found, f"facet/{word}") for word in WORDS} == {
        word: {o for o, n in enumerate(order) if word in printed[n]} for word in WORDS
    }


def having(found: dict[str, Posting], name: str) -> set[int]:
    return set(found[name].members) if name in found else set()


def test_printed_forms_have_sets_of_their_own_where_their_stem_has_several() -> None:
    gathering = PostingsBuilder()
    for word in ("patent", "patents", "firm", "zebras", "patents"):
        gathering.add([], [word])
    found = dict(gathering.sets(np.arange(5)))
    assert {name: set(posting.members) for name, posting in found.items()} == {
        "word/patent": {0, 1, 4},
        "word/firm": {2},
        "word/zebra": {3},
        "word/=patent": {0},
        "word/=patents": {1, 4},
    }
