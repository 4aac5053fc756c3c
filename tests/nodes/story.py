"""What goes wrong, one thing after the other, while readers read and curators write; and what it cost."""

import csv
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from tests.processes import SET_UP

from .cluster import Cluster, Server
from .people import Notes, People
from .proxy import Way
from .web import Node, database, small_disk

WITHIN = 300  # seconds until all agree, or until what is expected is seen
# Makes the catalogue, and a curator who is signed in: prints the key of the session.
BEGIN = """
from importlib import import_module
from io import StringIO
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpRequest
call_command("migrate", verbosity=0)
call_command("load_catalogue", stdout=StringIO())
request = HttpRequest()
request.session = import_module(settings.SESSION_ENGINE).SessionStore()
curator = User.objects.create_superuser("curator")
login(request, curator, backend="gvc_catalogue.accounts.backend.Backend")
request.session.save()
print(request.session.session_key)
"""


@dataclass
class Figures:
    """What came out; times in seconds."""

    notes: Notes
    lost: list[str]
    writing_paused: list[float]
    # For each thing that went wrong, until the indexes of all nodes agreed again.
    agreed_after: dict[str, float]
    differ: list[str]
    seen: dict[str, bool]
    # The 99th percentile of reads before and while a server was frozen.
    p99: dict[str, float]

    def __str__(self) -> str:
        notes, pauses = self.notes, ", ".join(f"{pause:.2f}" for pause in self.writing_paused)
        lines = [
            f"acknowledged writes: {len(notes.acknowledged)}, {notes.by_form} of them by form, lost: {len(self.lost)}",
            f"reads: {notes.asked}, answered by the next node: {notes.moved}, failed: {len(notes.failed)}",
            f"slowest read: {notes.slowest:.1f} s, pause of writing when the primary died: {pauses} s",
            *(f"p99 of reads {p99:.2f} s: {what}" for what, p99 in self.p99.items()),
            *(f"all indexes agreed {after:.1f} s after: {what}" for what, after in self.agreed_after.items()),
        ]
        return "\n".join(lines)


@dataclass
class Site:
    """Three nodes on a cluster, and the people on them."""

    cluster: Cluster
    nodes: list[Node]
    people: People
    pauses: list[float] = field(default_factory=list)
    agreed: dict[str, float] = field(default_factory=dict)
    seen: dict[str, bool] = field(default_factory=dict)
    # When a server was frozen, and before, from and to.
    frozen: dict[str, tuple[float, float]] = field(default_factory=dict)

    # ---- What goes wrong; each lasts so many seconds

    def node_dies(self, seconds: float) -> None:
        """A web node is killed, and started again."""
        self.nodes[0].kill()
        time.sleep(seconds)
        self._see("another node answers", lambda: self.people.notes.moved > 0)
        self.nodes[0].start()

    def replica_freezes(self, seconds: float) -> None:
        """A replica neither answers nor refuses."""
        self._freeze("a replica is frozen", self.cluster.replicas()[-1], seconds)

    def primary_freezes(self, seconds: float) -> None:
        """The primary neither answers nor refuses, and none takes its place."""
        self._freeze("the primary is frozen", self.cluster.primary, seconds)

    def replica_stands_still(self, seconds: float) -> None:
        """A replica receives everything and shows nothing of it: who reads it must not stay behind."""
        still = self.cluster.replicas()[-1]
        still.ask("SELECT pg_wal_replay_pause()")
        time.sleep(seconds)
        number = self.revision()
        self._see("no node stands still", lambda: all(node.agrees(number) for node in self.nodes))
        still.ask("SELECT pg_wal_replay_resume()")

    def disk_is_full(self, seconds: float) -> None:
        """A node cannot write its index: it builds the index in memory, and shows what is written meanwhile."""
        node = self.nodes[1]
        with node.full_disk():
            time.sleep(seconds)
            number = self.revision()
            self._see("a full disk keeps no change back", lambda: node.agrees(number))

    def node_is_cut_off(self, seconds: float) -> None:
        """A node is refused by all databases: its index answers."""
        self._cut(Way.REFUSED, seconds)

    def node_hears_nothing(self, seconds: float) -> None:
        """A node reaches nobody, and nobody says so."""
        self._cut(Way.SILENT, seconds)

    def primary_dies(self, seconds: float) -> None:
        """The primary is killed, and the replica that has most takes its place; the dead one comes back as a copy."""
        dead, at = self.cluster.primary, time.monotonic()
        self.cluster.kill_primary()
        self.cluster.promote()
        time.sleep(seconds)
        self.cluster.renew(dead)
        self.cluster.wait(lambda: self.people.notes.last() > at + seconds, f"Writing goes on, not {self.people.notes}")
        self.pauses.append(self.people.notes.pause(at))

    def _freeze(self, what: str, frozen: Server, seconds: float) -> None:
        """Freeze a server; the time before, in which nothing was wrong, is what to compare with."""
        started = time.monotonic()
        # Who began just before may wait as well.
        self.frozen[f"{what}, before"] = (started - seconds / 2, started - seconds / 10)
        frozen.send(signal.SIGSTOP)
        time.sleep(seconds)
        frozen.send(signal.SIGCONT)
        self.frozen[f"{what}, meanwhile"] = (started, time.monotonic())

    def _cut(self, way: Way, seconds: float) -> None:
        node = self.nodes[2]
        node.cut(way)
        time.sleep(seconds)
        self._see(f"database lost, {way.value}", lambda: node.health().get("database") == "lost")
        node.cut(Way.OPEN)

    def _see(self, what: str, true: Callable[[], bool]) -> None:
        """Wait until something is so, while it goes wrong, and note whether it was."""
        deadline = time.monotonic() + WITHIN
        while not (seen := true()) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.seen[what] = seen

    # ---- What is looked at

    def revision(self) -> int:
        """Return the number of the revision of the primary."""
        return int(self.cluster.primary.ask('SELECT "number" FROM text_index_revision'))

    def agree(self, what: str) -> None:
        """Wait until every node's index shows what the primary has now; note how long that took."""
        started, number = time.monotonic(), self.revision()
        while not all(node.agrees(number) for node in self.nodes):
            if time.monotonic() > started + WITHIN:
                raise TimeoutError(f"{what}: {[node.health() for node in self.nodes]}, not {number}")
            time.sleep(0.05)
        self.agreed[what] = max(self.agreed.get(what, 0), time.monotonic() - started)

    def lost(self) -> list[str]:
        """Return what was acknowledged and is not in the database."""
        rows = "SELECT coalesce(json_agg({}), '[]') FROM {}"
        there = self.cluster.primary.ask(rows.format("slug", "programmes_programme"))
        there += self.cluster.primary.ask(rows.format("label", "programmes_synonym"))
        return sorted(set(self.people.notes.acknowledged) - set(there))

    def differ(self) -> list[str]:
        """Return the nodes whose list is not that of the database; each of their processes is asked, most likely."""
        there = set(self.cluster.primary.ask("SELECT json_agg(slug) FROM programmes_programme"))
        return [node.name for node in self.nodes for _ in range(4) if listed(node) != there]


