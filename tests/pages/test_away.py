"""While the database is away readers are answered by the index, or as this node answered last, or told so."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client
from pytest_django import Settings

from programmes.search import index_document
from programmes.search.index_document import INDEX
from tests.factories import make_programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

Leaves = Callable[[], int]
BY_INDEX = [
    "/programmes/?country=JP&q=sme",
    "/programmes/covisint/",
    "/search/?q=japan",
    "/countries/",
    "/countries/JP/",
    "/compare/?country=JP&country=MX",
    "/evidence-map/",
]
DATA_BY_INDEX = [
    "/programmes.json?q=sme",
    "/programmes.csv",
    "/programmes/covisint.json",
    "/search/suggest?q=jap",
    "/feeds/programmes.atom",
    "/api/v1/countries",
    "/api/v1/countries/JP",
]
BY_DATABASE = ["/", "/statement/", "/about/", "/recommendations/", "/recommendations/2.1/"]
DATA_BY_DATABASE = ["/recommendations.json", "/examples.csv", "/examples.json", "/api/v1/categories"]


@pytest.fixture(autouse=True)
def node_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """What other tests were answered is not known here."""
    settings.INDEX_DIR = tmp_path / "index"


@pytest.fixture
def database_leaves(monkeypatch: pytest.MonkeyPatch) -> Leaves:
    """From its call on no question is answered; it returns the revision of the index."""

    def leaves() -> int:
        def lost(*args: Any, **kwargs: Any) -> None:
            raise OperationalError("the connection is lost")

        number = INDEX.current_snapshot().revision
        monkeypatch.setattr(CursorWrapper, "execute", lost)
        return number

    return leaves


def sentence(number: int) -> str:
    return f"The database cannot be reached: this page shows revision {number} of the catalogue"


@pytest.mark.parametrize("path", BY_INDEX)
def test_pages_of_programmes_come_from_the_index_and_name_their_revision(
    path: str, client: Client, database_leaves: Leaves
) -> None:
    number = database_leaves()
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count(sentence(number)) == 1
    assert answer["Catalogue-Revision"] == str(number)
    assert "ETag" not in answer


@pytest.mark.parametrize("path", DATA_BY_INDEX)
def test_so_does_their_data(path: str, client: Client, database_leaves: Leaves) -> None:
    there: Any = client.get(path)
    whole = there.getvalue()
    number = database_leaves()
    answer: Any = client.get(path)
    assert (answer.status_code, answer["Catalogue-Revision"]) == (200, str(number))
    assert answer.getvalue() == whole


@pytest.mark.parametrize("q", ["japan", "2.1", "jp", "sme finance", "Türkiye", "zebra", '"small firms" -japan'])
def test_the_search_over_all_finds_the_same(q: str, client: Client, database_leaves: Leaves) -> None:
    def found() -> list[str]:
        context = client.get("/search/", {"q": q}, headers={"If-None-Match": ""}).context
        return [str(context[name]) for name in ("heading", "best", "programmes", "kinds", "asked_parts", "partial")]

    there = found()
    suggested = client.get("/search/suggest", {"q": q}).json()
    database_leaves()
    assert found() == there
    assert client.get("/search/suggest", {"q": q}).json() == suggested


@pytest.mark.parametrize("path", BY_DATABASE)
def test_other_pages_are_the_last_that_this_node_made(path: str, client: Client, database_leaves: Leaves) -> None:
    there = client.get(path).content.decode()
    number = database_leaves()
    answer = client.get(path)
    assert (answer.status_code, answer["Catalogue-Revision"]) == (200, str(number))
    assert answer.content.decode().count(sentence(number)) == 1
    assert len(answer.content.decode()) > len(there)
    assert "ETag" not in answer
    # However it was compressed when it was made, and is asked for now.
    small = client.get(path, headers={"Accept-Encoding": "gzip"})
    content = small.content if "Content-Encoding" not in small else gzip.decompress(small.content)
    assert content == answer.content


def test_what_one_process_of_a_node_has_answered_another_knows(
    client: Client, database_leaves: Leaves, settings: Settings
) -> None:
    client.get("/statement/")
    client.get("/recommendations/?category=2")
    number = database_leaves()
    another = Client()
    assert sentence(number) in another.get("/statement/").content.decode()
    # What readers ask with words of theirs is written nowhere.
    assert another.get("/recommendations/?category=2").status_code == 503
    # Damaged, it is as if there were none.
    (kept,) = (Path(settings.INDEX_DIR) / "pages").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert another.get("/statement/").status_code == 503


def test_where_nothing_can_be_written_pages_are_answered_all_the_same(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    settings.INDEX_DIR = tmp_path / "file"
    assert client.get("/accessibility/").status_code == 200


def test_they_stay_what_they_were_and_say_so(client: Client, database_leaves: Leaves) -> None:
    client.get("/recommendations/2.1/")
    old = INDEX.current_snapshot().revision
    make_programme("new", name="A new one")
    assert database_leaves() > old
    assert sentence(old) in client.get("/recommendations/2.1/").content.decode()


@pytest.mark.parametrize("path", BY_DATABASE)
def test_without_an_earlier_one_readers_are_told_when_to_ask_again(
    path: str, client: Client, database_leaves: Leaves
) -> None:
    database_leaves()
    answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert "The database cannot be reached" in answer.content.decode()
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.content.decode()


@pytest.mark.parametrize("path", DATA_BY_DATABASE)
def test_programs_are_told_so_in_their_form(path: str, client: Client, database_leaves: Leaves) -> None:
    database_leaves()
    answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "The database cannot be reached"


def test_a_curator_is_told_that_a_change_may_not_have_been_saved(admin_client: Client, database_leaves: Leaves) -> None:
    database_leaves()
    admin_client.raise_request_exception = False
    answer = admin_client.get("/admin/programmes/programme/")
    assert answer.status_code == 503
    assert "may or may not have been saved" in answer.content.decode()


def test_a_fault_of_ours_is_not_taken_for_a_lost_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*args: Any, **kwargs: Any) -> None:
        raise ValueError("a fault of ours")

    client.raise_request_exception = False
    client.get("/about/")
    monkeypatch.setattr(CursorWrapper, "execute", wrong)
    assert client.get("/about/?again").status_code == 500


class TestHealth:
    def test_all_is_well(self, client: Client) -> None:
        assert client.get("/health/live").json() == {"status": "live"}
        answer = client.get("/health/ready")
        revision = INDEX.current_snapshot().revision
        found = {"status": "ready", "database": "answers", "index": "answers", "revision": revision}
        assert (answer.status_code, answer.json()) == (200, found)
        assert "no-store" in answer["Cache-Control"]

    def test_a_lost_database_is_no_error_while_the_index_answers(self, client: Client, database_leaves: Leaves) -> None:
        number = database_leaves()
        assert client.get("/health/live").status_code == 200
        answer = client.get("/health/ready")
        found = {"status": "degraded", "database": "lost", "index": "answers", "revision": number}
        assert (answer.status_code, answer.json()) == (200, found)

    def test_without_either_it_is_not_ready(
        self, client: Client, database_leaves: Leaves, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database_leaves()
        monkeypatch.setattr(index_document.INDEX, "_served", None)
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
        assert answer["Retry-After"] == "10"
        assert client.get("/health/live").status_code == 200
