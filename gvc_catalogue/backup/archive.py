"""The file: lines of JSON, compressed by gzip. The first tells what follows, the last the SHA-256 of all before it.

Then come, for each table, a line with its name and columns, and its rows, a line each. It is read as a stream, and
whoever reads it to its end has had every byte checked.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

FORMAT = "gvc-catalogue-backup"
VERSION = 1
# Longer than any record; a line without end must not fill the memory.
LONGEST = 64_000_000
# A stronger one takes three times as long for a twentieth less.
STRENGTH = 6


class DamagedBackupError(Exception):
    """Why a file cannot be restored, in a sentence."""


@dataclass(frozen=True)
class Header:
    """What a backup is of: when, at which revision, which migrations (an app's names), and how many rows a table."""

    made: str
    database: str
    revision: int
    migrations: dict[str, list[str]]
    counts: dict[str, int]
    format: str = FORMAT
    version: int = VERSION


@dataclass(frozen=True)
class Part:
    """One table: its name, the columns in the order of a row, the number that its next row is above, and its rows."""

    table: str
    columns: list[str]
    last: int | None
    rows: Iterator[list[Any]]


HEADER = {field.name for field in fields(Header)}
PART = {"table", "columns", "last"}


class Writer:
    """Writes lines, and their digest at the end."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def line(self, text: str) -> None:
        data = text.encode() + b"\n"
        self.digest.update(data)
        self.stream.write(data)

    def header(self, header: Header) -> None:
        self.line(json.dumps(asdict(header)))

    def table(self, name: str, columns: list[str], last: int | None) -> None:
        self.line(json.dumps({"table": name, "columns": columns, "last": last}))

    def end(self) -> str:
        """Write the last line; return the digest in it."""
        found = self.digest.hexdigest()
        self.stream.write(json.dumps({"sha256": found}).encode() + b"\n")
        return found


@contextmanager
def reading(path: Path) -> Iterator["Reader"]:
    """Open a backup. Raises BadBackup for a file that is none, OSError for one that cannot be read."""
    with _refusing_damage(), gzip.open(path) as stream:
        yield Reader(stream)


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """Say in a sentence what gzip, Unicode or JSON says of a file that is damaged."""
    try:
        yield
    # Of ValueError are those of Unicode and JSON, and a number of thousands of digits.
    except (gzip.BadGzipFile, zlib.error, EOFError, ValueError, RecursionError) as damage:
        raise DamagedBackupError(f"The file is damaged, or is no backup of the catalogue ({damage}).") from damage


class Reader:
    """The header, and the tables one after the other; whoever has read all has read what was written, to the byte."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()
        self.header = self._header()
        self.sha256 = ""

    def parts(self) -> Iterator[Part]:
        """Yield each table; its rows must be read before the next. Raises BadBackup where anything is not as it was."""
        for name, count in self.header.counts.items():
            found = self._line()
            if (
                not isinstance(found, dict)
                or found.keys() != PART
                or found["table"] != name
                or not isinstance(found["columns"], list)
                or type(found["last"]) not in (int, type(None))
            ):
                raise DamagedBackupError(f"The file is damaged: where {name} should begin stands something else.")
            yield Part(name, found["columns"], found["last"], self._rows(name, len(found["columns"]), count))
        self._end()

    def _rows(self, name: str, width: int, count: int) -> Iterator[list[Any]]:
        for number in range(1, count + 1):
            row = self._line()
            if not isinstance(row, list) or len(row) != width:
                raise DamagedBackupError(f"The file is damaged: row {number} of {name} is no row of {width} values.")
            yield row

    def _end(self) -> None:
        due = self.digest.hexdigest()
        # Reading on has gzip compare its own sum too.
        if self._line() != {"sha256": due} or self.stream.read(1):
            raise DamagedBackupError("The file is damaged: its content does not have the SHA-256 that it ends with.")
        self.sha256 = due

    def _line(self) -> Any:
        data = self.stream.readline(LONGEST)
        if not data.endswith(b"\n"):
            raise DamagedBackupError("The file is damaged: it ends before its end.")
        self.digest.update(data)
        return json.loads(data)

    def _header(self) -> Header:
        found = self._line()
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise DamagedBackupError("The file is no backup of the catalogue.")
        if found.get("version") != VERSION:
            raise DamagedBackupError(
                f"The file has form {found.get('version')} of a backup; this release reads form {VERSION}."
            )
        if found.keys() != HEADER or not _is_of(found["counts"], int) or not _is_of(found["migrations"], list):
            raise DamagedBackupError("The file is damaged: its first line is not that of a backup.")
        return Header(**found)


def _is_of(found: Any, kind: type) -> bool:
    """Say whether something is an object whose every value is of this very kind."""
    return isinstance(found, dict) and all(type(value) is kind for value in found.values())
