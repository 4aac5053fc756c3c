"""Sums of a build's files, noted when they are written: what is read later is what was written, or is found out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from .immutable_files import make_read_only, replace

# So much is read at a time.
CHUNK = 1 << 20
# The revision of the engine and the sums of its files: one file, replaced by rename after each write.
OF_ENGINE = "engine-sums.json"
COMMITTED = "engine/meta.json"
# The engine's list of the files that it may delete: no answer is made of it.
MANAGED = "engine/.managed.json"
# Replaced when entries are written later.
REPLACED = {OF_ENGINE, COMMITTED, MANAGED}
ENGINE = "engine-sums.json"
# These change when entries are written later; the engine finds out itself when its own are damaged.
CHANGING = {"engine-revision", OF_ENGINE, "engine/meta.json", "engine/.managed.json"}
ENGINE = "engine/"
# Large, and each of its records has a sum of its own, looked at when it is read (see records.py).
LARGE = {"records.bin"}


def checksums(directory: Path) -> dict[str, tuple[int, int]]:
    """Return size and checksum of each file of a build by its name, but of the engine's (see note_engine)."""
    return {name: found(directory / name) for name in immutable_files(directory) if not name.startswith(ENGINE)}


def immutable_files(directory: Path) -> Iterator[str]:
    """Yield the names of the files that stay as they are for as long as they exist."""
    for path in sorted(directory.rglob("*")):
        name = str(path.relative_to(directory))
        if path.is_file() and name not in REPLACED and path.suffix != ".lock":
            yield name


def note_engine(directory: Path, revision: int) -> None:
    """Note the engine's revision and the sums of its files, and make new ones read-only; called after each write.

    A process that is killed between the engine's commit and this leaves a COMMITTED of another sum than is noted:
    the build counts as damaged.
    """
    noted = engine_note(directory)["sums"]
    names = [name for name in immutable_files(directory) if name.startswith(ENGINE)]
    make_read_only(directory / name for name in names if name not in noted)
    sums = {name: noted.get(name) or found(directory / name) for name in names}
    sums[COMMITTED] = found(directory / COMMITTED)
    replace(directory / OF_ENGINE, with_checksum({"revision": revision, "sums": sums}))


def engine_note(directory: Path) -> dict[str, Any]:
    """Return `revision` and `sums` of the engine's last write; before the first none. Raises OSError or ValueError."""
    path = directory / OF_ENGINE
    return verified_json(path) if path.exists() else {"revision": 0, "sums": {}}


def engine_revision(directory: Path) -> int:
    """Return the revision of the engine's last write. Raises OSError or ValueError where another was committed."""
    note = engine_note(directory)
    verify_checksums(directory, {COMMITTED: note["sums"][COMMITTED]})
    return int(note["revision"])


def verify_checksums(directory: Path, noted: Mapping[str, Sequence[int]]) -> None:
    """Raise OSError or ValueError when one of these files of a build is not as it was noted."""
    for name, noted_sum in noted.items():
        path = directory / name
        if list(found(path)) != list(noted_sum):
            raise ValueError(f"{path} is damaged.")


def check_build(directory: Path, noted: Mapping[str, Sequence[int]]) -> None:
    """Raise OSError or ValueError when a file of a build is not as it was written; `noted` are those of meta.json."""
    note = engine_note(directory)["sums"]
    if COMMITTED not in note:
        raise ValueError(f"{directory / OF_ENGINE} is missing.")
    verify_checksums(directory, {**noted, **note})


def with_checksum(value: Mapping[str, Any]) -> bytes:
    """Return an object as JSON that has the CRC-32 of the rest as `crc`."""
    return json.dumps({**value, "crc": checksum_of(value)}).encode()


def verified_json(path: Path) -> dict[str, Any]:
    """Return the object that `with_checksum` wrote to a file. Raises OSError or ValueError when it is another."""
    value = json.loads(path.read_text())
    if not isinstance(value, dict) or value.pop("crc", None) != checksum_of(value):
        raise ValueError(f"{path} is damaged.")
    return value


def checksum_of(value: Mapping[str, Any]) -> int:
    return crc32(json.dumps(value, sort_keys=True).encode())


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
