"""The figures as a table for the terminal and README.md, and as latest.json."""

import json
import platform
from collections.abc import Callable
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any

from .load import Figures, percentile

HALF = {"one country", "two countries", "word in a quarter"}
WHO = ("ours", "engine", "constant")


def summary(size: int, figures: Figures) -> dict[str, Any]:
    """What latest.json holds: milliseconds, by class and by who answered."""
    classes = {
        name: {who: spread(times[who]) for who in WHO if times.get(who)}
        for name, times in figures.times.items()
        if times.get("ours")
    }
    return {"size": size, "classes": classes}


def spread(times: list[float]) -> dict[str, float]:
    return {"p50": round(percentile(times, 0.5), 3), "p95": round(percentile(times, 0.95), 3)}


def write(path: Path, found: dict[str, Any]) -> None:
    path.write_text(json.dumps(found, indent=1) + "\n")


def table(found: dict[str, Any], figures: Figures, order: list[str]) -> list[str]:
    """The lines of a table: p50 / p95 in milliseconds, ratios of both, and whether the target is met."""
    lines = [
        "| class | ours | engine | ours ÷ engine | constant | ours ÷ constant | target |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for name in [*order, "mix"]:
        row = found["classes"].get(name)
        cells = cells_of(name, row) if row else ["not there", *[""] * 5]
        lines.append(f"| {' | '.join([name, *cells])} |")
    return lines


def cells_of(name: str, row: dict[str, dict[str, float]]) -> list[str]:
    both = [pair(row.get(who)) for who in WHO]
    ratios = [pair(divided(row["ours"], row.get(who))) for who in ("engine", "constant")]
    return [both[0], both[1], ratios[0], both[2], ratios[1], verdict(name, row)]


def pair(values: dict[str, float] | None) -> str:
    return f"{values['p50']:.2f} / {values['p95']:.2f}" if values else ""


def divided(ours: dict[str, float], floor: dict[str, float] | None) -> dict[str, float] | None:
    return {key: ours[key] / floor[key] for key in ours} if floor else None


def verdict(name: str, row: dict[str, dict[str, float]]) -> str:
    """The target of a class, and whether it is met; "" where it has none of its own."""
    to_engine, to_constant = divided(row["ours"], row.get("engine")), divided(row["ours"], row.get("constant"))
    if name == "unfiltered" and to_constant:
        return said("3 × constant", to_constant["p50"] <= 3)
    if name in HALF and to_engine:
        return said("half of engine, p95 1.5 ×", to_engine["p50"] <= 0.5 and to_engine["p95"] <= 1.5)
    if to_engine and name != "mix":
        return said("1.5 × engine", max(to_engine.values()) <= 1.5)
    return ""


def said(target: str, met: bool) -> str:
    return f"{target}: {'met' if met else 'MISSED'}"


def comparisons(found: dict[str, Any], rates: dict[str, float]) -> list[tuple[str, str]]:
    """Figures made of several classes."""
    ours = {name: row["ours"]["p50"] for name, row in found["classes"].items()}
    deep = ours["last page"] / ours["first pages sorted"]
    each = ", ".join(f"{who} {rate:.0f}" for who, rate in rates.items())
    ratio = rates["ours"] / rates["engine"]
    return [
        ("The mix by four readers, requests a second", f"{each}; ours ÷ engine {ratio:.2f} (at least 1)"),
        ("Last page ÷ first pages, sorted", f"{deep:.2f} (at most 2)"),
        ("Evidence map ÷ one country", f"{ours['evidence map'] / ours['one country']:.2f} (at most 5)"),
    ]


def growth(small: dict[str, Any], large: dict[str, Any]) -> list[tuple[str, str]]:
    """By how much the time of each list class grows from the first size to the last."""
    lines = []
    for name, row in large["classes"].items():
        before = small["classes"].get(name)
        if before and "engine" in row and name != "mix":
            most, ratio = 8 if name == "phrase" else 4, row["ours"]["p50"] / before["ours"]["p50"]
            lines.append((name, said(f"{ratio:.1f} × (at most {most})", ratio <= most)))
    return lines


def machine(sizes: list[int], rounds: int) -> str:
    """What it was measured on and with."""
    packages = ("Django", "tantivy", "gunicorn")
    versions = ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)])
    command = f"make bench SIZE={','.join(map(str, sizes))} ROUNDS={rounds}"
    return f"{cpu_count()} cores ({processor()}), {versions}; `{command}`"


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def show(title: str, lines: list[tuple[str, str]], tell: Callable[[str], None] = print) -> None:
    tell(f"\n## {title}\n| what | figure |\n|---|---|")
    for what, figure in lines:
        tell(f"| {what} | {figure} |")
