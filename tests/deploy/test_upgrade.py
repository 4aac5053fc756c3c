"""Two releases side by side on one database: the new one migrates while the old one serves, and back is open."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.postgresql import cluster
from tests.processes import STARTS_WITHIN, wait

CODE = ("gvc_catalogue", "programmes", "recommendations", "templates", "fixtures", "static")
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("programmes", "{last}")]
    operations = [
        migrations.AddField("programme", "colour", models.CharField(max_length=9, null=True)),
        migrations.AddField("programme", "weight", models.IntegerField(db_default=1)),
    ]
"""
FIELDS = """
    colour = models.CharField(max_length=9, null=True)
    weight = models.IntegerField(db_default=1)
    slug = models.SlugField(
"""
ADD = """
import django; django.setup()
from programmes.models import Organisation, Programme
provider = Organisation.objects.get_or_create(name="An upgrader", kind="company")[0]
one = Programme.objects.create(slug="{slug}", name="Zebrafish {slug}", provider=provider)
"""

# Once is enough: what it needs of databases it starts itself.
pytestmark = pytest.mark.only("sqlite", "it has databases of its own, of both kinds where that matters")


@dataclass(frozen=True)
class Release:
    """The code of a release, on the database and the index that both share."""

    code: Path
    address: str
    index: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "gvc_catalogue.settings",
            "DATABASE_URL": self.address,
            "INDEX_DIR": str(self.index),
            "SECRET_KEY": "shared by all nodes of both releases, as the guide says",
            "WEB_WORKERS": "1",
        }

    def run(self, *arguments: str) -> None:
        """Run Python on it; what fails, fails."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.code,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def add(self, slug: str) -> None:
        """Write a programme by this release's models."""
        self.run("-c", ADD.format(slug=slug))

    @contextmanager
    def node(self) -> Iterator[str]:
        """The address of a node that serves it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        command = [gunicorn, "gvc_catalogue.wsgi", "--config", "gunicorn.conf.py"]
        quiet = subprocess.DEVNULL
        environment = self.environment | {"PORT": str(port)}
        process = subprocess.Popen(command, cwd=self.code, env=environment, stdout=quiet, stderr=quiet)
        try:
            wait(f"http://127.0.0.1:{port}/programmes.json")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(STARTS_WITHIN)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/shared.sqlite3"
    else:
        with cluster() as found:
            yield found


@pytest.fixture
def old(root: Path, address: str, tmp_path: Path) -> Release:
    """This release, with the catalogue loaded."""
    release = Release(tmp_path / "old", address, tmp_path / "index")
    copy(root, release.code)
    release.run("manage.py", "migrate", "--verbosity=0")
    release.run("manage.py", "load_catalogue")
    return release


@pytest.fixture
def new(root: Path, address: str, tmp_path: Path) -> Release:
    """The next release: two columns more, and an index of another form."""
    release = Release(tmp_path / "new", address, tmp_path / "index")
    copy(root, release.code)
    last = sorted(path.stem for path in (release.code / "programmes/migrations").glob("0*.py"))[-1]
    (release.code / "programmes/migrations/9999_colour.py").write_text(MIGRATION.format(last=last))
    edit(release.code / "programmes/models/programme.py", r"\n    slug = models.SlugField\(\n", FIELDS)
    edit(release.code / "gvc_catalogue/search_index/schema_version.py", r"\nLAYOUT = \d+", "\nLAYOUT = 999")
    return release


def copy(root: Path, code: Path) -> None:
    for name in CODE:
        shutil.copytree(root / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "gunicorn.conf.py"):
        shutil.copy(root / name, code / name)


def edit(file: Path, pattern: str, put: str) -> None:
    text, number = re.subn(pattern, lambda found: put, file.read_text(encoding="utf-8"), count=1)
    assert number == 1, pattern
    file.write_text(text, encoding="utf-8")


def total(node: str) -> int:
    with urlopen(f"{node}/programmes.json?q=zebrafish") as answer:  # noqa: S310 (an address of our own)
        return int(json.load(answer)["count"])


def test_nodes_of_two_releases_answer_alike_and_the_old_one_can_come_back(old: Release, new: Release) -> None:
    with old.node() as before:
        assert total(before) == 0
        new.run("manage.py", "migrate", "--verbosity=0")
        old.add("old-code-on-new-tables")
        assert total(before) == 1
        with new.node() as after:
            assert (total(before), total(after)) == (1, 1)
            new.add("new-code")
            old.add("old-code-once-more")
            assert (total(before), total(after)) == (3, 3)
            forms = {path.name.rpartition("-")[2] for path in new.index.iterdir() if "-" in path.name}
            assert len(forms) == 2
        assert total(before) == 3
    with old.node() as again:
        assert total(again) == 3
