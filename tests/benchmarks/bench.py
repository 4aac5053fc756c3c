"""`make bench`: the catalogue's speed beside what the engine and the server take alone, in one run.

SIZE     programmes; several between commas give the growth from the first to the last (1000000)
SEED     of the catalogue and of the requests (1)
ROUNDS   requests of each class (40)
BENCH_DIR  where catalogues are kept, and latest.json is written beside this file unless this is set (var/bench)
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import admin, extras, report
from . import catalogue as catalogues
from .catalogue import ROOT, Catalogue
from .classes import Values, classes
from .load import interleaved, mix, warm_up
from .server import served

Lines = list[tuple[str, str]]


def numbers(name: str, default: str) -> list[int]:
    """The whole numbers of a value of the environment. Ends with a sentence when it has none."""
    given = os.environ.get(name, "").strip() or default
    parts = given.replace(",", " ").split()
    if not all(part.isascii() and part.isdigit() and 0 < int(part) <= 10_000_000 for part in parts):
        sys.exit(f"{name} is “{given}”, but must be a whole number from 1 to 10000000.")
    return [int(part) for part in parts]


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that the server is ended too.
    sizes, seed, rounds = numbers("SIZE", "1000000"), numbers("SEED", "1")[0], numbers("ROUNDS", "40")[0]
    folder = Path(os.environ.get("BENCH_DIR") or ROOT / "var/bench").resolve()
    latest = folder / "latest.json" if os.environ.get("BENCH_DIR") else Path(__file__).with_name("latest.json")
    print(report.machine(sizes, rounds))
    found, wrong = [], []
    for size in sizes:
        figures = measured(folder, size, seed, rounds)
        found.append(figures[0])
        wrong += figures[1]
    report.show("The real catalogue", of_the_real_one(folder, rounds))
    if len(found) > 1:
        report.show(f"Growth from {sizes[0]:,} to {sizes[-1]:,} programmes", report.growth(found[0], found[-1]))
    report.write(latest, found[-1])
    for sentence in wrong[:20]:
        print(f"WRONG {sentence}")
    return 1 if wrong else 0


def measured(folder: Path, size: int, seed: int, rounds: int) -> tuple[dict[str, Any], list[str]]:
    """Measure one size, and print what came out; return the figures, and what went wrong."""
    catalogue = catalogues.synthetic(folder, size, seed)
    others = index_build(catalogue)
    kinds = classes(Values(catalogue, size, seed))
    with served(catalogue) as server:
        others += extras.memory(server, kinds, each=2)
    kinds = classes(Values(catalogue, size, seed))
    with served(catalogue) as server:
        warm_up(server)
        figures = interleaved(server, kinds, rounds, seed)
        rates = mix(server, kinds, figures, each=max(1, rounds // 8))
        others += extras.export(server, catalogue, times=min(3, rounds))
        others += extras.edit(server, catalogue, times=min(5, rounds))
        of_curators, faults = admin.figures(server, catalogue, Values(catalogue, size, seed), rounds)
    found = report.summary(size, figures)
    print(f"\n## {size:,} programmes\nMilliseconds, p50 / p95 of {rounds} requests each.\n")
    print("\n".join(report.table(found, figures, [one.name for one in kinds])))
    report.show("Other figures", report.comparisons(found, rates) + others)
    report.show("The admin", of_curators)
    return found, figures.wrong + faults


def index_build(catalogue: Catalogue) -> Lines:
    try:
        return [("Index build", f"{catalogue.manage('rebuild_index'):.1f} s (60 at 1,000,000)")]
    except subprocess.CalledProcessError:
        return [("Index build", "not there: rebuild_index failed")]


def of_the_real_one(folder: Path, rounds: int) -> Lines:
    catalogue = catalogues.real(folder)
    index_build(catalogue)
    with served(catalogue) as server:
        warm_up(server)
        return extras.small(server, requests=50 * rounds)


if __name__ == "__main__":
    sys.exit(main())
