"""A line of the log: JSON, whatever happened, and without what a reader typed."""

import json
import logging
import sys
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.web.logging.json_formatter import JsonFormatter

TYPED = "a-readers-word"


def line(message: str, *args: Any, name: str = "here", with_words: bool = False, **more: Any) -> dict[str, Any]:
    record = logging.LogRecord(name, logging.WARNING, "file", 1, message, args, more.pop("exc_info", None))
    vars(record).update(more)
    text = JsonFormatter(with_words).format(record)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def broken(cause: bool = True) -> Any:
    """An exception with a reader's word in its message, and another behind it."""
    try:
        try:
            raise KeyError(TYPED)
        except KeyError as error:
            raise ValueError(TYPED) from (error if cause else None)
    except ValueError:
        return sys.exc_info()


def test_a_line_says_when_how_grave_and_where() -> None:
    found = line("It is %s.", "so")
    assert found.pop("time").endswith("+00:00")
    assert found == {"level": "warning", "logger": "here", "message": "It is so."}


@given(st.text())
def test_any_text_is_one_line(text: str) -> None:
    assert line("%s", text)["message"] == text


def test_an_exception_is_told_by_its_kind_and_its_way_through_the_code() -> None:
    told = line("Broken", exc_info=broken())["exception"]
    assert TYPED not in str(told)
    assert [part for part in told if part in ("KeyError", "ValueError")] == ["KeyError", "ValueError"]
    assert any("test_json_formatter.py" in part and "raise ValueError" in part for part in told)
    assert "KeyError" not in line("Broken", exc_info=broken(cause=False))["exception"]


def test_where_it_is_switched_on_an_exception_says_what_it_said() -> None:
    assert f"ValueError: {TYPED}" in line("Broken", exc_info=broken(), with_words=True)["exception"]


def test_a_path_is_told_by_its_pattern() -> None:
    name, path = "django.request", f"/programmes/{TYPED}/"
    found = line("%s: %s", "Broken", path, name=name, request=RequestFactory().get(path))
    assert found["message"] == "Broken: /programmes/<slug:slug>/"
    nowhere = line("%s: %s", "Broken", f"/{TYPED}", name=name, request=RequestFactory().get(f"/{TYPED}"))
    assert nowhere["message"] == "Broken: (nothing there)"


@pytest.mark.parametrize(
    ("name", "message", "said"),
    [
        ("gunicorn.error", f"Invalid request from ip=192.0.2.1: Invalid HTTP Header: {TYPED}", "Invalid request"),
        ("gunicorn.error", f"Error handling request GET /?q={TYPED}", "Error handling request"),
        ("gunicorn.error", "Worker was sent SIGKILL!", "Worker was sent SIGKILL!"),
        ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: {TYPED}.", "Refused: DisallowedHost"),
        ("django.security.csrf", f"Forbidden (Referer checking failed - https://{TYPED}.): /", "Refused: csrf"),
    ],
)
def test_what_others_say_of_a_reader_is_left_out(name: str, message: str, said: str) -> None:
    assert line(message, name=name)["message"] == said
    assert line(message, name=name, with_words=True)["message"] == message
    assert "exception" not in line(message, name="django.security.DisallowedHost", exc_info=broken())
