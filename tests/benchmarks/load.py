"""Asking: class after class in turns, ours and the floors next to each other; and four readers at once."""

import re
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil
from random import Random
from time import perf_counter

from .classes import Class
from .client import Answer, Client
from .server import Server

READERS = 4
TOTAL = re.compile(rb'data-total="(\d+)"')


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share does not exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


@dataclass
class Figures:
    """Milliseconds of each request, by class and by who answered; and what went wrong, in sentences."""

    times: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    sizes: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)

    def note(self, name: str, who: str, path: str, answer: Answer) -> None:
        if answer.status == 200:
            self.times[name][who].append(1000 * answer.total)
        elif answer.status == 404 and who == "ours" and name == "prefix":
            self.missing.add(name)
        else:
            self.wrong.append(f"{name}: {answer.status} from {path}")

    def compare(self, name: str, path: str, ours: Answer, engine: Answer) -> None:
        """The floor must count what we count, or it is no floor."""
        found = [TOTAL.search(answer.body) for answer in (ours, engine)]
        totals = [int(match[1]) for match in found if match]
        if len(totals) == 2 and totals[0] != totals[1]:
            self.wrong.append(f"{name}: {totals[0]} programmes, the engine finds {totals[1]}, by {path}")


def warm_up(server: Server) -> None:
    """Let every worker open what it opens once; connections spread over the workers."""
    for _ in range(4 * READERS):
        client = server.client()
        for path in ("/programmes/?q=training", "/floors/engine?q=training", "/floors/constant?bytes=10"):
            client.get(path)
        client.close()


def interleaved(server: Server, classes: list[Class], rounds: int, seed: int) -> Figures:
    """A request of each class a round, in another order each time, by a connection of its own."""
    figures, random = Figures(), Random(f"turns {seed}")
    for turn in range(rounds):
        client = server.client()
        for one in random.sample(classes, len(classes)):
            ask(client, one, figures, engine_first=turn % 2 == 1)
        client.close()
    return figures


def ask(client: Client, one: Class, figures: Figures, engine_first: bool) -> None:
    ours_path, engine_path = one.addresses()
    paths = {"ours": ours_path} | ({"engine": engine_path} if engine_path else {})
    answers = {}
    for who in sorted(paths, reverse=not engine_first):
        answers[who] = client.get(paths[who])
        figures.note(one.name, who, paths[who], answers[who])
    if one.name in figures.missing:
        return
    if engine_path:
        figures.compare(one.name, ours_path, answers["ours"], answers["engine"])
    figures.sizes[one.name] = size = answers["ours"].size
    figures.note(one.name, "constant", "constant", client.get(f"/floors/constant?bytes={size}"))


@dataclass(frozen=True)
class Load:
    """What readers at once got: requests a second, and milliseconds of each."""

    rate: float
    times: list[float]
    statuses: set[int]


def at_once(server: Server, paths: list[str], headers: str = "", readers: int = READERS) -> Load:
    """Ask for all paths, shared out among readers that ask one after the other."""
    shares = [paths[i::readers] for i in range(readers)]
    clients = [server.client() for _ in range(readers)]

    def read(client: Client, share: list[str]) -> list[Answer]:
        return [client.get(path, headers) for path in share]

    start = perf_counter()
    with ThreadPoolExecutor(readers) as pool:
        answers = [answer for found in pool.map(read, clients, shares) for answer in found]
    seconds = perf_counter() - start
    for client in clients:
        client.close()
    times = [1000 * answer.total for answer in answers]
    return Load(len(paths) / seconds, times, {answer.status for answer in answers})


def mix(server: Server, classes: list[Class], figures: Figures, each: int) -> dict[str, float]:
    """All list classes by four readers, ours and the floors in turns; return requests a second of each."""
    lists = [one for one in classes if one.is_list]
    rates: dict[str, list[float]] = defaultdict(list)
    for turn in range(each):
        asked = [(one.name, *one.addresses()) for one in lists for _ in range(READERS)]
        Random(turn).shuffle(asked)
        paths = {
            "ours": [ours for _, ours, _ in asked],
            "engine": [engine or "" for _, _, engine in asked],
            "constant": [f"/floors/constant?bytes={figures.sizes.get(name, 1)}" for name, _, _ in asked],
        }
        for who in sorted(paths, reverse=turn % 2 == 0):
            load = at_once(server, paths[who])
            rates[who].append(load.rate)
            figures.times["mix"][who] += load.times
            if load.statuses != {200}:
                figures.wrong.append(f"mix: {sorted(load.statuses)} from {who}")
    return {who: len(found) / sum(1 / rate for rate in found) for who, found in rates.items()}
