"""nginx as the guide has it, in front of two nodes: what readers see when one of them dies, and then the other."""

import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from tests.benchmarks.server import free_port
from tests.nodes.web import Node
from tests.processes import STARTS_WITHIN

# Once is enough: what it needs of databases it starts itself.
pytestmark = pytest.mark.only("sqlite", "it has a database of its own")

FILE = Path(__file__).resolve().parents[2] / "docs/deploy/nginx.conf"
NAME = "catalogue.example.org"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass
class Front:
    """nginx, and the nodes behind it."""

    http: int
    https: int
    nodes: list[Node]

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """What a reader gets by HTTPS: the answer, and its body."""
        # It is its own certificate.
        context = ssl._create_unverified_context()  # noqa: S323
        with closing(HTTPSConnection("127.0.0.1", self.https, context=context)) as connection:
            connection.request(method, path, headers={"Host": NAME} | headers)
            answer = connection.getresponse()
            return answer, answer.read()


def configured(folder: Path, http: int, https: int, nodes: list[Node]) -> Path:
    """The configuration of the guide, but for its places."""
    pem, key = folder / "cert.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}"]
    subprocess.run([*made, "-keyout", key, "-out", pem], check=True, capture_output=True)
    text = FILE.read_text()
    text = re.sub(r"ssl_certificate \S+;", f"ssl_certificate {pem};", text)
    text = re.sub(r"ssl_certificate_key \S+;", f"ssl_certificate_key {key};", text)
    text = re.sub(r"listen (\[::\]:)?80;", rf"listen \g<1>{http};", text)
    text = re.sub(r"listen (\[::\]:)?443\b", rf"listen \g<1>{https}", text)
    text = re.sub(r"    server 10\.0\.0\.1[3-9].*\n", "", text)
    for number, node in enumerate(nodes, 1):
        text = text.replace(f"10.0.0.1{number}:8000", f"127.0.0.1:{node.port}")
    kept = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)
    main = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ {kept}\n{text} }}"
    (folder / "nginx.conf").write_text(main)
    return folder / "nginx.conf"


@pytest.fixture
def front(root: Path, tmp_path: Path) -> Iterator[Front]:
    more = {"DATABASE_URL": f"sqlite:///{tmp_path}/one.sqlite3", "HTTPS": "yes", "ALLOWED_HOSTS": NAME}
    with ExitStack() as stack:
        nodes = [Node(f"node-{number}", tmp_path / f"node-{number}", [], more=more) for number in (1, 2)]
        for node in nodes:
            stack.callback(node.end)
        for command in ("migrate -v0", "load_catalogue"):
            line = [sys.executable, "manage.py", *command.split()]
            subprocess.run(line, cwd=root, env=nodes[0].environment, check=True, capture_output=True)
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait()
        (tmp_path / "nginx").mkdir(mode=0o755)
        ports = free_port(), free_port()
        file = configured(tmp_path / "nginx", *ports, nodes)
        process = subprocess.Popen(["/usr/sbin/nginx", "-p", file.parent, "-c", file])
        stack.callback(process.wait, STARTS_WITHIN)
        stack.callback(process.terminate)
        found = Front(*ports, nodes)
        until_it_answers(found, file.parent)
        yield found


def until_it_answers(front: Front, folder: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            front.ask("/health/live")
            return
        except OSError:
            assert time.monotonic() < deadline, (folder / "error.log").read_text()
            time.sleep(0.1)


def test_a_reader_whose_node_dies_is_handed_to_the_next_and_with_none_is_told_when_to_come_back(front: Front) -> None:
    with closing(HTTPConnection("127.0.0.1", front.http)) as connection:
        connection.request("GET", "/programmes/?q=sme", headers={"Host": NAME})
        moved = connection.getresponse()
        assert (moved.status, moved.getheader("Location")) == (301, f"https://{NAME}/programmes/?q=sme")
    lie = {"X-Request-ID": "chosen-by-the-reader", "X-Forwarded-Proto": "http", "X-Forwarded-For": "203.0.113.7"}
    answer, body = front.ask("/programmes/?q=sme", **lie)
    assert (answer.status, b"programmes" in body) == (200, True)
    assert answer.getheader("X-Request-ID") != lie["X-Request-ID"]
    assert answer.getheader("Strict-Transport-Security")
    front.nodes[0].kill()
    assert [front.ask(f"/programmes/?n={number}")[0].status for number in range(20)] == [200] * 20
    front.nodes[1].kill()
    for path, method in (("/", "GET"), ("/programmes.csv", "GET"), ("/about/", "HEAD"), ("/admin/login/", "POST")):
        away, body = front.ask(path, method)
        assert (away.status, away.getheader("Retry-After")) == (503, "60")
        assert method == "HEAD" or b"It will be back" in body
    front.nodes[0].start()
    front.nodes[0].wait()
    deadline = time.monotonic() + STARTS_WITHIN
    while front.ask("/")[0].status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.5)


def test_who_sends_slowly_holds_nginx_up_and_no_node(front: Front) -> None:
    heads = b"GET / HTTP/1.1\r\nHost: catalogue.example.org\r\n"
    form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 400000\r\n\r\na="
    context = ssl._create_unverified_context()  # noqa: S323
    with ExitStack() as stack:
        for number in range(160):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", front.https)))
            slow = stack.enter_context(context.wrap_socket(connection))
            slow.sendall(heads if number % 2 else heads.replace(b"GET /", b"POST /admin/login/") + form)
        assert [front.ask(f"/programmes/?n={number}")[0].status for number in range(20)] == [200] * 20
        assert front.nodes[0].health()["status"] == "ready"