Fault = Callable[[Site, float], None]
FAULTS: list[Fault] = [
    Site.node_dies,
    Site.replica_freezes,
    Site.primary_freezes,
    Site.replica_stands_still,
    Site.disk_is_full,
    Site.node_is_cut_off,
    Site.primary_dies,
]
EVERY_FAULT: list[Fault] = [*FAULTS[:-1], Site.node_hears_nothing, Site.primary_dies]


def tell(cluster: Cluster, folder: Path, faults: list[Fault], seconds: float, readers: int = 4) -> Figures:
    """Let all faults happen to a site, each for so many seconds; return what came of it."""
    with running(cluster, folder, readers) as site:
        for fault in faults:
            time.sleep(seconds / 2)
            fault(site, seconds)
            site.agree(str(fault.__doc__).partition(":")[0].partition(",")[0].rstrip("."))
        site._see("a form was acknowledged", lambda: site.people.notes.by_form > 0)
        notes = site.people.go()
        site.agree("writing ended")
        p99 = {what: notes.p99(*times) for what, times in site.frozen.items()}
        return Figures(notes, site.lost(), site.pauses, site.agreed, site.differ(), site.seen, p99)


@contextmanager
def running(cluster: Cluster, folder: Path, readers: int) -> Iterator[Site]:
    """Run three nodes with people on them; end all of it afterwards."""
    nodes = [Node(f"node {number}", folder / f"node-{number}", cluster.hosts()) for number in (1, 2, 3)]
    with ExitStack() as stack:
        session = begun(nodes[0])
        cluster.commit_to_two()
        stack.enter_context(small_disk(nodes[1].folder / "index"))
        for node in nodes:
            stack.callback(node.end)
            node.start()
        for node in nodes:
            node.wait()
        people = People(nodes, database(cluster.hosts()), session)
        stack.callback(people.go)
        people.come(readers, writers=1)
        yield Site(cluster, nodes, people)


def begun(node: Node) -> str:
    """Make the catalogue; return the key of a curator's session. Raises RuntimeError with what went wrong."""
    command = [sys.executable, "-c", SET_UP + BEGIN]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=node.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def listed(node: Node) -> set[str]:
    """Return the programmes that a node lists."""
    rows = csv.DictReader(node.get("/programmes.csv")[2].decode("utf-8-sig").splitlines())
    return {row["slug"] for row in rows}
