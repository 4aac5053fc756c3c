"""What the Makefile and the lock files promise."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.server import free_port
from tests.run import HERE
from tests.test_documentation import tracked
from tests.test_wrong_values import taken_port

# Debian's Python without python3-venv.
WITHOUT_VENV = "raise ModuleNotFoundError(\"No module named 'ensurepip'\")\n"
NO_VENV = "Python lacks its venv module; type: sudo apt-get install python3-venv"


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


@pytest.fixture
def checkout(root: Path) -> Iterator[Path]:
    """A fresh copy of the project, which belongs to the user that make is run as."""
    folder = Path(tempfile.mkdtemp())
    for file in tracked(root):
        copy = folder / "project" / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    if who := ordinary_user():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, who["user"], who["group"])
    yield folder / "project"
    shutil.rmtree(folder)


def ordinary_user() -> dict[str, Any]:
    """What makes a process of root one of an ordinary user."""
    nobody = pwd.getpwnam("nobody")
    return {} if os.getuid() else {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def make(project: Path, *arguments: str, who: dict[str, Any] | None = None, **values: str) -> list[str]:
    """Run make where it must fail; return the lines that it printed but its own last one, "make: *** … Error 1"."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(project), "PORT": str(free_port())}
    done = subprocess.run(
        ["make", *arguments],
        cwd=project,
        env=environment | values,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **(who or {}),
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 2, done.stdout
    assert lines[-1].startswith("make: ***"), done.stdout
    return lines[:-1]


def script(path: Path, text: str) -> Path:
    """Write a program of the shell that everybody may run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def python_without_venv(project: Path) -> str:
    """A Python that the user may run, and that has neither ensurepip nor a package."""
    (project / "without").mkdir()
    (project / "without/ensurepip.py").write_text(WITHOUT_VENV)
    run = f'PYTHONPATH={project}/without exec {shutil.which("python3", path="/usr/bin:/bin") or sys.executable} -S "$@"'
    return str(script(project / "without/python3", run))


def with_environment(project: Path) -> Path:
    """Give a copy an environment that is up to date: that of these tests."""
    for name in ("python", "gunicorn"):
        script(project / ".venv/bin" / name, f'exec {Path(sys.executable).parent / name} "$@"')
    (project / ".venv/.stamp").touch()
    return project


@pytest.mark.parametrize("target", ["run", "dev", "venv"])
def test_an_ordinary_user_without_venv_reads_one_sentence(checkout: Path, target: str) -> None:
    python = python_without_venv(checkout)
    assert make(checkout, target, who=ordinary_user(), PYTHON=python) == [NO_VENV]


@pytest.mark.parametrize(("ends", "shown"), [(0, [NO_VENV]), (1, ["package 1", "package 2", NO_VENV])])
def test_what_apt_prints_is_shown_only_when_it_fails(checkout: Path, ends: int, shown: list[str]) -> None:
    tools = script(checkout / "tools/id", "echo 0").parent
    script(tools / "apt-get", f"[ $1 = update ] || {{ echo package 1; echo package 2; exit {ends}; }}")
    path = f"{tools}:{os.environ['PATH']}"
    assert make(checkout, "run", who=ordinary_user(), PYTHON=python_without_venv(checkout), PATH=path) == shown


def test_a_python_that_is_not_there_is_one_sentence(checkout: Path) -> None:
    (said,) = make(checkout, "run", PYTHON="/no/such/python3")
    assert said.startswith("Python 3.11 or newer is needed; say where it is: make PYTHON=")


@pytest.mark.parametrize("target", ["run", "dev"])
@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "abc"), ("SECRET_KEY", "short"), ("HTTPS", "maybe"), ("DATABASE_URL", "oracle://db/x")]
)
def test_a_wrong_value_is_one_sentence_before_anything_is_installed(
    checkout: Path, target: str, name: str, value: str
) -> None:
    values: dict[str, Any] = {"PYTHON": python_without_venv(checkout), name: value}
    (said,) = make(checkout, target, **values)
    assert said.startswith(f"{name} ")
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("target", ["run", "dev"])
def test_a_taken_port_is_one_sentence_before_anything_is_installed(checkout: Path, target: str) -> None:
    with taken_port() as port:
        (said,) = make(checkout, target, PYTHON=python_without_venv(checkout), PORT=port)
    assert said.startswith(f"PORT is {port}, but another program listens on 127.0.0.1:{port};")


@pytest.mark.parametrize("target", ["run", "dev"])
def test_a_database_that_does_not_answer_is_one_sentence(checkout: Path, target: str) -> None:
    address = "postgresql://u:hush@127.0.0.1:1/gvc"
    (said,) = make(with_environment(checkout), target, DATABASE_URL=address)
    assert said.startswith("DATABASE_URL names a database that cannot be used (")
    assert "hush" not in said


def test_compiled_python_is_kept_in_var_whatever_the_caller_says(checkout: Path) -> None:
    make(with_environment(checkout), "run", PORT="abc", PYTHONDONTWRITEBYTECODE="1")
    assert list((checkout / "var/pycache").rglob("env*.pyc"))
    assert not list(checkout.rglob("__pycache__"))


def test_the_second_make_run_says_only_where_the_catalogue_is(checkout: Path) -> None:
    (with_environment(checkout) / "var/static").mkdir(parents=True)
    address = f"http://127.0.0.1:{(port := str(free_port()))}/"
    first, second = (started(checkout, port, lines) for lines in (6, 3))
    assert first[:3] == ["Loaded 721 records.", "Indexed 67 entries.", "Collecting the static files ..."]
    assert first[3:] == second
    assert second[0] == f"The GVC Policy Catalogue is on {address} (Ctrl-C ends it)."
    assert second[2] == "  .venv/bin/python manage.py createsuperuser"


def started(project: Path, port: str, lines: int) -> list[str]:
    """Start `make run`, read so many lines, end it."""
    with subprocess.Popen(
        ["make", "run"],
        cwd=project,
        env={"PATH": os.environ["PATH"], "HOME": str(project), "PORT": port},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        found = [line.rstrip("\n") for line in islice(process.stdout or (), lines)]
        os.killpg(process.pid, signal.SIGINT)
    return found
