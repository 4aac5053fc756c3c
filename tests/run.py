"""All checks of the project, and at the end what came of each: `make test`.

`--static` runs those that read only: `make lint`; `--soak` the suites that take too long for `make test`: `make soak`.

The tests themselves are plain pytest: .venv/bin/pytest tests/test_env.py
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.postgresql import NoPostgreSQL, cluster, programs

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# The tests decide about these themselves, whatever the caller has set.
OURS = [
    "SECRET_KEY",
    "DEBUG",
    "DATABASE_URL",
    "DATABASE_REPLICA_URL",
    "ALLOWED_HOSTS",
    "HTTPS",
    "PORT",
    "BIND",
    "WEB_WORKERS",
    "WEB_THREADS",
    "WEB_WAITING",
    "INDEX_DIR",
    "TRUSTED_PROXIES",
    "LOG_QUERIES",
    "REQUIRE_ONE_TIME_CODES",
    "DJANGO_SETTINGS_MODULE",
]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in OURS}
# More processes than this take longer to start than they save. A process that has many tests before it keeps them,
# though the others may have none left.
PYTEST = ["pytest", "-q", "-n", "auto", "--maxprocesses", "4", "--maxschedchunk", "12"]
# What tests run beside PostgreSQL: the examples of the API's page, and what docs/deploy/ is written for.
PROGRAMS = {
    "curl": "curl",
    "openssl": "openssl",
    "systemd-analyze": "systemd",
    "nginx": "nginx-light",
    "pgbouncer": "pgbouncer",
    "patroni": "patroni",
    "etcd": "etcd-server",
}
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin"
HERE = "not browser and not soak"
HOSTILE = "tests/soak/test_hostile_queries.py"
# Those that measure run one after the other; what all of them print is shown.
SOAK = {
    "Hostile queries": [*PYTEST, "-rP", "-m", "soak", HOSTILE],
    "Load and faults": ["pytest", "-q", "-s", "-m", "soak", "tests/soak", f"--ignore={HOSTILE}"],
}
CURATORS = "tests/browser/test_admin.py"
COUNTS = re.compile(r"\d+ (passed|failed|error|deselected|no tests)")

results: list[tuple[str, bool, str]] = []


def main() -> int:
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that a database that runs is ended too.
    if "--soak" in sys.argv[1:]:
        soak()
        return summary()
    read_only()
    if "--static" not in sys.argv[1:]:
        migrations_and_settings()
        tests()
    return summary()


def read_only() -> None:
    templates = sorted(str(path) for path in ROOT.glob("templates/**/*.html"))
    step("Format", ["ruff", "format", "--check", "."])
    step("Lint", ["ruff", "check", "--quiet", "."])
    step("Types", ["mypy"])
    step("Imports", ["lint-imports", "--no-logo", "--cache-dir", "var/import_linter_cache"])
    step("Templates", ["djade", "--target-version", "5.2", "--check", *templates])


def migrations_and_settings() -> None:
    step("Migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"])
    step("Settings for HTTPS", ["python", "manage.py", "check", "--deploy", "--fail-level=WARNING"], HTTPS="yes")


def tests() -> None:
    for program, package in PROGRAMS.items():
        if not shutil.which(program, path=PLACES):
            installed(program, package)
    step("SQLite", [*PYTEST, "-m", HERE])
    on_postgresql("PostgreSQL", [*PYTEST, "-m", HERE])
    if shutil.which("chromium") or installed("Chromium", "chromium"):
        step("Chromium", [*PYTEST, "-m", "browser and not soak"])
        # What curators do there is written to the database: it is done on either.
        on_postgresql("Chromium on PostgreSQL", [*PYTEST, CURATORS])


def soak() -> None:
    """Load, faults and attacks at full length, on PostgreSQL, as where many readers come."""
    for name, command in SOAK.items():
        on_postgresql(name, command, PYTHONUNBUFFERED="1")


def on_postgresql(name: str, command: list[str], **environment: str) -> None:
    """Run it on a PostgreSQL of its own."""
    if programs() or installed("PostgreSQL", "postgresql"):
        try:
            with cluster() as address:
                step(name, command, DATABASE_URL=address, **environment)
        except NoPostgreSQL as error:
            fail(name, str(error))


def step(name: str, command: list[str], **environment: str) -> None:
    """Run it, show what it says, remember how it ended. pytest's last line says what it counted."""
    print(f"\n== {name}", flush=True)
    counted = ""
    process = subprocess.Popen(
        [BIN / command[0], *command[1:]],
        env=ENVIRONMENT | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    for line in process.stdout or ():
        print(line, end="", flush=True)
        counted = line.strip(" =\n") if COUNTS.search(line) else counted
    passed = process.wait() == 0
    results.append((name, passed, counted if command[0] == "pytest" else ""))


def installed(name: str, package: str) -> bool:
    """Whether apt-get could install it; only root may."""
    if os.getuid() or not shutil.which("apt-get"):
        fail(name, f"{name} is needed for the tests; type: sudo apt-get install {package}")
        return False
    print(f"\n== Installing {name}", flush=True)
    environment = ENVIRONMENT | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in ["update -qq"], ["install", "-y", "-qq", "--no-install-recommends", package]:
        command = ["apt-get", *words[0].split(), *words[1:]]
        # What it prints is shown only when it fails.
        done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            print(done.stdout + done.stderr, end="")
            fail(name, f"apt-get could not install {package}, which the tests need.")
            return False
    return True


def fail(name: str, sentence: str) -> None:
    print(f"\n== {name}\n{sentence}", flush=True)
    results.append((name, False, sentence))


def summary() -> int:
    print("\n== Summary")
    for name, passed, words in results:
        print(f"{'ok  ' if passed else 'FAIL'} {name}{': ' if words else ''}{words}")
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
