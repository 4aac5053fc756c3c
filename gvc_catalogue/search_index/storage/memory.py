"""A folder in memory, for a build whose own folder cannot be written: a full or read-only disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any


class MemoryFile(BytesIO):
    """A file in memory, with the methods of a Path that a build uses."""

    def open(self, mode: str, buffering: int = -1) -> MemoryFile:
        return self

    def close(self) -> None:
        """Stay open: the content is read later."""

    def write_bytes(self, data: Any) -> int:
        return self.write(data)

    def write_text(self, text: str) -> int:
        return self.write(text.encode())

    def read_text(self) -> str:
        return self.getvalue().decode()


class MemoryFolder:
    """The files of a build by name."""

    def __init__(self) -> None:
        self._files: dict[str, MemoryFile] = {}

    def __truediv__(self, name: str) -> MemoryFile:
        return self._files.setdefault(name, MemoryFile())
