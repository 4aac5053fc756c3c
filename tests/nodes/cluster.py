"""PostgreSQL with two streaming replicas, of which one at least has a commit before it is acknowledged.

The servers are made and started on this machine, in a short temporary folder, as direct children: each can be killed,
or frozen, by its number. The traps that this stands on: a standby's name is its `cluster_name`; the servers follow
whichever of them can be written to; the first primary never comes back once it was killed.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks.server import free_port
from tests.postgresql import USER, NoPostgreSQL, make, programs, someone_else

WITHIN = 180  # seconds
NAMES = ("a", "b", "c")
# These machines do not lose power, so nothing need be forced to a disk; commits wait for a replica all the same.
OPTIONS = ["fsync=off", "full_page_writes=off", "synchronous_commit=on", "listen_addresses=127.0.0.1"]
OPTIONS += ["wal_level=replica", "hot_standby=on", "wal_retrieve_retry_interval=100ms", "max_connections=200"]


@dataclass
class Server:
    """One PostgreSQL."""

    name: str
    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def ask(self, query: str) -> Any:
        """Return the first value of what a query gives. Raises psycopg.OperationalError."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, dbname="postgres", connect_timeout=2, autocommit=True
        ) as connection:
            found = connection.execute(query.encode())
            row = found.fetchone() if found.description else None
            return row[0] if row else None

    def send(self, number: signal.Signals) -> None:
        """Send a signal to it and all its children, each of which has a session of its own."""
        assert self.process
        first = self.process.pid
        os.kill(first, signal.SIGSTOP)  # From here on it makes no more children.
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for each in (*map(int, children), first):
            with suppress(ProcessLookupError):
                os.kill(each, number)


@dataclass
class Cluster:
    """All servers, the first primary first."""

    folder: Path
    bin: Path
    person: dict[str, Any] = field(default_factory=someone_else)
    servers: list[Server] = field(default_factory=list)
    primary: Server = field(init=False)

    def __post_init__(self) -> None:
        if self.person:
            os.chown(self.folder, self.person["user"], self.person["group"])
        self.servers = [Server(name, self.folder / name, free_port()) for name in NAMES]
        self.primary = self.servers[0]

    def make(self) -> None:
        """Make and start the primary, copy it twice, and wait until both copies follow."""
        self.primary.folder.mkdir()
        if self.person:
            os.chown(self.primary.folder, self.person["user"], self.person["group"])
        make(self.bin, self.primary.folder, self.person)
        self.start(self.primary)
        for replica in self.servers[1:]:
            self.copy(replica)
        self.wait(lambda: self.followers() == len(self.servers) - 1, "Both replicas follow the primary")

    def copy(self, replica: Server) -> None:
        """Make a replica from the primary and start it."""
        command = [str(self.bin / "pg_basebackup"), "-D", str(replica.folder / "data"), "-h", "127.0.0.1", "-U", USER]
        command += ["-p", str(self.primary.port), "-X", "stream", "-c", "fast", "--no-sync"]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **self.person)
        if done.returncode:
            raise NoPostgreSQL(f"A replica could not be made: {done.stderr.strip()}")
        (replica.folder / "data" / "standby.signal").touch()
        self.start(replica)

    def start(self, server: Server) -> None:
        """Start a server and wait until it answers."""
        ports, others = ",".join(str(s.port) for s in self.servers), ",".join(n for n in NAMES if n != server.name)
        hosts = ",".join("127.0.0.1" for _ in self.servers)
        leader = f"host={hosts} port={ports} user={USER} target_session_attrs=read-write connect_timeout=2"
        options = [*OPTIONS, f"port={server.port}", f"unix_socket_directories={self.folder}"]
        options += [f"cluster_name={server.name}", f"primary_conninfo={leader}"]
        options += [f"synchronous_standby_names=ANY 1 ({others})"] if server is not self.primary else []
        words = [word for option in options for word in ("-c", option)]
        with open(self.folder / f"{server.name}.log", "ab") as log:
            server.process = subprocess.Popen(
                [self.bin / "postgres", "-D", server.folder / "data", *words],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.person,
            )
        self.wait(lambda: server.ask("SELECT 1") == 1, f"PostgreSQL {server.name} answers")

    def commit_to_two(self) -> None:
        """From now on a commit waits for a replica: not before there are any."""
        others = ",".join(NAMES[1:])
        self.primary.ask(f"ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 ({others})'")
        self.primary.ask("SELECT pg_reload_conf()")
        self.wait(lambda: self.primary.ask("SHOW synchronous_standby_names") != "", "Commits wait for a replica")

    def followers(self) -> int:
        """Return how many replicas follow the primary just now."""
        return int(self.primary.ask("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"))

    def replicas(self) -> list[Server]:
        """Return those that run beside the primary."""
        return [server for server in self.servers if server is not self.primary and server.process]

    def kill_primary(self) -> None:
        """End the primary at once, with all that it has in memory. It never comes back."""
        self.primary.send(signal.SIGKILL)
        assert self.primary.process
        self.primary.process.wait()
        self.primary.process = None

    def promote(self) -> Server:
        """Make the replica that has received most the primary; return it."""
        received = "SELECT pg_last_wal_receive_lsn() - '0/0'"
        self.primary = max(self.replicas(), key=lambda server: server.ask(received))
        self.primary.ask("SELECT pg_promote()")
        return self.primary

    def renew(self, dead: Server) -> None:
        """Make a server that was killed anew, as a replica: what it had and nobody else is gone."""
        shutil.rmtree(dead.folder / "data")
        self.copy(dead)

    def hosts(self) -> list[tuple[str, int]]:
        """Return where all servers are."""
        return [("127.0.0.1", server.port) for server in self.servers]

    def wait(self, true: Any, what: str) -> None:
        """Wait until something is so. Raises NoPostgreSQL with the end of the logs."""
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline:
            with suppress(psycopg.OperationalError):
                if true():
                    return
            time.sleep(0.05)
        logs = "\n".join(path.read_text()[-1500:] for path in sorted(self.folder.glob("*.log")))
        raise NoPostgreSQL(f"{what}: that did not come true within {WITHIN} seconds.\n{logs}")

    def end(self) -> None:
        """End all servers, frozen ones too."""
        for server in self.servers:
            if server.process and server.process.poll() is None:
                server.send(signal.SIGKILL)
                server.process.wait()


@contextmanager
def replicated() -> Iterator[Cluster]:
    """Run a primary with two replicas, and end them afterwards."""
    bin_folder = programs()
    if not bin_folder:
        raise NoPostgreSQL("PostgreSQL is needed for the tests; type: sudo apt-get install postgresql")
    # What stands in PATH may be a link to one program of many.
    bin_folder = (bin_folder / "initdb").resolve().parent
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="gvc-pg-", dir="/tmp")), bin_folder)
    try:
        cluster.make()
        yield cluster
    finally:
        cluster.end()
        shutil.rmtree(cluster.folder, ignore_errors=True)
