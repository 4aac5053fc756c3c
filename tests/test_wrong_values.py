"""A wrong value of the environment ends every program with one sentence: the variable, and what is possible."""

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import shake_256
from pathlib import Path

import pytest

from gvc_catalogue.preflight import SQLITE_HEADER
from tests.processes import BASIC, database_url

# Each test names its own database, or none.
pytestmark = pytest.mark.only("sqlite", "it has databases of its own, of both kinds where that matters")

BIN = Path(sys.executable).parent
PROGRAMS = {
    "preflight": [sys.executable, "-S", "-m", "gvc_catalogue.preflight"],  # -S leaves the installed packages out.
    "manage.py": [sys.executable, "manage.py", "check_catalogue"],
    "gunicorn": [str(BIN / "gunicorn"), "gvc_catalogue.wsgi"],
}
WRONG = {
    "SECRET_KEY": ["short", "k" * 49],
    "DEBUG": ["perhaps"],
    "HTTPS": ["sometimes", "yes\nno"],
    "REQUIRE_ONE_TIME_CODES": ["2"],
    "LOG_QUERIES": ["words"],
    "ALLOWED_HOSTS": [
        "https://gvc.example.org",
        "gvc.example.org:8000",
        "gvc.example.org/",
        "a b",
        "::1",
        "1.2.3",
        ",",
    ],
    "TRUSTED_PROXIES": ["nginx", "10.0.0.1/8", "300.0.0.1", ","],
    "INDEX_DIR": ["README.md", "README.md/index"],
    "PORT": ["abc", "0", "65536", "80 80"],
    "BIND": ["127.0.0.1:8000", "http://localhost", "::1", "300.0.0.1", "unix:/run/gvc"],
    "WEB_WORKERS": ["0", "65", "many"],
    "WEB_THREADS": ["0", "-1"],
    "WEB_WAITING": ["513", "1.5"],
    "DATABASE_URL": [
        *("gvc.sqlite3", "sqlite:", "mysql://u:hush@db/gvc", "postgresql://u:hush@db", "sqlite:///README.md"),
        *("sqlite:////no/such/folder/gvc.sqlite3", "sqlite:///docs"),
        *("postgresql://u:hush@db:70000/gvc", "postgresql://u:hush@db:0/gvc", "postgres://u:hush@[::1]:65536/gvc"),
        *("postgresql://u:hush@a:5432,b:99999/gvc", "postgresql://u:hush@db/gvc?port=70000"),
    ],
    "DATABASE_REPLICA_URL": ["sqlite:///hush.sqlite3", "postgresql://u:hush@a/gvc"],
}
# What libpq finds, so once psycopg is installed.
WRONG_FOR_LIBPQ = [
    *("postgresql://u:hush@db/gvc?no_such=1", "postgresql://u:hu%sh@db/gvc"),
    *("postgresql://u:p/hush@db/gvc", "postgresql://u:p@hush@db/gvc", "postgresql://u:hush@db:many/gvc"),
]
CASES = [(name, value) for name, values in WRONG.items() for value in values]


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return BASIC | {"DATABASE_URL": f"sqlite:///{tmp_path}/gvc.sqlite3", "INDEX_DIR": str(tmp_path / "index")} | more


def sentence(command: list[str], root: Path, values: dict[str, str]) -> str:
    """Run a program that must fail; return all that it printed, which must be one line."""
    done = subprocess.run(
        command, cwd=root, env=values, capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL
    )
    printed = done.stdout + done.stderr
    assert done.returncode == 1, printed
    assert printed.count("\n") == 1, printed
    assert printed.endswith(".\n")
    assert "hush" not in printed
    return printed


