"""Three nodes on a primary with two replicas lose no write and refuse no reader, whatever dies. The short form."""

import sys
from pathlib import Path

import pytest

from tests.nodes.cluster import replicated
from tests.nodes.story import FAULTS, tell


@pytest.mark.only("postgresql", "SQLite is one file on one machine")
def test_whatever_dies_no_write_is_lost_and_no_reader_refused(tmp_path: Path) -> None:
    with replicated() as cluster:
        figures = tell(cluster, tmp_path, FAULTS, seconds=1)
    sys.stdout.write(f"\n{figures}\n")
    assert figures.notes.wrong == []
    assert figures.notes.failed == []
    assert figures.lost == []
    assert figures.differ == []
    # All of it happened, and was noticed.
    assert set(figures.seen.values()) == {True}, figures.seen
    assert figures.notes.moved
    assert figures.notes.by_form
    assert len(figures.writing_paused) == 1
