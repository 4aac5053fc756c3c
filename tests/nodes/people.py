"""Readers and curators: what they ask of the nodes, and what became of it."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests.admin_forms import FORM, FormReader

from .web import Node

PATHS = [
    "/",
    "/programmes/",
    "/programmes/?country=JP&q=sme",
    "/programmes.json?q=cluster",
    "/programmes.csv",
    "/programmes/covisint/",
    "/search/?q=japan",
    "/search/suggest?q=jap",
    "/countries/JP/",
    "/evidence-map/",
    "/statement/",
    "/recommendations/2.1/",
    "/about/",
    "/examples.csv",
    "/api/v1/categories",
]
PAUSE = 0.01  # seconds between two requests of a reader
WRITING_PAUSE = 0.05  # and between two changes of a curator
TROUBLE = (OSError, HTTPException)


@dataclass
class Notes:
    """What readers and curators noted: read by the test when they have ended."""

    asked: int = 0
    moved: int = 0
    failed: list[str] = field(default_factory=list)
    # When each read began, and the seconds until it was answered.
    reads: list[tuple[float, float]] = field(default_factory=list)
    # When each change was acknowledged, by name.
    acknowledged: dict[str, float] = field(default_factory=dict)
    by_form: int = 0
    # The status of each form that was sent.
    forms: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        """Return the seconds of the slowest read."""
        return max((seconds for _, seconds in self.reads), default=0)

    def p99(self, start: float, end: float) -> float:
        """Return the 99th percentile, in seconds, of the reads that began between two moments."""
        times = sorted(seconds for began, seconds in list(self.reads) if start <= began < end)
        return times[int(len(times) * 0.99)] if times else 0

    def last(self) -> float:
        """Return when the last change was acknowledged."""
        return max(self.acknowledged.values(), default=0)

    def pause(self, after: float) -> float:
        """Return the longest time without an acknowledged change that ended after a moment."""
        times = sorted(self.acknowledged.values())
        return max((later - sooner for sooner, later in pairwise(times) if later >= after), default=0)


class People:
    """Threads that go on until they are told to stop."""

    def __init__(self, nodes: list[Node], address: str, session: str) -> None:
        self.nodes, self.address, self.notes = nodes, address, Notes()
        self.session = f"sessionid={session}"
        self.stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def come(self, readers: int, writers: int, curators: int = 1) -> None:
        """Let so many readers, so many writers and so many curators with a browser begin."""
        for number in range(readers):
            self._begin(self._read, random.Random(number))  # noqa: S311 (nothing secret)
        for number in range(writers):
            self._begin(self._write, number)
        for _ in range(curators):
            self._begin(self._curate)

    def go(self) -> Notes:
        """Wait until all have ended what they were at; return what they noted."""
        self.stopped.set()
        for thread in self._threads:
            thread.join()
        return self.notes

    def _begin(self, work: Callable[..., None], *args: Any) -> None:
        def noted() -> None:
            try:
                work(*args)
            except Exception as error:  # noqa: BLE001 (the test must hear of it)
                self.notes.wrong.append(f"{work.__name__}: {error!r}")

        thread = threading.Thread(target=noted)
        self._threads.append(thread)
        thread.start()

    # ---- Readers

    def _read(self, chance: random.Random) -> None:
        while not self.stopped.wait(PAUSE):
            path, first = chance.choice(PATHS), chance.randrange(len(self.nodes))
            # Some have seen it already, some ask for what nobody has asked before.
            path += f"{'&' if '?' in path else '?'}n={chance.randrange(1000)}" if chance.random() < 0.3 else ""
            started = time.monotonic()
            self._one(path, first)
            self.notes.reads.append((started, time.monotonic() - started))

    def _one(self, path: str, first: int) -> None:
        """Ask a node, and the next one where it does not answer."""
        self.notes.asked += 1
        troubles = []
        for turn in range(2):
            node = self.nodes[(first + turn) % len(self.nodes)]
            trouble = self._trouble(node, path)
            if not trouble:
                self.notes.moved += turn
                return
            troubles.append(f"{node.name}: {trouble}")
        self.notes.failed.append(f"{path} {troubles}")

    def _trouble(self, node: Node, path: str) -> str:
        try:
            status, _, body = node.get(path)
        except TROUBLE as trouble:
            return repr(trouble)
        return "" if status == 200 and body else f"status {status}"

    # ---- Curators

    def _write(self, number: int) -> None:
        """Record programmes one by one, each in a transaction that is put again until it is acknowledged."""
        turn = 0
        while not self.stopped.wait(WRITING_PAUSE):
            turn += 1
            slug = f"zebra-{number}-{turn}"
            while not self._recorded(slug):
                if self.stopped.wait(PAUSE):
                    return
            self.notes.acknowledged[slug] = time.monotonic()

    def _recorded(self, slug: str) -> bool:
        """Record a programme, unless that was done by a commit whose answer was lost."""
        try:
            with psycopg.connect(self.address, target_session_attrs="read-write", connect_timeout=2) as connection:
                connection.execute(INSERT, {"slug": slug, "name": f"Zebra {slug}"})
                connection.execute(PLACE, {"slug": slug})
            return True
        except psycopg.OperationalError:
            return False

    def _curate(self) -> None:
        """Add groups of synonyms by the admin's form; ask the next node where one does not answer."""
        turn = 0
        while not self.stopped.wait(4 * WRITING_PAUSE):
            turn += 1
            label = f"zebra {turn}"
            while not any(self._added(node, label) for node in random.sample(self.nodes, len(self.nodes))):
                if self.stopped.wait(4 * WRITING_PAUSE):
                    return
            self.notes.acknowledged[label] = time.monotonic()
            self.notes.by_form += 1

    def _added(self, node: Node, label: str) -> bool:
        """Send the form; whether it was acknowledged, now or by one whose answer was lost."""
        try:
            status, headers, body = node.get(ADD, {"Cookie": self.session})
            page = FORM.search(body.decode())
            if status != 200 or not page:
                self.notes.forms.append(status)
                return False
            reader = FormReader()
            reader.feed(page.group())
            token = re.search(r"csrftoken=([^;]+)", headers.get("Set-Cookie", ""))
            data = {name: values[0] for name, values in reader.data.items()}
            data |= {"label": label, "words": "zebra\nquagga"}
            more = {"Cookie": f"{self.session}; csrftoken={token[1] if token else ''}"}
            more |= {"Content-Type": "application/x-www-form-urlencoded"}
            status, _, body = node.send("POST", ADD, urlencode(data), more)
        except TROUBLE:
            return False
        self.notes.forms.append(status)
        return status == 302 or b"There is a group of synonyms with this label already" in body


ADD = "/admin/programmes/synonym/add/"
INSERT = """INSERT INTO programmes_programme (slug, name, sort_name, provider_id)
    SELECT %(slug)s, %(name)s::text, lower(%(name)s::text), min(id) FROM programmes_organisation
    ON CONFLICT (slug) DO NOTHING"""
PLACE = """INSERT INTO programmes_programme_countries (programme_id, country_id)
    SELECT p.id, c.id FROM programmes_programme p, programmes_country c WHERE p.slug = %(slug)s AND c.code = 'JP'
    ON CONFLICT DO NOTHING"""
