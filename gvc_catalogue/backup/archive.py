"""Backup file format: JSON Lines compressed by gzip, with a header and a SHA-256 checksum.

The first line is the header. For each table follow a line with its name and columns, and a line for each row. The last
line contains the SHA-256 of all lines before it. The file is read as a stream; reading it to the end checks every byte.
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
# Bytes of a line, more than any record needs: an endless line in a damaged file must not fill the memory.
LONGEST = 64_000_000
# The gzip level: a higher one takes three times as long and saves a twentieth of the size.
STRENGTH = 6


class DamagedBackupError(Exception):
    """Error: the file cannot be restored. The message is one sentence with the reason."""


@dataclass(frozen=True)
class Header:
    """Header of a backup: its time, database vendor, revision, migration names by app, and number of rows by table."""

    made: str
    database: str
    revision: int
    migrations: dict[str, list[str]]
    counts: dict[str, int]
    format: str = FORMAT
    version: int = VERSION


@dataclass(frozen=True)
class Part:
    """One table of a backup: its name, its columns in the order of the values of a row, and its rows.

    `last` is the highest primary key that was ever assigned; the next row gets a higher one.
    """

    table: str
    columns: list[str]
    last: int | None
    rows: Iterator[list[Any]]


HEADER = {field.name for field in fields(Header)}
PART = {"table", "columns", "last"}


class Writer:
    """Writer of the backup format: writes lines to a stream, and their SHA-256 at the end."""

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
        """Write the last line and return the checksum in it: SHA-256, hexadecimal."""
        found = self.digest.hexdigest()
        self.stream.write(json.dumps({"sha256": found}).encode() + b"\n")
        return found


@contextmanager
def reading(path: Path) -> Iterator["Reader"]:
    """Open a backup file as a context manager, which returns its Reader.

    Raises DamagedBackupError for a file that is damaged or no backup, also while it is read within the context. Raises
    OSError for a file that cannot be read.
    """
    with _refusing_damage(), gzip.open(path) as stream:
        yield Reader(stream)


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """Convert the errors of gzip, zlib, UTF-8 and JSON decoding into DamagedBackupError with one sentence."""
    try:
        yield
    # ValueError covers the errors of Unicode and JSON, and that of an integer with thousands of digits.
    except (gzip.BadGzipFile, zlib.error, EOFError, ValueError, RecursionError) as damage:
        raise DamagedBackupError(f"The file is damaged, or is no backup of the catalogue ({damage}).") from damage


class Reader:
    """Streaming reader of the backup format: the header, then one table after the other.

    Once all tables are read, the checksum has been compared and `sha256` is set; before that it is "".
    """

    def __init__(self, stream: gzip.GzipFile) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()
        self.header = self._header()
        self.sha256 = ""

    def parts(self) -> Iterator[Part]:
        """Yield each table in the order of the header; its rows must be read before the next table.

        Raises DamagedBackupError where a line is malformed, a row is missing, or the checksum differs.
        """
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
        # Reading past the last line makes gzip compare its own CRC too.
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
    """Return whether the value is a JSON object whose values all have exactly this type, no subclass."""
    return isinstance(found, dict) and all(type(value) is kind for value in found.values())
