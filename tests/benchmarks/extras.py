"""The other figures: exports, memory, how soon an edit shows, and the real catalogue."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from .catalogue import Catalogue
from .classes import Class
from .load import READERS, at_once, percentile
from .server import Server

ROWS = 50_000
SAMPLE = 0.02  # seconds

Lines = list[tuple[str, str]]


def export(server: Server, catalogue: Catalogue, times: int) -> Lines:
    """The country with about 50,000 programmes, as CSV: ours and the bare loop in turns."""
    code, rows = country_of_size(catalogue, ROWS)
    paths = {"ours": f"/programmes.csv?country={code}", "loop": f"/floors/loop.csv?country={code}"}
    first: dict[str, list[float]] = {who: [] for who in paths}
    total: dict[str, list[float]] = {who: [] for who in paths}
    memory = 0.0
    for _ in range(times):
        for who, path in paths.items():
            client = server.client()
            with growth(server) as grown:
                answer = client.get(path)
            client.close()
            first[who].append(answer.first)
            total[who].append(answer.total)
            memory = max(memory, grown[0]) if who == "ours" else memory
    ours, loop = median(total["ours"]), median(total["loop"])
    return [
        (f"CSV of {rows:,} rows, first byte", f"{1000 * median(first['ours']):.0f} ms (at most 50)"),
        ("CSV, all of it", f"{ours:.2f} s; bare loop {loop:.2f} s; ratio {ours / loop:.2f} (at most 1.5)"),
        ("CSV, memory beyond what was there", f"{memory:.0f} MB"),
    ]


def country_of_size(catalogue: Catalogue, rows: int) -> tuple[str, int]:
    connection = sqlite3.connect(catalogue.database)
    query = """SELECT code, count(*) FROM programmes_programme_countries
        JOIN programmes_country c ON c.id = country_id GROUP BY code ORDER BY abs(count(*) - ?), code LIMIT 1"""
    code, number = connection.execute(query, [rows]).fetchone()
    connection.close()
    return code, number


@contextmanager
def growth(server: Server) -> Iterator[list[float]]:
    """Watch the workers meanwhile; afterwards the list holds by how many megabytes the largest has grown."""
    before, highest, done = server.memory(), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(SAMPLE):
            highest[0] = max(highest[0], server.memory() - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield highest
    finally:
        done.set()
        watcher.join()


def memory(server: Server, classes: list[Class], each: int) -> Lines:
    """A server that has answered nothing but our own pages."""
    empty = server.memory()
    paths = [one.addresses()[0] for _ in range(each) for one in classes]
    at_once(server, paths)
    return [("Memory of a web process, beyond files mapped", f"{server.memory():.0f} MB, {empty:.0f} before (300)")]


def edit(server: Server, catalogue: Catalogue, times: int) -> Lines:
    """From the commit of a name, in raw SQL, until four connections have all seen it."""
    clients = [server.client() for _ in range(READERS)]
    connection = sqlite3.connect(catalogue.database, timeout=20, isolation_level=None)
    row = connection.execute("SELECT id, name, sort_name FROM programmes_programme ORDER BY id LIMIT 1").fetchone()
    seconds, unseen = [], 0
    for turn in range(times):
        name = f"zyx{'abcdefghij'[turn % 10]}q"
        rename(connection, row[0], name, name)
        start = perf_counter()
        bodies = [client.get(f"/programmes.json?q={name}").body for client in clients]
        seconds.append(perf_counter() - start)
        unseen += sum(b'"slug"' not in body for body in bodies)
    rename(connection, *row)
    connection.close()
    for client in clients:
        client.close()
    seen = f"{unseen} of {times * READERS} answers did not have it" if unseen else "every answer had it"
    return [("An edit, seen by four readers", f"{1000 * max(seconds):.0f} ms at most (100); {seen}")]


def rename(connection: sqlite3.Connection, key: int, name: str, sort_name: str) -> None:
    connection.execute("UPDATE programmes_programme SET name = ?, sort_name = ? WHERE id = ?", [name, sort_name, key])


def small(server: Server, requests: int) -> Lines:
    """The real catalogue: a page unchanged, one that was seen before, and ones never seen."""
    path = "/programmes/?country=JP"
    client = server.client()
    page = client.get(path)
    client.close()
    constant = at_once(server, [f"/floors/constant?bytes={page.size}"] * requests)
    lines = [("The real catalogue: constant", f"{constant.rate:.0f} requests a second")]
    if page.etag:
        unchanged = at_once(server, [path] * requests, f"If-None-Match: {page.etag}\r\n")
        share = f"{unchanged.rate / constant.rate:.2f} of constant (0.7)"
        said = f"{unchanged.rate:.0f} a second, {share}" if unchanged.statuses == {304} else "not answered by 304"
        lines.append(("… unchanged, by ETag", said))
    else:
        lines.append(("… unchanged, by ETag", "not there: the page has none"))
    seen = at_once(server, [path] * requests)
    lines.append(("… seen before", f"{seen.rate:.0f} a second, {seen.rate / constant.rate:.2f} of constant (0.7)"))
    return [*lines, ("… never seen before", never_seen(server, page.size))]


def never_seen(server: Server, size: int) -> str:
    """One after the other: combinations of a country, a category and a kind that nobody asked for."""
    client = server.client()
    ours, constant = [], []
    for code in ("AT", "AU", "CA", "DE", "FR", "IT", "KR", "MX", "NL", "PL", "TR", "US"):
        for category in ("1", "2", "3"):
            ours.append(client.get(f"/programmes/?country={code}&category={category}&sort=country").total)
            constant.append(client.get(f"/floors/constant?bytes={size}").total)
    client.close()
    ratio = median(ours) / median(constant)
    p95 = 1000 * percentile(ours, 0.95)
    return f"{1000 * median(ours):.1f} ms, p95 {p95:.1f}; {ratio:.1f} × constant (10)"
