"""`manage.py check_links`: what is asked, what is written down, what is proposed, and how it ends."""

import io
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from programmes.editing import workflow
from programmes.link_checker import storage
from programmes.link_checker.checker import CheckResult
from programmes.link_checker.run_lock import KEY, run_lock
from programmes.link_checker.url_policy import UrlPolicy
from programmes.link_checker.worker_pool import HostQueues, run_in_parallel
from programmes.management.commands import check_links
from programmes.models import Link, LinkCheck, Outcome, Programme, ProgrammeDraft, State
from tests.factories import make_programme

from .conftest import HURRIED, LIMITS
from .server import HERE, Misbehaving, hangs, misbehaving, names, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    """A server to which all names lead, and a command that asks it at once."""
    monkeypatch.setattr(check_links.Command, "rules", partial(UrlPolicy, resolve=names().resolve))
    monkeypatch.setattr(check_links.Command, "limits", LIMITS)
    with misbehaving() as server:
        yield server


@pytest.fixture
def hurried(server: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that has little patience, for servers that hang."""
    monkeypatch.setattr(check_links.Command, "limits", HURRIED)


@pytest.fixture
def programme() -> Programme:
    return make_programme("fairs")


def run(*args: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("check_links", "--allow-private", f"{HERE}/32", *args, stdout=out, **options)
    return out.getvalue()


def link(programme: Programme, *urls: str) -> None:
    for url in urls:
        programme.links.create(url=url)


def check(url: str) -> LinkCheck:
    return LinkCheck.objects.get(url=url)


def checked(url: str, days: int, outcome: Outcome = Outcome.ANSWERS, failing: int | None = None) -> None:
    """A check of so many days ago."""
    now = timezone.now()
    since = None if failing is None else now - timedelta(days=failing)
    LinkCheck.objects.create(
        url=url, outcome=outcome, checked_at=now - timedelta(days=days, minutes=1), failing_since=since
    )


def test_each_address_is_asked_once_and_its_answer_is_written_down(server: Misbehaving, programme: Programme) -> None:
    server.paths |= {"/a": says(200), "/b": says(302, Location="/a"), "/c": says(500)}
    urls = [server.url(path) for path in ["/a", "/b", "/c", "/d"]]
    link(programme, *urls, "http://127.0.0.1/")
    link(make_programme(), urls[0])
    said = run()
    assert [check(url).outcome for url in urls] == ["answers", "moved", "fails", "gone"]
    assert check("http://127.0.0.1/").outcome == Outcome.FORBIDDEN
    assert (check(urls[1]).moved_to, check(urls[1]).status_code) == (urls[0], 302)
    assert check(urls[0]).failing_since is None
    assert check(urls[2]).failing_since is not None
    assert server.asked_for("/a").count("HEAD") == 2  # Itself, and where /b leads.
    assert "5 addresses." in said
    assert "- 1 answers\n" in said
    assert f"{urls[3]}: there is no such page 404" in said


def test_what_was_asked_lately_is_not_asked_again_unless_it_is_wanted(
    server: Misbehaving, programme: Programme
) -> None:
    new, fresh, old, broken = (server.url(path) for path in ("/new", "/fresh", "/old", "/broken"))
    link(programme, new, fresh, old, broken)
    checked(fresh, 10)
    checked(old, 40)
    checked(broken, 2, Outcome.GONE, failing=2)
    assert run("--dry-run").splitlines() == [new, old, broken, "3 addresses would be asked."]
    assert run("--dry-run", "--older-than", "5").splitlines()[:-1] == [new, old, fresh]
    assert run("--dry-run", "--all").splitlines()[:-1] == [new, old, fresh, broken]
    assert run("--dry-run", "--limit", "1").splitlines() == [new, "1 addresses would be asked."]
    assert server.asked == []


def test_one_programme_is_asked_alone(server: Misbehaving, programme: Programme) -> None:
    link(programme, server.url("/a"))
    link(make_programme(), server.url("/b"))
    run("--programme", "fairs")
    assert [one.url for one in LinkCheck.objects.all()] == [server.url("/a")]
    with pytest.raises(CommandError, match="There is no programme “nowhere”"):
        run("--programme", "nowhere")


def test_links_of_drafts_are_not_asked(server: Misbehaving, programme: Programme) -> None:
    draft = workflow.begin(programme, None)
    assert isinstance(draft, ProgrammeDraft)
    draft.links.create(url=server.url("/draft"))
    run("--all")
    assert server.asked == []


def test_since_when_a_page_fails_is_kept_until_it_answers(server: Misbehaving, programme: Programme) -> None:
    link(programme, server.url("/page"))
    checked(server.url("/page"), 2, Outcome.FAILS, failing=5)
    since = check(server.url("/page")).failing_since
    run()
    assert (check(server.url("/page")).outcome, check(server.url("/page")).failing_since) == (Outcome.GONE, since)
    assert LinkCheck.objects.count() == 1
    server.paths["/page"] = says(200)
    run("--all")
    assert check(server.url("/page")).failing_since is None


def test_a_page_is_dead_only_when_it_was_gone_on_several_days(server: Misbehaving, programme: Programme) -> None:
    link(programme, server.url("/once"), server.url("/dead"))
    checked(server.url("/dead"), 4, Outcome.GONE, failing=4)
    checked(server.url("/nobody-links-there"), 0, Outcome.GONE, failing=9)
    said = run()
    assert [one.url for one in storage.dead()] == [server.url("/dead")]
    assert "1 links are dead" in said
    assert not ProgrammeDraft.objects.exists()


def test_what_moved_for_good_is_drafted_once_and_shows_nowhere(
    server: Misbehaving, programme: Programme, client: Client
) -> None:
    server.paths |= {
        "/old": says(301, Location="/new"),
        "/older": says(308, Location="/new"),
        "/other": says(301, Location="/else"),
        "/new": says(200),
        "/else": says(200),
    }
    old, older, other = (server.url(path) for path in ("/old", "/older", "/other"))
    link(programme, old, older, other, "https://example.invalid/")
    before = client.get("/programmes/fairs.json").json()
    said = run()
    draft = ProgrammeDraft.objects.get(key=programme.pk)
    assert {one.url for one in draft.links.all()} == {
        server.url("/new"),
        server.url("/else"),
        "https://example.invalid/",
    }
    assert draft.state == State.IN_REVIEW
    assert f"{old} has moved for good to {server.url('/new')}" in draft.why
    assert "1 changes drafted" in said
    assert client.get("/programmes/fairs.json").json() == before
    again = run("--all")
    assert "There is a draft of it already" in again
    assert "0 changes drafted" in again
    workflow.publish(draft, None)
    assert not Link.objects.filter(url=old).exists()


def test_a_draft_of_a_curator_is_left_alone(server: Misbehaving, programme: Programme) -> None:
    link(programme, server.url("/old"))
    server.paths |= {"/old": says(301, Location="/new"), "/new": says(200)}
    draft = workflow.begin(programme, None)
    said = run()
    draft.refresh_from_db()
    assert f"{programme}: no draft. There is a draft of it already" in said
    assert (draft.state, draft.why, draft.edits) == (State.DRAFT, "", 0)


def test_a_new_address_that_no_link_may_have_is_said_and_not_drafted(server: Misbehaving, programme: Programme) -> None:
    long = "/" + "a" * 600
    link(programme, server.url("/old"))
    server.paths |= {"/old": says(301, Location=long), long: says(200)}
    assert "500 characters" in run()
    assert not ProgrammeDraft.objects.exists()
    assert check(server.url("/old")).moved_to == server.url(long)


@contextmanager
def another_run() -> Iterator[None]:
    """The lock, held as by another process: on PostgreSQL by a connection of its own."""
    if connection.vendor != "postgresql":
        with run_lock():
            yield
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
        yield
    finally:
        # The server lets go of it only some time after the connection has ended.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
        other.close()


def test_a_second_run_at_once_is_refused(server: Misbehaving, programme: Programme) -> None:
    link(programme, server.url("/a"))
    with another_run(), pytest.raises(CommandError, match="being checked already") as refused:
        run()
    assert refused.value.returncode == 2
    assert server.asked == []
    run()
    assert LinkCheck.objects.count() == 1


@pytest.mark.usefixtures("hurried")
def test_hosts_are_asked_side_by_side(server: Misbehaving, programme: Programme) -> None:
    """Ten hosts that hang cost little more than one."""
    server.paths["/robots.txt"] = hangs(server)
    link(programme, *(server.url("/", f"host-{i}.test") for i in range(10)))
    run("--threads", "10")
    assert server.most_open > 3
    assert LinkCheck.objects.filter(outcome=Outcome.FAILS).count() == 10


def test_a_busy_host_keeps_no_other_waiting_and_nothing_is_taken_far_ahead() -> None:
    taken: list[str] = []

    def endless() -> Iterator[str]:
        for number in range(1_000_000):
            taken.append(f"http://{'big' if number % 10 else f'small-{number}'}.test/{number}")
            yield taken[-1]

    queues = HostQueues(endless(), ahead=50)
    first = [queues.take({"big.test"}) for _ in range(5)]
    assert all(found and found[0].startswith("small") for found in first)
    assert len(taken) < 60
    host, _ = queues.take(set()) or ("", "")
    assert host == "big.test"


def test_every_address_comes_out_once_in_the_order_of_its_host() -> None:
    urls = [f"http://host-{number % 7}.test/{number}" for number in range(500)] + ["nonsense", "http://["]
    got = list(run_in_parallel(iter(urls), str.upper, lambda: None, threads=5))
    assert sorted(url for url, _ in got) == sorted(urls)
    assert all(answer == url.upper() for url, answer in got)


def test_an_interrupted_run_keeps_what_it_has_and_says_so(
    server: Misbehaving, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.paths |= {path: says(200) for path in ("/a", "/b", "/c")}
    link(programme, *(server.url(path) for path in ("/a", "/b", "/c")))
    noted: list[CheckResult] = []

    def note(answer: CheckResult, at: Any) -> LinkCheck:
        if noted:
            raise KeyboardInterrupt
        noted.append(answer)
        return storage.note(answer, at)

    monkeypatch.setattr(check_links, "note", note)
    with pytest.raises(CommandError) as interrupted:
        run()
    assert interrupted.value.returncode == 130
    assert [one.url for one in LinkCheck.objects.all()] == [noted[0].url]


@pytest.fixture
def control_c() -> Iterator[None]:
    """It interrupts, also where the tests were started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("control_c", "hurried")
def test_control_c_ends_the_command_while_servers_hang(server: Misbehaving, programme: Programme) -> None:
    server.paths |= {"/fine": says(200), "/hangs": hangs(server)}
    link(programme, server.url("/fine"), *(server.url("/hangs", f"host-{i}.test") for i in range(20)))

    def interrupt() -> None:
        while len(server.asked_for("/hangs")) < 2:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    Thread(target=interrupt, daemon=True).start()
    with pytest.raises(CommandError, match="The rest is asked on the next run") as interrupted:
        run("--threads", "2")
    assert interrupted.value.returncode == 130
    assert len(server.asked_for("/hangs")) < 20


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--limit", "0"], "“0” must be a whole number from 1 on"),
        (["--older-than", "-1"], "“-1” must be a number of days|expected one argument"),
        (["--older-than", "soon"], "“soon” must be a number of days"),
        (["--threads", "many"], "“many” must be a whole number"),
        (["--allow-private", "here"], "“here” must be a network"),
        (["--all", "--older-than", "3"], "not allowed with argument"),
    ],
)
def test_an_option_that_cannot_be_read_is_refused_in_words(args: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("check_links", *args)


def test_whoever_runs_it_is_named_to_the_sites_that_are_asked(server: Misbehaving, programme: Programme) -> None:
    server.paths["/a"] = says(200)
    link(programme, server.url("/a"))
    run("--site", "https://catalogue.example/")
    assert server.asked[-1].headers["User-Agent"] == "GVC-Policy-Catalogue (+https://catalogue.example/about/)"
