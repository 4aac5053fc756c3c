"""Sums of a build's files, noted when they are written: what is read later is what was written, or is found out."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

# So much is read at a time.
CHUNK = 1 << 20
# These change when entries are written later; the engine finds out itself when its own are damaged.
CHANGING = {"engine-revision", "engine/meta.json", "engine/.managed.json"}
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


def check(directory: Path, noted: Mapping[str, Sequence[int]]) -> None:
    """Raise OSError or ValueError when a file is not as it was written. The engine may have merged its own away."""
    for name, noted_sum in noted.items():
        path = directory / name
        if name.startswith("engine/") and not path.exists():
            continue
        if list(found(path)) != list(noted_sum):
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