@contextmanager
def taken_port() -> Iterator[str]:
    """A port on which something listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


@pytest.mark.parametrize(("name", "value"), CASES)
def test_before_anything_is_installed_it_is_one_sentence(root: Path, tmp_path: Path, name: str, value: str) -> None:
    said = sentence(PROGRAMS["preflight"], root, environment(tmp_path, **{name: value}))
    assert said.startswith(f"{name}"), said
    assert any(words in said for words in ("must be", "must have", "name another")), said


@pytest.mark.parametrize("program", ["manage.py", "gunicorn"])
@pytest.mark.parametrize(("name", "value"), [(name, values[0]) for name, values in WRONG.items()])
def test_each_program_says_the_same_sentence(root: Path, tmp_path: Path, program: str, name: str, value: str) -> None:
    values = environment(tmp_path, **{name: value})
    assert sentence(PROGRAMS[program], root, values) == sentence(PROGRAMS["preflight"], root, values)


@pytest.mark.parametrize("value", WRONG_FOR_LIBPQ)
def test_an_address_that_libpq_cannot_read_tells_no_password(root: Path, tmp_path: Path, value: str) -> None:
    said = sentence(PROGRAMS["gunicorn"], root, environment(tmp_path, DATABASE_URL=value))
    assert said.startswith("DATABASE_URL ")
    assert "must be postgresql://" in said


def damaged(file: Path, length: int) -> str:
    """Write a file with the header of SQLite and random bytes after it; return its address."""
    file.write_bytes(SQLITE_HEADER + shake_256(b"damage").digest(length))
    return f"sqlite:///{file}"


@pytest.mark.parametrize("length", [0, 1, 84, 5_000, 100_000])
def test_a_damaged_database_file_is_named(root: Path, tmp_path: Path, length: int) -> None:
    values = environment(tmp_path, DATABASE_URL=damaged(tmp_path / "damaged.sqlite3", length))
    for program in ("preflight", "gunicorn"):
        said = sentence(PROGRAMS[program], root, values)
        assert said.startswith(f"DATABASE_URL leads to {tmp_path}/damaged.sqlite3, but that file is no SQLite database")


def test_a_damaged_page_of_a_database_is_named(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "damaged.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE a (b)")
        made.commit()
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + shake_256(b"damage").digest(len(whole) - 100))
    said = sentence(PROGRAMS["preflight"], root, environment(tmp_path, DATABASE_URL=f"sqlite:///{file}"))
    assert said.startswith(f"DATABASE_URL leads to {file}, but that file is no SQLite database")


def test_a_taken_port_is_named(root: Path, tmp_path: Path) -> None:
    with taken_port() as port:
        for program in ("preflight", "gunicorn"):
            said = sentence(PROGRAMS[program], root, environment(tmp_path, PORT=port))
            assert said.startswith(f"PORT is {port}, but another program listens on 127.0.0.1:{port};")


@pytest.mark.parametrize("address", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_named(root: Path, tmp_path: Path, address: str) -> None:
    with taken_port() as port:
        for program in ("preflight", "gunicorn"):
            said = sentence(PROGRAMS[program], root, environment(tmp_path, BIND=address, PORT=port))
            assert said.startswith(f"BIND is “{address}”, but this machine has no such address")


@pytest.mark.parametrize("command", ["migrate", "check_catalogue", "load_catalogue", "createsuperuser", "runserver"])
def test_a_database_that_does_not_answer_is_named_by_every_command(root: Path, tmp_path: Path, command: str) -> None:
    address = "postgresql://u:hush@127.0.0.1:1/gvc"
    said = sentence([sys.executable, "manage.py", command], root, environment(tmp_path, DATABASE_URL=address))
    assert said.startswith("DATABASE_URL names a database that cannot be used (")
    assert "refused" in said


@pytest.mark.only("postgresql", "the primary must answer")
@pytest.mark.django_db
def test_a_replica_that_does_not_answer_is_found_before_migrating(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gvc_catalogue.database_check"]
    values = environment(tmp_path, DATABASE_URL=database_url())
    subprocess.run(command, cwd=root, env=values, check=True)
    replica = {"DATABASE_REPLICA_URL": "postgresql://u:hush@127.0.0.1:1,127.0.0.1:2/gvc"}
    assert sentence(command, root, values | replica).startswith("DATABASE_REPLICA_URL names a database that cannot")


@pytest.mark.only("postgresql", "the database must answer")
@pytest.mark.django_db
def test_a_primary_that_cannot_be_written_to_is_found_before_migrating(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gvc_catalogue.database_check"]
    read_only = f"{database_url()}&options=-c%20default_transaction_read_only%3Don"
    said = sentence(command, root, environment(tmp_path, DATABASE_URL=read_only))
    assert said.startswith("DATABASE_URL names a database that cannot be written to (a standby")
    values = environment(tmp_path, DATABASE_URL=database_url(), DATABASE_REPLICA_URL=read_only)
    subprocess.run(command, cwd=root, env=values, check=True)
