"""Catalogues to back up and databases to restore into, each asked by processes of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.postgresql import cluster
from tests.processes import database_url, environment

# Everything that is not derived, by Django's own means, and what readers are shown in numbers.
READ = """
import json
from io import StringIO
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client
out = StringIO()
call_command("dumpdata", "--natural-foreign", "--exclude=sessions", "--exclude=text_index", "--exclude=contenttypes",
             "--exclude=auth.permission", stdout=out)
shown = {path: b"".join(Client(headers={"host": "localhost"}).get(path)).decode() for path in PATHS}
times = [entry.action_time.isoformat() for entry in LogEntry.objects.order_by("pk")]
print(json.dumps({"records": json.loads(out.getvalue()), "shown": shown, "times": times}))
"""
PATHS = [
    "/programmes.json",
    "/programmes.json?country=JP&q=sme",
    "/programmes.csv",
    "/examples.csv",
    "/recommendations.csv",
    "/evidence-map.csv",
    "/api/v1/countries",
    "/api/v1/countries/JP",
    "/api/v1/providers",
]


@dataclass(frozen=True)
class Place:
    """A database and a node's index, by their address and folder."""

    address: str
    index: Path

    def manage(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of manage.py there."""
        return self.run("manage.py", *command)

    def read(self) -> dict[str, Any]:
        """Every record, and what the public pages of data say."""
        code = f"import django; django.setup(); PATHS = {PATHS!r}\n{READ}"
        done = self.run("-c", code)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        values = environment(DATABASE_URL=self.address, INDEX_DIR=str(self.index))
        return subprocess.run(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=values, capture_output=True, text=True, check=False
        )


@pytest.fixture
def here(transactional_db: None, tmp_path: Path) -> Place:
    """The database of the test itself."""
    return Place(database_url(), tmp_path / "index-here")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Place:
    """A file of SQLite that has just been migrated."""
    return migrated(Place(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", tmp_path / "index-elsewhere"))


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[Place]:
    """A PostgreSQL of our own that has just been migrated."""
    with cluster() as address:
        yield migrated(Place(address, tmp_path / "index-postgresql"))


def migrated(place: Place) -> Place:
    done = place.manage("migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    return place
