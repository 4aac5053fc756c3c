"""Sums of a build's files, noted when they are written: what is read later is what was written, or is found out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from .files import make_read_only, replace

# So much is read at a time.
CHUNK = 1 << 20
# The sums of the engine's files, noted again with each write.
OF_ENGINE = "engine-sums.json"
# These change when entries are written later; the engine finds out itself when its own are damaged.
CHANGING = {"engine-revision", OF_ENGINE, "engine/meta.json", "engine/.managed.json"}
ENGINE = "engine/"
# Large, and each of its records has a sum of its own, looked at when it is read (see records.py).
LARGE = {"records.bin"}


def sums(directory: Path) -> dict[str, tuple[int, int]]:
    """Return size and checksum of each file of a build by its name."""
    return {name: found(directory / name) for name in lasting(directory)}


def lasting(directory: Path) -> Iterator[str]:
    """Yield the names of the files that stay as they are for as long as they exist."""
    for path in sorted(directory.rglob("*")):
        name = str(path.relative_to(directory))
        if path.is_file() and name not in CHANGING and path.suffix != ".lock":
            yield name


def note_engine(directory: Path) -> None:
    """Note the sums of the engine's files that are new, and make these read-only; called after each write."""
    noted = engine_sums(directory)
    names = [name for name in lasting(directory) if name.startswith(ENGINE)]
    make_read_only(directory / name for name in names if name not in noted)
    sums = {name: noted.get(name) or found(directory / name) for name in names}
    replace(directory / OF_ENGINE, json.dumps(sums).encode())


def engine_sums(directory: Path) -> dict[str, Sequence[int]]:
    """Return what was noted of the engine's files; nothing before the first write."""
    path = directory / OF_ENGINE
    noted: dict[str, Sequence[int]] = json.loads(path.read_text()) if path.exists() else {}
    return noted


def check(directory: Path, noted: Mapping[str, Sequence[int]]) -> None:
    """Raise OSError or ValueError when a file of a build is not as it was written.

    `noted` are the sums of its meta.json. The engine may have merged files of its own away.
    """
    for name, noted_sum in {**noted, **engine_sums(directory)}.items():
        path = directory / name
        try:
            there = found(path)
        except FileNotFoundError:
            if name.startswith(ENGINE):
                continue
            raise
        if list(there) != list(noted_sum):
            raise ValueError(f"{path} is damaged.")


def found(path: Path) -> tuple[int, int]:
    """Return size and checksum of a file; of a large one only the size."""
    return (path.stat().st_size, 0) if path.name in LARGE else sum_of(path)


def sum_of(path: Path) -> tuple[int, int]:
    """Return size and checksum of a file, read a part at a time."""
    size = checksum = 0
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            size, checksum = size + len(data), crc32(data, checksum)
    return size, checksum
