"""Three nodes on a primary with two replicas, the long form: everything that goes wrong, several times, and longer."""

import os
import sys
from pathlib import Path

import pytest

from tests.nodes.cluster import replicated
from tests.nodes.story import EVERY_FAULT, tell

pytestmark = pytest.mark.soak
ROUNDS = int(os.environ.get("ROUNDS", "2"))


def test_whatever_dies_how_often_no_write_is_lost_and_no_reader_refused(tmp_path: Path) -> None:
    with replicated() as cluster:
        figures = tell(cluster, tmp_path, EVERY_FAULT * ROUNDS, seconds=8, readers=6)
    sys.stdout.write(f"\n{figures}\n")
    assert figures.notes.wrong == []
    assert figures.notes.failed == []
    assert figures.lost == []
    assert figures.differ == []
    assert set(figures.seen.values()) == {True}, figures.seen
    assert figures.notes.moved
    assert len(figures.writing_paused) == ROUNDS
