"""Three machines for PostgreSQL: etcd, Patroni and PgBouncer on each, as the files of docs/deploy/ have them.

Each has an address of its own, of those that mean this machine, so that ports and names stay as the files have them.
"""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psycopg

from tests.postgresql import NoPostgreSQL, programs, someone_else

FILES = Path(__file__).resolve().parents[2] / "docs/deploy"
WITHIN = 300  # seconds; a leader that died is missed after 20
OWN = re.compile(r"((?:listen|connect_address): |(?:PEER|CLIENT)_URLS=http://)10\.0\.0\.21")


@dataclass
class Machine:
    """One of them, and the programs that run on it."""

    number: int
    network: str  # what its address begins with
    folder: Path
    bin: Path
    running: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"db{self.number}"

    @property
    def address(self) -> str:
        return f"{self.network}2{self.number}"

    def prepare(self) -> None:
        """Put the files of the guide there, with its own name, address and places."""
        self.folder.mkdir()
        (self.folder / "etcd").mkdir(mode=0o700)
        for name in ("etcd.env", "patroni.yml", "pgbouncer.ini"):
            (self.folder / name).write_text(self._own((FILES / name).read_text(encoding="utf-8")))
        (self.folder / "userlist.txt").write_text('"gvc" "secret"\n')
        for path in [self.folder, *self.folder.iterdir()]:
            os.chown(path, someone_else().get("user", -1), someone_else().get("group", -1))

    def _own(self, text: str) -> str:
        text = OWN.sub(rf"\g<1>10.0.0.2{self.number}", text)
        text = re.sub(r"^(name: |ETCD_NAME=)db1$", rf"\g<1>{self.name}", text, flags=re.MULTILINE)
        # Among themselves they are seen as what they are, this machine.
        text = text.replace("10.0.0.0/24", "127.0.0.0/8").replace("10.0.0.", self.network)
        text = text.replace("/usr/lib/postgresql/15/bin", str(self.bin)).replace("= *", f"= {self.address}")
        text = text.replace("/var/lib/postgresql/15/gvc", f"{self.folder}/data").replace("/var/lib/etcd/gvc", "etcd")
        folders = r"/var/run/postgresql|/var/log/postgresql|/var/lib/postgresql|/etc/pgbouncer"
        return re.sub(folders, str(self.folder), text)

    def start(self) -> None:
        """Start all three programs, as when it is switched on."""
        lines = [line for line in (self.folder / "etcd.env").read_text().splitlines() if line[:1] != "#"]
        self._run("etcd", **dict(line.split("=", 1) for line in lines))
        self._run("patroni", "patroni.yml")
        self._run("/usr/sbin/pgbouncer", "-q", "pgbouncer.ini")

    def _run(self, *command: str, **environment: str) -> None:
        with (self.folder / f"{Path(command[0]).name}.out").open("ab") as out:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder)} | environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                **someone_else(),
            )
        self.running.append(process)

    def kill(self) -> None:
        """End everything on it at once, as when its power fails."""
        # PostgreSQL is no child of Patroni's, and shares its session with what it started.
        with suppress(FileNotFoundError, ProcessLookupError):
            first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
            os.killpg(os.getpgid(first), signal.SIGKILL)
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()

    def seen(self) -> dict[str, str]:
        """Return the role of each machine as this one sees it; of none where it does not answer."""
        with suppress(OSError, ValueError, KeyError), urlopen(f"http://{self.address}:8008/cluster", timeout=2) as got:
            members: list[dict[str, Any]] = json.load(got)["members"]
            return {one["name"]: one["role"] for one in members if one["state"] in ("running", "streaming")}
        return {}

    def log(self) -> str:
        """Return the end of what its programs wrote."""
        return "\n".join(f"{path}:\n{path.read_text()[-1500:]}" for path in sorted(self.folder.glob("*.out")))


@dataclass
class Machines:
    """All three."""

    all: list[Machine]

    def environment(self) -> dict[str, str]:
        """Return where the nodes of the guide find their databases, with the addresses of these machines."""
        lines = re.findall(
            r"^(?:# )?(DATABASE_\w+)=(postgresql:.*)", (FILES / "catalogue.env").read_text(), re.MULTILINE
        )
        named = {one.name: one.address for one in self.all}
        return {name: re.sub(r"\bdb\d\b", lambda found: named[found[0]], address) for name, address in lines}

    def make_database(self) -> None:
        """Make the user and the database on the leader, as the guide has it."""
        where = {"host": self.leader().address, "user": "postgres", "password": "replace-this", "dbname": "postgres"}
        with psycopg.connect(**where, autocommit=True) as connection:  # type: ignore[arg-type]
            connection.execute("CREATE ROLE gvc LOGIN PASSWORD 'secret'")
            connection.execute("CREATE DATABASE gvc OWNER gvc")

    def leader(self) -> Machine:
        """Return the one that takes writes, as soon as all that run agree which one it is."""
        found: list[Machine] = []

        def agreed() -> bool:
            seen = [machine.seen() for machine in self.all if machine.running]
            leaders = {name for one in seen for name, role in one.items() if role == "leader"}
            found[:] = [machine for machine in self.all if machine.running and leaders == {machine.name}]
            return bool(found) and all(seen)

        self.wait(agreed, "All that run see one leader")
        return found[0]

    def whole(self) -> bool:
        """Whether each sees a leader, one that has all that was acknowledged, and one more."""
        return all(sorted(machine.seen().values()) == ["leader", "replica", "sync_standby"] for machine in self.all)

    def wait(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something is so. Raises TimeoutError with the end of the logs."""
        deadline = time.monotonic() + WITHIN
        while not true():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what}: not within {WITHIN} s.\n" + "\n".join(one.log() for one in self.all))
            time.sleep(0.2)


@contextmanager
def three_machines() -> Iterator[Machines]:
    """Run them until each has its part; end them afterwards."""
    bin_folder = programs()
    if not bin_folder:
        raise NoPostgreSQL("PostgreSQL is needed for the tests; type: sudo apt-get install postgresql")
    # What stands in PATH may be a link to one program of many; a path of a socket has at most 107 bytes.
    bin_folder, folder = (bin_folder / "initdb").resolve().parent, Path(tempfile.mkdtemp(prefix="gvc-m-", dir="/tmp"))
    folder.chmod(0o755)
    network = f"127.{secrets.randbelow(254) + 1}.{secrets.randbelow(256)}."
    machines = Machines([Machine(number, network, folder / f"db{number}", bin_folder) for number in (1, 2, 3)])
    try:
        for machine in machines.all:
            machine.prepare()
            machine.start()
        machines.wait(machines.whole, "A leader, a synchronous standby and one more")
        yield machines
    finally:
        for machine in machines.all:
            machine.kill()
        shutil.rmtree(folder, ignore_errors=True)
