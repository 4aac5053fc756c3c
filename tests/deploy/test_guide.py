"""The guide of docs/deploy/ is followed, block by block, in a folder of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import cluster

# Once is enough: what it needs of databases it starts itself.
pytestmark = pytest.mark.only("sqlite", "it has databases of its own, of both kinds where that matters")

BLOCK = re.compile(r"^```sh tried\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def postgresql() -> Iterator[str]:
    with cluster() as address:
        yield address


def test_the_blocks_that_are_marked_lead_from_one_machine_to_three(root: Path, postgresql: str, tmp_path: Path) -> None:
    blocks = BLOCK.findall((root / "docs/deploy/README.md").read_text(encoding="utf-8"))
    assert len(blocks) == 5
    (tmp_path / "backups").mkdir()
    # The environment as the guide has it, but for the places of this test.
    text = (root / "docs/deploy/catalogue.env").read_text()
    text = re.sub("^DATABASE_URL=.*", f"DATABASE_URL=sqlite:///{tmp_path}/one.sqlite3", text, flags=re.MULTILINE)
    text = re.sub("^INDEX_DIR=.*", f"INDEX_DIR={tmp_path}/index", text, flags=re.MULTILINE)
    (tmp_path / "catalogue.env").write_text(text)
    (tmp_path / "current").mkdir()
    for name in ("manage.py", "gvc_catalogue", "programmes", "recommendations", "templates", "static", "fixtures"):
        (tmp_path / "current" / name).symlink_to(root / name)
    (tmp_path / "current/.venv/bin").mkdir(parents=True)
    (tmp_path / "current/.venv/bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (tmp_path / "current/.venv/bin/python").chmod(0o755)
    places = {"ETC": tmp_path, "TOP": tmp_path, "BACKUPS": tmp_path / "backups"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "NEW_DATABASE_URL": postgresql} | {k: str(v) for k, v in places.items()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Restored ") == 2
    assert {path.name for path in (tmp_path / "backups").iterdir()} == {"before.backup", "move.backup"}
