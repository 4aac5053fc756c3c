"""Record file: records as bytes, written sequentially, read one at a time, each with its own checksum (CRC-32)."""

from array import array
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from gvc_catalogue.search_index.errors import DamagedIndexError

from .memory import MemoryFolder

# Bytes of the checksum, which precedes the record.
SUM = 4


class Writer:
    """Writer of the record file: takes records in any order; `write` stores the order in which they are read."""

    def __init__(self, directory: Path | MemoryFolder) -> None:
        self._file = (directory / "records.bin").open("wb", buffering=1 << 20)
        self._ends = array("Q", [0])

    def add(self, record: bytes) -> None:
        self._file.write(crc32(record).to_bytes(SUM, "little") + record)
        self._ends.append(self._ends[-1] + SUM + len(record))

    def close(self) -> None:
        """Close the file; does nothing when it is closed already."""
        self._file.close()

    def write(self, directory: Path | MemoryFolder, order: Any) -> None:
        """Close the file and store the offsets of each record.

        `order` has the number of each record, in the order in which they were added, for each ordinal.
        """
        self._file.close()
        ends = np.frombuffer(self._ends, dtype=np.uint64)
        np.save(directory / "records.npy", np.stack([ends[:-1][order], ends[1:][order]], axis=1))


class Records:
    """The records of a build by ordinal."""

    def __init__(self, places: Any, data: Any) -> None:
        """Take the array of offsets and the record file, both memory-mapped."""
        self._places, self._data = places, data

    def __getitem__(self, ordinal: int) -> bytes:
        """Return a record as bytes. Raises DamagedIndexError when its checksum does not match."""
        start, end = self._places[ordinal].tolist()
        found = self._data[start:end].tobytes()
        if crc32(found[SUM:]).to_bytes(SUM, "little") != found[:SUM]:
            raise DamagedIndexError(f"Record {ordinal} is damaged.")
        return found[SUM:]
