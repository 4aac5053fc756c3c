"""A record of the log as a line of JSON."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from .request_context import current_request_id, route

# gunicorn says who sent what it cannot read, and what; and the whole address asked where something broke.
TELLING = ("Invalid request", "Error handling request")
# Django's name for what it refuses is that of the exception; its message repeats what was sent.
REFUSED = "django.security."


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, request; more by `extra={"fields": {…}}`; of an exception its type and its way.

    Unless `with_words`, an exception's own message is left out, and paths are told by their pattern: both may hold
    what a reader typed.
    """

    def __init__(self, with_words: bool = False) -> None:
        super().__init__()
        self.with_words = with_words

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.message(record),
        }
        if found := current_request_id():
            line["request_id"] = found
        line |= getattr(record, "fields", {})
        # What is refused is no fault of ours: its way through the code tells nothing.
        if record.exc_info and record.exc_info[1] and not record.name.startswith(REFUSED):
            line["exception"] = self.exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)

    def message(self, record: logging.LogRecord) -> str:
        """Return what happened, without what was typed."""
        if self.with_words:
            return record.getMessage()
        if record.name.startswith("gunicorn") and str(record.msg).startswith(TELLING):
            return next(start for start in TELLING if str(record.msg).startswith(start))
        if record.name.startswith(REFUSED):
            return f"Refused: {record.name.removeprefix(REFUSED)}"
        return without_path(record)

    def exception(self, thrown: BaseException) -> list[str]:
        """Return the exception and those that led to it, each line of the traceback by itself."""
        return "".join(traceback.format_exception(thrown)).splitlines() if self.with_words else redacted(thrown)


def without_path(record: logging.LogRecord) -> str:
    """Return the message; the path of the request that it is about is told by its pattern."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or not isinstance(record.args, tuple):
        return record.getMessage()
    return str(record.msg) % tuple(route(request) if arg == request.path else arg for arg in record.args)


def redacted(thrown: BaseException) -> list[str]:
    """Return where it came from and of what kind it is, causes first."""
    cause = thrown.__cause__ or (None if thrown.__suppress_context__ else thrown.__context__)
    frames = traceback.extract_tb(thrown.__traceback__)
    way = [f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames]
    return [*(redacted(cause) if cause else []), *way, type(thrown).__qualname__]
