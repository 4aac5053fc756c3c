"""JSON log formatter (JSON lines) that redacts personal data."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from .request_context import current_request_id, route

# gunicorn's messages that contain the client address and sent text, or the full address of a failed request.
TELLING = ("Invalid request", "Error handling request")
# Prefix of Django's loggers of rejected requests: the exception's name follows; the message repeats the sent text.
REFUSED = "django.security."


class JsonFormatter(logging.Formatter):
    """Formatter of log records as one JSON object per line: time (UTC), level, logger, message and request id.

    `extra={"fields": {…}}` adds members. An exception is added as its type and traceback. Unless `with_words`, the
    exception's message is left out and paths are replaced by their URL pattern, as both may contain text that a reader
    typed.
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
        # A rejected request is no defect of the code, so its traceback is left out.
        if record.exc_info and record.exc_info[1] and not record.name.startswith(REFUSED):
            line["exception"] = self.exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)

    def message(self, record: logging.LogRecord) -> str:
        """Return the message of a record, without text that a client sent unless `with_words`."""
        if self.with_words:
            return record.getMessage()
        if record.name.startswith("gunicorn") and str(record.msg).startswith(TELLING):
            return next(start for start in TELLING if str(record.msg).startswith(start))
        if record.name.startswith(REFUSED):
            return f"Refused: {record.name.removeprefix(REFUSED)}"
        return without_path(record)

    def exception(self, thrown: BaseException) -> list[str]:
        """Return the traceback of an exception and of its causes, one string per line; redacted unless `with_words`."""
        return "".join(traceback.format_exception(thrown)).splitlines() if self.with_words else redacted(thrown)


def without_path(record: logging.LogRecord) -> str:
    """Return the message with the path of its request replaced by the URL pattern."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or not isinstance(record.args, tuple):
        return record.getMessage()
    return str(record.msg) % tuple(route(request) if arg == request.path else arg for arg in record.args)


def redacted(thrown: BaseException) -> list[str]:
    """Return the traceback without exception messages: frames and the type's name, causes first."""
    cause = thrown.__cause__ or (None if thrown.__suppress_context__ else thrown.__context__)
    frames = traceback.extract_tb(thrown.__traceback__)
    way = [f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames]
    return [*(redacted(cause) if cause else []), *way, type(thrown).__qualname__]
