"""Processes that are killed at any moment, and processes that write at once: the index is right afterwards."""

import random
import signal
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from gvc_catalogue.search_index import schema_version
from programmes.models import Programme
from programmes.search import index_document
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from tests import reference
from tests.factories import make_programme
from tests.processes import finish, start

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue", "index")]

ASK = """
from programmes.search.search import find
from programmes.search.list_query import ListQuery
find(ListQuery(q="cluster"))
"""
# The process ends itself, as by `kill -9`, when it comes to this for the so-manieth time.
KILLED_AT = """
import importlib, os, signal
module, path, times = {module!r}, {path!r}.split("."), {times}
owner = importlib.import_module("gvc_catalogue.search_index.storage." + module)
for name in path[:-1]:
    owner = getattr(owner, name)
whole, calls = getattr(owner, path[-1]), []
def killed(*args, **kwargs):
    calls.append(1)
    if len(calls) == times:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*args, **kwargs)
setattr(owner, path[-1], killed)
"""
WRITE = """
from programmes.models import Organisation, Programme
from tests import reference
from tests.factories import make_programme
provider = Organisation.objects.get(name="OECD")
for n in range({number}):
    slug = f"{name}-{{n}}"
    make_programme(slug, name=f"Zebra {{n}}", provider=provider)
    found = find(ListQuery(q="zebra", sort="name"))
    every = {{found.answer.snapshot.pk(o) for o in found.answer.members}}
    assert Programme.objects.get(slug=slug).pk in every, slug
"""


@pytest.fixture
def index(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of this test's own."""
    settings.INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(index_document.INDEX, "_served", None)


def assert_right() -> None:
    """The index answers, and as the database does."""
    index_document.INDEX._served = None
    selections = [ListQuery(), ListQuery(q="cluster", sort="name"), ListQuery(q="zebra", sort="name")]
    for selection in [*selections, ListQuery(country=("JP",), sort="recommendation")]:
        assert not find(selection).catching_up
        assert reference.index_agrees(selection)


def builds(settings: Settings) -> list[Path]:
    return list(Path(settings.INDEX_DIR).rglob("build-*"))


@pytest.mark.parametrize(
    ("module", "path", "times"),
    [
        ("tantivy_engine", "Engine.__init__", 1),
        ("build", "document", 1),
        ("build", "document", 60),
        ("tantivy_engine", "Engine.reload", 1),
        ("store", "Builder.write", 1),
        ("store", "Builder._write_sets", 1),
        ("store", "checksums", 1),
        ("build", "switch", 1),
        ("build", "delete_old_builds", 1),
    ],
)
def test_killed_while_it_builds(module: str, path: str, times: int, settings: Settings) -> None:
    code, said = finish(start(KILLED_AT.format(module=module, path=path, times=times) + ASK))
    assert code == -signal.SIGKILL, said
    assert len(builds(settings)) == 1
    assert_right()


@pytest.mark.parametrize(
    ("module", "path", "times"),
    [
        ("tantivy_engine", "Engine.write", 1),
        ("tantivy_engine", "document", 1),
        ("tantivy_engine", "document", 2),
        ("tantivy_engine", "Engine.reload", 1),
    ],
)
def test_killed_while_it_writes_a_change(module: str, path: str, times: int) -> None:
    find(ListQuery())
    make_programme("a", name="Zebra")
    make_programme("b", name="Zebra cluster")
    Programme.objects.filter(slug="covisint").delete()
    code, said = finish(start(KILLED_AT.format(module=module, path=path, times=times) + ASK))
    assert code == -signal.SIGKILL, said
    assert_right()
    make_programme("c", name="Zebra again")
    assert_right()


def test_killed_at_any_moment() -> None:
    chance = random.Random(7)  # noqa: S311 (nothing secret)
    for n in range(4):
        process = start(ASK + "print('ready', flush=True)\n" + WRITE.format(name=f"round-{n}", number=1000))
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 0.6))
        process.kill()
        finish(process)
        assert_right()


def test_processes_that_write_at_once() -> None:
    processes = [start(ASK + WRITE.format(name=name, number=10)) for name in ("first", "second", "third")]
    for code, said in map(finish, processes):
        assert code == 0, said
    assert find(ListQuery(q="zebra")).page.total == 30
    assert_right()


RELEASE = "from gvc_catalogue.search_index import schema_version\nschema_version.LAYOUT = {form}\n"


def test_old_and_new_releases_side_by_side_and_back(settings: Settings) -> None:
    """They share the database and the folder of the index, and each keeps an index of its own form there."""
    find(ListQuery())
    (old,) = builds(settings)
    forms = {
        "old": schema_version.LAYOUT,
        "new": schema_version.LAYOUT + 1,
        "older": schema_version.LAYOUT,
        "newer": schema_version.LAYOUT + 1,
    }
    asked = {name: RELEASE.format(form=form) + ASK + WRITE.format(name=name, number=5) for name, form in forms.items()}
    for code, said in map(finish, map(start, asked.values())):
        assert code == 0, said
    assert len({build.parent for build in builds(settings)}) == 2
    # Back: the old release goes on with what it has, and all that came meanwhile.
    index_document.INDEX._served = None
    assert find(ListQuery(q="zebra")).page.total == 20
    answer = find(ListQuery()).answer
    assert answer.snapshot.build.directory == old
    assert_right()


def test_processes_that_build_at_once(settings: Settings) -> None:
    processes = [start(ASK) for _ in range(4)]
    for code, said in map(finish, processes):
        assert code == 0, said
    assert_right()
    assert len(builds(settings)) <= 2
