"""The benchmark in small: that it runs to its end and that every class is answered. Nothing is timed here."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.catalogue import Catalogue
from tests.benchmarks.classes import Values, classes
from tests.benchmarks.load import percentile

SIZE = 10_000
# These have no list, and so no floor of the engine; the last is there once suggestions are.
WITHOUT_ENGINE = {"programme", "prefix", "evidence map", "about the data"}


def run(root: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.benchmarks.bench"]
    return subprocess.run(command, cwd=root, env=os.environ | environment, capture_output=True, text=True, check=False)


# One test, as it takes a while to make what it looks at. The benchmark reads DATABASE_URL.
@pytest.mark.both
def test_every_class_is_answered_and_counts_as_the_engine_does(root: Path, tmp_path: Path) -> None:
    done = run(root, SIZE=str(SIZE), ROUNDS="2", BENCH_DIR=str(tmp_path))
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "WRONG" not in done.stdout
    assert "every answer had it" in done.stdout
    kinds = classes(Values(Catalogue(tmp_path / f"{SIZE}-1"), SIZE, 1))
    has_the_shape(json.loads((tmp_path / "latest.json").read_text()), {one.name for one in kinds} | {"mix"})
    for one in kinds:
        asked = [one.addresses()[0] for _ in range(25)]
        assert len(set(asked)) == (1 if one.name == "unfiltered" else 25), one.name


def has_the_shape(latest: dict[str, Any], names: set[str]) -> None:
    assert set(latest) == {"size", "classes"}
    assert latest["size"] == SIZE
    assert names - set(latest["classes"]) <= {"prefix"}
    for name, row in latest["classes"].items():
        assert set(row) == {"ours", "constant"} | (set() if name in WITHOUT_ENGINE else {"engine"}), name
        assert all(0 < times["p50"] <= times["p95"] for times in row.values()), name


def test_percentiles_are_values_that_were_measured() -> None:
    times = [float(number) for number in range(40, 0, -1)]
    assert (percentile(times, 0.5), percentile(times, 0.95), percentile([3.0], 0.95)) == (20.0, 38.0, 3.0)


def test_a_size_that_is_none_is_refused_in_a_sentence(root: Path) -> None:
    done = run(root, SIZE="many")
    assert done.returncode == 1
    assert done.stderr == "SIZE is “many”, but must be a whole number from 1 to 10000000.\n"
