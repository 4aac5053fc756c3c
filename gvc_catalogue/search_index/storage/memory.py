"""In-memory folder for a build, used when the index folder cannot be written: the disk is full or read-only."""

from __future__ import annotations

from io import BytesIO
from typing import Any


class MemoryFile(BytesIO):
    """A file in memory, with the methods of `Path` that a build uses."""

    def open(self, mode: str, buffering: int = -1) -> MemoryFile:
        return self

    def close(self) -> None:
        """Do nothing: the content is read later."""

    def write_bytes(self, data: Any) -> int:
        return self.write(data)

    def write_text(self, text: str) -> int:
        return self.write(text.encode())

    def read_text(self) -> str:
        return self.getvalue().decode()


class MemoryFolder:
    """The files of a build by name. `folder / name` returns the file and creates it when it is missing."""

    def __init__(self) -> None:
        self._files: dict[str, MemoryFile] = {}

    def __truediv__(self, name: str) -> MemoryFile:
        return self._files.setdefault(name, MemoryFile())
