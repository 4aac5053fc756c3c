"""The files of docs/deploy/ are taken by the programs that they are for."""

import re
import subprocess
from pathlib import Path

import pytest

from gvc_catalogue import env

# Once is enough: what it needs of databases it starts itself.
pytestmark = pytest.mark.only("sqlite", "it has databases of its own, of both kinds where that matters")

FOLDER = Path(__file__).resolve().parents[2] / "docs/deploy"
UNITS = ["gvc-catalogue.service", "gvc-catalogue-backup.service", "gvc-catalogue-backup.timer"]


def run(*command: object, **more: object) -> "subprocess.CompletedProcess[str]":
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    program = tmp_path / ".venv/bin/gunicorn"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in UNITS:
        text = (FOLDER / name).read_text()
        (tmp_path / name).write_text(text.replace("/opt/gvc-catalogue/current", str(tmp_path)))
    done = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *(tmp_path / name for name in UNITS))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    (tmp_path / UNITS[0]).write_text((tmp_path / UNITS[0]).read_text().replace("Restart=always", "Restart=perhaps"))
    assert "restart specifier" in run("systemd-analyze", "verify", "--man=no", tmp_path / UNITS[0]).stderr


def test_every_value_of_the_environment_file_can_be_read() -> None:
    values = dict(
        line.split("=", 1) for line in (FOLDER / "catalogue.env").read_text().splitlines() if line[:1] not in "#"
    )
    found = env.database(values, "DATABASE_URL", Path(), default=Path("none"))
    assert found["HOST"] == "db1,db2,db3"
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert env.yes_or_no(values, "HTTPS", default=False)
    explained = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (FOLDER.parents[1] / "docs" / "configuration.md").read_text(), re.MULTILINE)
    )
    assert set(values) <= explained


def test_the_image_runs_as_nobody_special_and_holds_no_secret(root: Path) -> None:
    lines = (FOLDER / "Containerfile").read_text().replace("\\\n", " ").splitlines()
    steps = [tuple(line.split(None, 1)) for line in lines if line and not line.startswith("#")]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "EXPOSE", "VOLUME", "STOPSIGNAL", "CMD"}
    assert {word for word, _ in steps} <= known
    last = steps[max(place for place, (word, _) in enumerate(steps) if word == "FROM") :]
    assert ("USER", "10001:10001") in last
    assert [word for word, _ in last].index("USER") < [word for word, _ in last].index("CMD")
    assert "RUN" not in [word for word, _ in last[[word for word, _ in last].index("USER") :]]
    copied = [rest.split()[:-1] for word, rest in steps if word == "COPY" and not rest.startswith("--from")]
    assert [name for names in copied for name in names if not (root / name).exists()] == []
    assert all("SECRET" not in rest for word, rest in steps if word in ("ENV", "COPY"))
    # All that the server imports goes along.
    assert {"gvc_catalogue", "programmes", "recommendations", "templates", "static"} <= {n for c in copied for n in c}
