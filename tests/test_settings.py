"""The settings as a whole: what a start makes of its environment, and what every answer carries."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.processes import BASIC

SHOW = "from gvc_catalogue import settings; print(getattr(settings, '{name}'))"


def start(root: Path, code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A new Python with nothing of ours in its environment but these values."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=BASIC | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("name", "environment", "shown"),
    [
        ("DEBUG", {}, "False"),
        ("DEBUG", {"DEBUG": "yes"}, "True"),
        ("ALLOWED_HOSTS", {}, "['localhost', '127.0.0.1', '[::1]']"),
        ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": "gvc.example.org"}, "['gvc.example.org']"),
        ("SECURE_SSL_REDIRECT", {}, "False"),
        ("SECURE_SSL_REDIRECT", {"HTTPS": "yes"}, "True"),
        ("SESSION_COOKIE_SECURE", {"HTTPS": "yes"}, "True"),
        ("CSRF_COOKIE_SECURE", {"HTTPS": "yes"}, "True"),
        ("SECURE_HSTS_SECONDS", {"HTTPS": "yes"}, "31536000"),
        ("SECRET_KEY", {"SECRET_KEY": "k" * 50}, "k" * 50),
    ],
)
def test_what_the_environment_changes(root: Path, name: str, environment: dict[str, str], shown: str) -> None:
    assert start(root, SHOW.format(name=name), **environment).stdout.strip() == shown


@pytest.mark.parametrize(
    ("name", "value"), [("DEBUG", "perhaps"), ("HTTPS", "sometimes"), ("DATABASE_URL", "oracle://db/gvc")]
)
def test_an_unreadable_value_stops_the_start_with_a_sentence(root: Path, name: str, value: str) -> None:
    done = start(root, SHOW.format(name="DEBUG"), **{name: value})
    assert done.returncode != 0
    (sentence,) = (done.stdout + done.stderr).splitlines()
    assert sentence.startswith(f"{name} ")
    assert "must be" in sentence


@pytest.mark.django_db
def test_every_answer_forbids_what_the_pages_do_not_need(client: Client) -> None:
    policy = client.get("/no-such-page/")["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for name in ("default-src", "base-uri", "frame-ancestors"):
        assert directives.pop(name) == "'none'"
    assert set(directives.values()) == {"'self'"}


@pytest.mark.parametrize(
    ("environment", "bound", "threads"),
    [
        ({}, "127.0.0.1:8000", 28),
        ({"BIND": "0.0.0.0", "PORT": "8080", "WEB_THREADS": "2", "WEB_WAITING": "0"}, "0.0.0.0:8080", 10),  # noqa: S104
        ({"BIND": "[::]"}, "[::]:8000", 28),
    ],
)
def test_where_the_server_listens_and_with_how_many_threads(
    root: Path, environment: dict[str, str], bound: str, threads: int
) -> None:
    program = str(Path(sys.executable).parent / "gunicorn")
    basic = BASIC | {"SECRET_KEY": "k" * 50}
    command = [program, "gvc_catalogue.wsgi", "--print-config"]
    done = subprocess.run(command, cwd=root, env=basic | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    found = {name.strip(): value.strip() for name, value in shown.items()}
    assert (found["bind"], found["threads"]) == (f"['{bound}']", str(threads))
