"""The files of docs/deploy/ are taken by the programs that they are for."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from gvc_catalogue import env
from tests.postgresql import USER, cluster, someone_else
from tests.processes import STARTS_WITHIN

# Once is enough: what it needs of databases it starts itself.
pytestmark = pytest.mark.only("sqlite", "it has databases of its own, of both kinds where that matters")

FOLDER = Path(__file__).resolve().parents[2] / "docs/deploy"
UNITS = ["gvc-catalogue.service", "gvc-catalogue-backup.service", "gvc-catalogue-backup.timer"]


def run(*command: object, **more: object) -> "subprocess.CompletedProcess[str]":
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    pem = tmp_path / "both.pem"
    made = run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", pem, "-out", pem
    )
    assert made.returncode == 0, made.stderr
    key = tmp_path / "key.pem"
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", key, "-out", pem)
    text = (FOLDER / "nginx.conf").read_text()
    text = re.sub(r"ssl_certificate \S+;", f"ssl_certificate {pem};", text)
    text = re.sub(r"ssl_certificate_key \S+;", f"ssl_certificate_key {key};", text)
    for port, name in ((80, "listen"), (443, "listen")):
        text = re.sub(rf"{name} (\[::\]:)?{port}\b", rf"{name} \g<1>{free_port()}", text)
    kept = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {kept}\n{text} }}"
    (tmp_path / "nginx.conf").write_text(main)
    done = run("/usr/sbin/nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf")
    assert done.returncode == 0, done.stderr


def test_patroni_takes_its_configuration(tmp_path: Path) -> None:
    text = (FOLDER / "patroni.yml").read_text()
    # Its check wants to listen on addresses of this machine and ports that are free, and that etcd is there.
    text = re.sub(r"\blisten: \S+", lambda found: f"listen: 127.0.0.1:{free_port()}", text)
    with socket.create_server(("127.0.0.1", 0)) as etcd:
        text = re.sub(r"hosts: \S+", f"hosts: 127.0.0.1:{etcd.getsockname()[1]}", text)
        text = re.sub(r"data_dir: \S+", f"data_dir: {tmp_path / 'data'}", text)
        (tmp_path / "config.yml").write_text(text)
        done = run("patroni", "--validate-config", tmp_path / "config.yml", cwd="/")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.fixture
def pgbouncer() -> Iterator[str]:
    """The address of a database behind PgBouncer, which has the configuration of the guide but for its places."""
    with cluster() as address:
        folder = Path(unquote(address.partition("host=")[2]))
        port = free_port()
        text = (FOLDER / "pgbouncer.ini").read_text().replace("/var/run/postgresql", str(folder))
        text = text.replace("/var/log/postgresql", str(folder)).replace("/etc/pgbouncer", str(folder))
        text = text.replace("dbname=gvc", f"dbname=postgres user={USER}").replace("6432", str(port))
        text = text.replace("listen_addr = *", "listen_addr = 127.0.0.1").replace("scram-sha-256", "trust")
        (folder / "pgbouncer.ini").write_text(text)
        (folder / "userlist.txt").write_text(f'"{USER}" ""\n')
        process = subprocess.Popen(["/usr/sbin/pgbouncer", "-q", folder / "pgbouncer.ini"], cwd="/", **someone_else())
        try:
            found = f"postgresql://{USER}@127.0.0.1:{port}/gvc?target_session_attrs=read-write&connect_timeout=2"
            until_it_answers(found)
            yield found
        finally:
            process.terminate()
            process.wait(STARTS_WITHIN)


def until_it_answers(address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_the_catalogue_is_filled_and_read_through_pgbouncer(root: Path, pgbouncer: str, tmp_path: Path) -> None:
    read = "import django; django.setup(); from django.test import Client\n"
    read += "answer = Client(headers={'host': 'localhost'}).get('/examples.csv')\n"
    read += "print(len(b''.join(answer).splitlines()))"
    environment = {"DATABASE_URL": pgbouncer, "SECRET_KEY": "x" * 50, "INDEX_DIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "gvc_catalogue.settings"
    for command in ("manage.py migrate -v0", "manage.py load_catalogue", "manage.py check_catalogue"):
        done = run(sys.executable, *command.split(), cwd=root, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
    done = run(sys.executable, "-c", read, cwd=root, env=environment)
    assert done.stdout.strip() == "65", done.stderr
    done = run(sys.executable, "manage.py", "backup", tmp_path / "through.backup", cwd=root, env=environment)
    assert done.returncode == 0, done.stderr


def test_every_value_of_the_environment_file_can_be_read() -> None:
    values = dict(
        line.split("=", 1) for line in (FOLDER / "catalogue.env").read_text().splitlines() if line[:1] not in "#"
    )
    found = env.database(values, "DATABASE_URL", Path(), default=Path("none"))
    assert found["HOST"] == "db1,db2,db3"
    assert found["PORT"] == "6432,6432,6432"
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert env.yes_or_no(values, "HTTPS", default=False)
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", (FOLDER.parents[1] / "README.md").read_text(), re.MULTILINE))
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
