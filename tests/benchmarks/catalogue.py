"""The catalogues that are measured: a synthetic one of each size, and the real one, each with its own database."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from . import floor_index

ROOT = Path(__file__).resolve().parents[2]
# A catalogue is made anew when one of these has changed since.
MAKERS = [
    *(
        "gvc_catalogue/site/synthetic/writer.py",
        "gvc_catalogue/site/synthetic/records.py",
        "gvc_catalogue/site/synthetic/words.py",
    ),
    "tests/benchmarks/floor_index.py",
]
# The environment of the caller decides nothing about what is measured.
OURS = ["DEBUG", "ALLOWED_HOSTS", "HTTPS", "INDEX_DIR", "WEB_WORKERS", "WEB_THREADS"]


@dataclass(frozen=True)
class Catalogue:
    """One catalogue in a directory of its own, with ours and the floor's index."""

    directory: Path

    @property
    def database(self) -> Path:
        return self.directory / "catalogue.sqlite3"

    @property
    def floor(self) -> Path:
        return self.directory / "floor"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return kept | {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "INDEX_DIR": str(self.directory / "index"),
            "FLOOR_INDEX": str(self.floor),
            "SECRET_KEY": "only to measure with, long enough to be taken for one of a site",
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        }

    def manage(self, *command: str) -> float:
        """Run a command on it; return the seconds it took. What it shows, it shows."""
        start = perf_counter()
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdin=subprocess.DEVNULL,
        )
        return perf_counter() - start


def synthetic(folder: Path, size: int, seed: int) -> Catalogue:
    """Return the catalogue of a size and seed, made when there is none that was made to its end."""
    catalogue = Catalogue(folder / f"{size}-{seed}")
    if is_made(catalogue):
        catalogue.manage("migrate", "--verbosity=0")
        return catalogue
    anew(catalogue)
    catalogue.manage("generate_catalogue", f"--programmes={size}", f"--seed={seed}")
    return finished(catalogue)


def real(folder: Path) -> Catalogue:
    """Return the real catalogue in a database of its own, made anew: it is small."""
    catalogue = Catalogue(folder / "real")
    anew(catalogue)
    catalogue.manage("migrate", "--verbosity=0")
    catalogue.manage("load_catalogue")
    return finished(catalogue)


def anew(catalogue: Catalogue) -> None:
    shutil.rmtree(catalogue.directory, ignore_errors=True)
    catalogue.floor.mkdir(parents=True)


def finished(catalogue: Catalogue) -> Catalogue:
    """Build the floor's index, and note with what it was made."""
    floor_index.build(catalogue.database, catalogue.floor)
    (catalogue.directory / "made-with").write_text(makers())
    return catalogue


def is_made(catalogue: Catalogue) -> bool:
    note = catalogue.directory / "made-with"
    return note.exists() and note.read_text() == makers()


def makers() -> str:
    """A digest of what makes catalogues."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in MAKERS)).hexdigest()
