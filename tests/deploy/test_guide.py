"""The guide of docs/deploy/ is followed, block by block: from one machine to three, of which one dies."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.nodes.machines import Machines, three_machines
from tests.nodes.people import Notes, People
from tests.nodes.web import Node

# Once is enough: what it needs of databases it starts itself.
pytestmark = pytest.mark.only("sqlite", "it has databases of its own, of both kinds where that matters")

BLOCK = re.compile(r"^```sh tried\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_blocks_lead_from_one_machine_to_three_of_which_one_may_die(root: Path, tmp_path: Path) -> None:
    with three_machines() as machines:
        machines.make_database()
        where = machines.environment()
        follow_the_guide(root, tmp_path, where["DATABASE_URL"])
        with served(Node("node", tmp_path / "node", [], more=where)) as node:
            people = People([node], where["DATABASE_URL"], session="")
            people.come(readers=2, writers=1, curators=0)
            pause = one_dies_and_comes_back(machines, people.notes)
            notes = people.go()
        with psycopg.connect(where["DATABASE_URL"], target_session_attrs="read-write") as connection:
            there = {row[0] for row in connection.execute("SELECT slug FROM programmes_programme")}
    lost = set(notes.acknowledged) - there
    written = f"{len(notes.acknowledged)} acknowledged writes, {len(lost)} lost, a pause of {pause:.1f} s"
    read = f"{notes.asked} reads, {len(notes.failed)} failed, the slowest {notes.slowest:.1f} s"
    sys.stdout.write(f"\nOne machine of three died: {written}; {read}\n")
    assert (lost, notes.failed, notes.wrong) == (set(), [], [])


@contextmanager
def served(node: Node) -> Iterator[Node]:
    """Run a node until it is no longer needed."""
    node.start()
    try:
        node.wait()
        yield node
    finally:
        node.end()


def one_dies_and_comes_back(machines: Machines, notes: Notes) -> float:
    """The machine that takes writes loses its power; writing goes on by another; it is switched on again and follows.

    Return for how many seconds nobody could write.
    """
    dead, at = machines.leader(), time.monotonic()
    machines.wait(lambda: notes.last() > at, "Somebody writes")
    at = time.monotonic()
    dead.kill()
    assert machines.leader() is not dead
    machines.wait(lambda: notes.last() > at + 1, "Writing goes on")
    dead.start()
    machines.wait(machines.whole, "All three have their parts again")
    at_last = time.monotonic()
    machines.wait(lambda: notes.last() > at_last + 1, "Writing goes on with all three")
    return notes.pause(at)


def follow_the_guide(root: Path, tmp_path: Path, address: str) -> None:
    """Run its blocks, with the places of this test; the address is that of the database on three machines."""
    blocks = BLOCK.findall((root / "docs/deploy/README.md").read_text(encoding="utf-8"))
    assert len(blocks) == 5
    (tmp_path / "backups").mkdir()
    # The environment as the guide has it, but for the places of this test.
    text = (root / "docs/deploy/catalogue.env").read_text()
    text = re.sub("^DATABASE_URL=.*", f"DATABASE_URL=sqlite:///{tmp_path}/one.sqlite3", text, flags=re.MULTILINE)
    text = text.replace("=django-insecure-", "=")
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
        env={"PATH": os.environ["PATH"], "NEW_DATABASE_URL": address} | {k: str(v) for k, v in places.items()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Restored ") == 2
    assert {path.name for path in (tmp_path / "backups").iterdir()} == {"before.backup", "move.backup"}
