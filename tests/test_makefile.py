"""What the Makefile and the lock files promise."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import HERE


def test_make_lists_its_targets_a_line_each(root: Path) -> None:
    lines = subprocess.run(["make"], cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    # What the words of a target say is wanted; a make that calls this make adds lines on folders.
    names = [line.split()[1] for line in lines if line.startswith("make ")]
    assert {"run", "dev", "test", "lint", "format", "lock", "clean"} <= set(names)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_files_name_hashes_and_no_host(root: Path, name: str) -> None:
    text = (root / name).read_text()
    assert not re.search(r"://|index-url|find-links", text)
    for block in re.findall(r"^\S+==.*(?:\n    .*)*", text, re.MULTILINE):
        assert "--hash=sha256:" in block, block


def test_both_lock_files_agree(root: Path) -> None:
    run, develop = (
        set(re.findall(r"^(\S+==\S+)", (root / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert run < develop


def test_what_takes_too_long_for_make_test_is_left_to_make_soak(root: Path) -> None:
    def collected(*arguments: str) -> set[str]:
        command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *arguments]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        return {line for line in done.stdout.splitlines() if "::" in line}

    assert collected("-m", HERE, "tests/soak") == set()
    assert collected("-m", "browser and not soak", "tests/soak") == set()
