"""Checksums (CRC-32) of a build's files, stored when the files are written and verified when a build is opened."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from .immutable_files import make_read_only, replace

# Bytes read at a time.
CHUNK = 1 << 20
# The revision of the engine and the checksums of its files: one file, replaced by rename after each write.
OF_ENGINE = "engine-sums.json"
COMMITTED = "engine/meta.json"
# The engine's list of the files that it may delete; no search result depends on it.
MANAGED = "engine/.managed.json"
# These files are replaced when entries are written after the build.
REPLACED = {OF_ENGINE, COMMITTED, MANAGED}
ENGINE = "engine/"
# Large; each of its records has a checksum, which is verified when the record is read (see records.py).
LARGE = {"records.bin"}


def checksums(directory: Path) -> dict[str, tuple[int, int]]:
    """Return size in bytes and checksum of each immutable file of a build by name.

    The engine's files are left out (see note_engine).
    """
    return {name: found(directory / name) for name in immutable_files(directory) if not name.startswith(ENGINE)}


def immutable_files(directory: Path) -> Iterator[str]:
    """Yield the names, sorted and relative to `directory`, of the files that never change while they exist."""
    for path in sorted(directory.rglob("*")):
        name = str(path.relative_to(directory))
        if path.is_file() and name not in REPLACED and path.suffix != ".lock":
            yield name


def note_engine(directory: Path, revision: int) -> None:
    """Store the engine's revision and the checksums of its files, and make new files read-only.

    Called after each write of the engine. When a process is killed between the engine's commit and this call, COMMITTED
    has another checksum than the stored one: the build counts as damaged.
    """
    noted = engine_note(directory)["sums"]
    names = [name for name in immutable_files(directory) if name.startswith(ENGINE)]
    make_read_only(directory / name for name in names if name not in noted)
    sums = {name: noted.get(name) or found(directory / name) for name in names}
    sums[COMMITTED] = found(directory / COMMITTED)
    replace(directory / OF_ENGINE, with_checksum({"revision": revision, "sums": sums}))


def engine_note(directory: Path) -> dict[str, Any]:
    """Return `revision` and `sums` of the engine's last write; 0 and {} before it. Raises OSError or ValueError."""
    path = directory / OF_ENGINE
    return verified_json(path) if path.exists() else {"revision": 0, "sums": {}}


def engine_revision(directory: Path) -> int:
    """Return the revision of the engine's last write. Raises OSError or ValueError when its commit is another one."""
    note = engine_note(directory)
    verify_checksums(directory, {COMMITTED: note["sums"][COMMITTED]})
    return int(note["revision"])


def verify_checksums(directory: Path, noted: Mapping[str, Sequence[int]]) -> None:
    """Raise OSError or ValueError when one of these files is missing or differs from its stored size and checksum."""
    for name, noted_sum in noted.items():
        path = directory / name
        if list(found(path)) != list(noted_sum):
            raise ValueError(f"{path} is damaged.")


def check_build(directory: Path, noted: Mapping[str, Sequence[int]]) -> None:
    """Raise OSError or ValueError when a file of a build is missing or damaged; `noted` are the sums in meta.json."""
    note = engine_note(directory)["sums"]
    if COMMITTED not in note:
        raise ValueError(f"{directory / OF_ENGINE} is missing.")
    verify_checksums(directory, {**noted, **note})


def with_checksum(value: Mapping[str, Any]) -> bytes:
    """Return an object as JSON, with the CRC-32 of the other members in its member `crc`."""
    return json.dumps({**value, "crc": checksum_of(value)}).encode()


def verified_json(path: Path) -> dict[str, Any]:
    """Return the object that `with_checksum` wrote to a file. Raises OSError, or ValueError when it is damaged."""
    value = json.loads(path.read_text())
    if not isinstance(value, dict) or value.pop("crc", None) != checksum_of(value):
        raise ValueError(f"{path} is damaged.")
    return value


def checksum_of(value: Mapping[str, Any]) -> int:
    return crc32(json.dumps(value, sort_keys=True).encode())


def found(path: Path) -> tuple[int, int]:
    """Return size in bytes and checksum of a file; the checksum of a file in LARGE is 0."""
    return (path.stat().st_size, 0) if path.name in LARGE else sum_of(path)


def sum_of(path: Path) -> tuple[int, int]:
    """Return size in bytes and CRC-32 of a file, read in chunks of CHUNK bytes."""
    size = checksum = 0
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            size, checksum = size + len(data), crc32(data, checksum)
    return size, checksum
