"""Files that hold password hashes, keys or pages are readable by their owner only, however wide the umask is."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from gvc_catalogue import env
from gvc_catalogue.search_index.storage import generation
from gvc_catalogue.search_index.storage.locks import file_lock
from gvc_catalogue.web import stale_store
from gvc_catalogue.web.service_unavailable import CachedResponse
from tests.processes import BASIC
from tests.test_documentation import tracked

# Each test has a SQLite of its own.
pytestmark = pytest.mark.only("sqlite", "PostgreSQL keeps its files itself")

USER = "from django.contrib.auth.models import User; User.objects.create_user('curator', password='correct horse')"
OPEN = "from django.db import connection; connection.ensure_connection()"
# Writes to a database, so that -wal and -shm are there, and shows the modes while it is open.
WRITE_AND_LOOK = """
from pathlib import Path
from django.contrib.auth.models import Group
Group.objects.create(name="of the test")
for path in Path({folder!r}).glob({name!r}): print(path.name, oct(path.stat().st_mode & 0o777))
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def checkout(root: Path) -> Iterator[Path]:
    """A copy of the project without anything made, in a folder that every user can enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    for file in tracked(root):
        copy = folder / "project" / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    yield folder / "project"
    shutil.rmtree(folder)


def manage(project: Path, *arguments: str, **environment: str) -> str:
    """Run a command as where the umask takes nothing away; return what it prints."""
    basic = BASIC | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=project,
        env=basic | environment,
        capture_output=True,
        text=True,
        check=False,
        umask=0,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_database_its_journals_and_the_key_are_private_and_so_is_their_folder(checkout: Path) -> None:
    manage(checkout, "migrate", "--verbosity=0")
    var = checkout / "var"
    seen = manage(checkout, "shell", "-v0", "-c", WRITE_AND_LOOK.format(folder=str(var), name="catalogue*"))
    names = ["catalogue.sqlite3", "catalogue.sqlite3-shm", "catalogue.sqlite3-wal"]
    assert sorted(seen.splitlines()) == [f"{name} 0o600" for name in names]
    assert mode(var / "secret_key") == 0o600
    assert mode(var) == 0o700


def test_files_that_were_wider_are_private_after_the_next_start(checkout: Path) -> None:
    manage(checkout, "migrate", "--verbosity=0")
    var = checkout / "var"
    files = [var / name for name in ("catalogue.sqlite3", "catalogue.sqlite3-wal", "catalogue.sqlite3-shm")]
    for path in (var / "secret_key", *files):
        path.touch()
        path.chmod(0o644)
    var.chmod(0o755)
    manage(checkout, "shell", "-v0", "-c", OPEN)
    assert {path.name: oct(mode(path)) for path in var.glob("*") if path.is_file() and mode(path) != 0o600} == {}
    assert mode(var) == 0o700


def test_a_folder_that_others_must_enter_stays_open_while_no_database_lies_in_it(
    checkout: Path, tmp_path: Path
) -> None:
    manage(checkout, "collectstatic", "--noinput", "--verbosity=0")
    database = f"sqlite:///{tmp_path}/elsewhere.sqlite3"
    manage(checkout, "migrate", "--verbosity=0", DATABASE_URL=database)
    assert mode(checkout / "var") & 0o055 == 0o055
    assert mode(tmp_path / "elsewhere.sqlite3") == 0o600


def test_what_other_commands_write_is_private_too(root: Path, tmp_path: Path) -> None:
    values = {"DATABASE_URL": f"sqlite:///{tmp_path}/one.sqlite3", "INDEX_DIR": f"{tmp_path}/index"}
    manage(root, "generate_catalogue", "--programmes=3", **values)
    manage(root, "shell", "-v0", "-c", USER, **values)
    manage(root, "backup", str(tmp_path / "one.backup"), **values)
    values["DATABASE_URL"] = f"sqlite:///{tmp_path}/two.sqlite3"
    manage(root, "migrate", "--verbosity=0", **values)
    manage(root, "restore", str(tmp_path / "one.backup"), **values)
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert {path.name for path in files} >= {"one.sqlite3", "one.backup", "two.sqlite3"}
    assert {path.name: oct(mode(path)) for path in files if mode(path) != 0o600} == {}


def test_a_key_that_others_could_read_is_private_once_it_is_used(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    made = env.secret({}, "SECRET_KEY", file)
    file.chmod(0o644)
    assert env.secret({}, "SECRET_KEY", file) == made
    assert mode(file) == 0o600


def test_the_page_store_is_private_also_where_it_was_wider(settings: Settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path
    page = CachedResponse("W/tag", (), b"a page", 1)
    stale_store.put("/about/", page)
    folder, (file,) = tmp_path / stale_store.FOLDER, tuple((tmp_path / stale_store.FOLDER).iterdir())
    assert (mode(folder), mode(file)) == (0o700, 0o600)
    folder.chmod(0o755)
    file.chmod(0o644)
    stale_store.put("/about/", page)
    assert (mode(folder), mode(file)) == (0o700, 0o600)


def test_the_page_store_is_private_once_a_process_reads_or_starts(settings: Settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path
    page = CachedResponse("W/tag", (), b"a page", 1)
    for address in ("/about/", "/countries/"):
        stale_store.put(address, page)
    folder = tmp_path / stale_store.FOLDER
    files = list(folder.iterdir())
    folder.chmod(0o777)
    for file in files:
        file.chmod(0o666)
    assert stale_store.get("/about/") == page
    assert mode(folder) == 0o700
    stale_store.restrict_store()
    assert {mode(path) for path in files} == {0o600}


def test_folders_of_the_index_are_not_writable_by_others_whatever_the_umask(settings: Settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path / "new" / "index"
    umask = os.umask(0)
    try:
        with file_lock(settings.INDEX_DIR / "of-a-catalogue", "writing.lock"):
            generation.begin_another()
        stale_store.put("/about/", CachedResponse("W/tag", (), b"a page", 1))
    finally:
        os.umask(umask)
    wide = [path for path in tmp_path.rglob("*") if mode(path) & 0o022]
    assert wide == []
