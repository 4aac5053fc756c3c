"""The admin: lists, searches, filters, fields, records and worklists, and a change until readers see it."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from time import perf_counter, time
from urllib.parse import urlencode

from tests.admin_forms import FORM, FormReader

from .catalogue import ROOT, Catalogue
from .classes import KINDS, SLUGS, Values
from .client import Answer
from .load import percentile
from .server import Server

PROGRAMMES, EXAMPLES = "/admin/programmes/programme/", "/admin/programmes/example/"
READ_MS, SAVED_MS = 300, 500
TOKEN = "a" * 32
LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
WORK = ("no-link", "not-checked", "no-country", "dead-link", "duplicate")

Lines = list[tuple[str, str]]


class Curator:
    """Somebody signed in, at a connection of their own."""

    def __init__(self, server: Server, catalogue: Catalogue) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.curator"]
        done = subprocess.run(command, cwd=ROOT, env=catalogue.environment, check=True, capture_output=True, text=True)
        self.headers = f"Cookie: sessionid={done.stdout.strip()}; csrftoken={TOKEN}\r\n"
        self.client = server.client()

    def get(self, path: str) -> Answer:
        return self.client.get(path, self.headers)

    def post(self, path: str, data: dict[str, list[str]]) -> Answer:
        return self.client.post(path, urlencode(data | {"csrfmiddlewaretoken": [TOKEN]}, doseq=True), self.headers)


def classes(values: Values) -> dict[str, Iterator[str]]:
    """Addresses of each class, drawn by seed."""
    words, random = values.words, values.random

    def drawn(path: str, pairs: Callable[[], list[tuple[str, object]]]) -> Iterator[str]:
        while True:
            yield f"{path}?{urlencode(pairs())}"

    def field(model: str, name: str) -> Callable[[], list[tuple[str, object]]]:
        asked = [("app_label", "programmes"), ("model_name", model), ("field_name", name)]
        return lambda: [*asked, ("term", random.choice(words.uncommon)[: random.choice((2, 3, 5))])]

    def one_of(path: str) -> Iterator[str]:
        return iter(lambda: f"{path}{random.randint(1, values.size)}/change/", "")

    return {
        "the front page with its worklists": iter(lambda: "/admin/", ""),
        "list of programmes, a page of it": drawn(PROGRAMMES, lambda: [("p", random.randint(1, 100))]),
        "… a worklist": drawn(PROGRAMMES, lambda: [("work", random.choice(WORK))]),
        "… a word in a quarter": drawn(PROGRAMMES, lambda: [("q", random.choice(words.common))]),
        "… a rare word": drawn(PROGRAMMES, lambda: [("q", random.choice(values.rare))]),
        "… a country": drawn(PROGRAMMES, lambda: [("country", random.choice(values.codes))]),
        "… a kind, a region and a word": drawn(
            PROGRAMMES,
            lambda: [("provider", random.choice(KINDS)), ("region", "asia"), ("q", random.choice(words.common))],
        ),
        "list of examples, a page of it": drawn(EXAMPLES, lambda: [("p", random.randint(1, 40))]),
        "… examples by a word": drawn(EXAMPLES, lambda: [("q", random.choice(words.common))]),
        "a field that suggests programmes": drawn("/admin/autocomplete/", field("programmedraft", "successor")),
        "a field that suggests organisations": drawn("/admin/autocomplete/", field("programmedraft", "provider")),
        "a programme": one_of(PROGRAMMES),
        "an example": one_of(EXAMPLES),
    }


def figures(server: Server, catalogue: Catalogue, values: Values, rounds: int) -> tuple[Lines, list[str]]:
    """Ask for each class in turns; return p50 and p95 with their targets, and what went wrong."""
    curator, kinds, wrong = Curator(server, catalogue), classes(values), []
    for paths in kinds.values():
        curator.get(next(paths))
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, paths in kinds.items():
            path = next(paths)
            answer = curator.get(path)
            times[name].append(1000 * answer.total)
            if answer.status != 200:
                wrong.append(f"admin, {name}: {answer.status} from {path}")
    lines = [(name, said(found, READ_MS)) for name, found in times.items()]
    saved = [
        changed(curator, key) for key in values.random.sample(range(1, min(values.size, SLUGS)), max(2, rounds // 4))
    ]
    return [*lines, ("a change published, until readers see it", said(saved, SAVED_MS))], wrong


def changed(curator: Curator, key: int) -> float:
    """Draft another name, publish it and ask for it as a reader; return milliseconds from the click that publishes."""
    draft = where(curator.post(f"{PROGRAMMES}{key}/draft/", {}))
    data = filled(curator.get(draft))
    # Another word in each run, beside the name that it has: the floor, whose totals are compared, hears of no change.
    word = "Zyxq" + "".join(chr(ord("a") + int(digit)) for digit in f"{key}{time():.0f}")
    name = f"{word} {re.sub('^Zyxq[a-j]+ ', '', data['name'][0])}"
    data |= {"name": [name], "why": ["Measured."], "_publish": ["Publish"]}
    start = perf_counter()
    where(curator.post(draft, data))
    body = curator.client.get(f"/programmes.json?{urlencode({'q': word})}").body
    taken = 1000 * (perf_counter() - start)
    if b'"slug"' not in body:
        raise SystemExit(f"“{word}” was published, and readers do not find it.")
    return taken


def where(answer: Answer) -> str:
    """Where an answer leads. Ends with a sentence when it does not."""
    found = LOCATION.search(answer.head)
    if answer.status != 302 or not found:
        raise SystemExit(f"The admin answered {answer.status} where it should lead on.")
    return found[1].decode()


def filled(answer: Answer) -> dict[str, list[str]]:
    """What the form of a page holds."""
    page = FORM.search(answer.body.decode())
    if not page:
        raise SystemExit("The admin shows no form of a draft.")
    reader = FormReader()
    reader.feed(page.group())
    return reader.data


def said(times: list[float], target: int) -> str:
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    return f"{p50:.0f} ms, p95 {p95:.0f} ({target}: {'met' if p95 <= target else 'MISSED'})"
