"""The revision: what it costs, its order among writers, what is kept, and how a bulk change passes it by."""

import threading
import time
from collections.abc import Callable
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from pytest_django import DjangoAssertNumQueries

from gvc_catalogue.search_index import models
from gvc_catalogue.search_index.sync import refresh, revision, triggers
from gvc_catalogue.search_index.sync.revision import (
    Change,
    Current,
    changes,
    current_revision,
    note_everything,
    paused,
    prune,
)
from programmes.models import Programme
from programmes.search.index_document import INDEX
from tests.factories import make_programme

PROGRAMME = "programmes_programme"
EVERYTHING = {Change(table, None) for table in triggers.WATCHED}
WAIT = 180  # seconds; a test that waits so long has failed


def rename(key: int, name: str = "Renamed") -> int:
    """Change a programme; return the revision afterwards."""
    Programme.objects.filter(pk=key).update(name=name)
    return current_revision().number


def rename_often(key: int) -> None:
    for i in range(1, 26):
        rename(key, str(i))


@pytest.mark.django_db
class TestCurrent:
    def test_costs_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(1):
            number, catalogue = current_revision()
        assert number > 0
        assert len(bytes.fromhex(catalogue)) == 16

    def test_stays_and_grows(self) -> None:
        first = current_revision()
        assert current_revision() == first
        assert rename(make_programme().pk) > first.number

    def test_no_number_comes_twice_after_a_rollback(self) -> None:
        key, before, seen = make_programme().pk, current_revision(), set[int]()
        for _ in range(3):
            with transaction.atomic():
                seen.add(rename(key))
                transaction.set_rollback(True)
            assert current_revision() == before
            time.sleep(0.002)  # SQLite's clock tells milliseconds.
        assert len(seen) == 3
        assert rename(key) > max(seen)
        assert [changes(number, current_revision().number) for number in seen] == [None, None, None]

    def test_an_emptied_table_is_another_catalogue(self) -> None:
        before = current_revision()
        models.Revision.objects.all().delete()
        after = current_revision()
        assert after.catalogue != before.catalogue
        assert changes(before.number, after.number) is None

    def test_a_change_makes_the_row_that_is_missing(self) -> None:
        key = make_programme().pk
        models.Revision.objects.all().delete()
        Programme.objects.filter(pk=key).update(name="x")
        assert models.Revision.objects.count() == 1
        before = current_revision()
        assert changes(before.number, rename(key)) == [Change(PROGRAMME, key)]


@pytest.mark.django_db
class TestChanges:
    def test_cost_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        before, after = current_revision().number, rename(make_programme().pk)
        with django_assert_num_queries(1):
            assert changes(before, after)

    def test_are_those_between_two_revisions(self) -> None:
        one, two = make_programme().pk, make_programme().pk
        first = rename(one)
        second = rename(two)
        third = rename(one)
        assert changes(first, second) == [Change(PROGRAMME, two)]
        assert sorted(changes(first, third) or []) == sorted([Change(PROGRAMME, two), Change(PROGRAMME, one)])
        assert changes(third, third) == []

    def test_back_in_time_are_not_known(self) -> None:
        key = make_programme().pk
        first, second = rename(key), rename(key)
        assert changes(second, first) is None

    def test_before_what_is_kept_are_not_known(self) -> None:
        key = make_programme().pk
        numbers = [rename(key) for _ in range(5)]
        assert prune(keep_revisions=2) > 0
        assert changes(numbers[1], numbers[4]) is None
        assert changes(numbers[2], numbers[4]) == [Change(PROGRAMME, key)]
        assert current_revision().number == numbers[4]
        assert prune(keep_revisions=2) == 0

    def test_that_are_old_are_forgotten_once_an_hour_by_who_catches_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(revision, "KEPT", 2)
        key = make_programme().pk
        numbers = [rename(key, str(turn)) for turn in range(5)]
        INDEX.current_snapshot()
        assert changes(numbers[1], numbers[4])
        numbers += [rename(key)]
        monkeypatch.setattr(INDEX, "_pruned", INDEX._pruned - refresh.PRUNED_EACH)
        INDEX.current_snapshot()
        assert changes(numbers[2], numbers[5]) is None
        assert changes(numbers[3], numbers[5])

    @pytest.mark.only("postgresql", "on SQLite who writes waits for who writes, and readers for nobody")
    @pytest.mark.django_db(transaction=True)
    def test_are_not_forgotten_while_somebody_writes_as_readers_do_not_wait(self, catalogue: None) -> None:
        key = Programme.objects.all()[0].pk
        numbers = [rename(key, str(turn)) for turn in range(5)]
        pruned: list[int] = []

        def prune_elsewhere() -> None:
            pruned.append(prune(2))
            connections.close_all()

        with transaction.atomic():
            rename(key)
            elsewhere = threading.Thread(target=prune_elsewhere)
            elsewhere.start()
            elsewhere.join(WAIT)
        assert pruned == [0]
        assert changes(numbers[0], numbers[4])

    def test_of_everything(self) -> None:
        before = current_revision().number
        note_everything()
        assert set(changes(before, current_revision().number) or []) == EVERYTHING


def fail_after(key: int) -> None:
    rename(key)
    raise ZeroDivisionError


@pytest.mark.django_db
class TestPaused:
    def test_notes_everything_and_then_each_change_again(self) -> None:
        key, before = make_programme().pk, current_revision().number
        with paused():
            Programme.objects.all().update(name="x")
        after = current_revision().number
        assert set(changes(before, after) or []) == EVERYTHING
        assert changes(after, rename(key)) == [Change(PROGRAMME, key)]

    def test_after_an_error_all_is_as_before(self) -> None:
        key, before = make_programme(name="First").pk, current_revision()
        with pytest.raises(ZeroDivisionError), paused():
            fail_after(key)
        assert Programme.objects.get(pk=key).name == "First"
        assert current_revision() == before
        assert changes(before.number, rename(key)) == [Change(PROGRAMME, key)]


def start(work: Callable[[], object]) -> threading.Thread:
    """Do it in a thread, over a connection of its own. What it raises fails the test, as every warning does."""

    def run_and_close() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run_and_close, daemon=True)
    thread.start()
    return thread


def run(work: Callable[[], object]) -> None:
    """The same, and wait for it."""
    thread = start(work)
    thread.join(WAIT)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("catalogue")
class TestWriters:
    """Two at a time, over connections of their own."""

    def test_a_flush_leaves_a_revision_and_triggers(self) -> None:
        before = current_revision()
        call_command("flush", interactive=False, verbosity=0)
        after = current_revision()
        assert after.catalogue != before.catalogue
        call_command("load_catalogue", "--if-empty", stdout=StringIO())
        # SQLite may have emptied the noted changes last: then what came after is unknown, and never less than all.
        found = changes(after.number, current_revision().number)
        assert found is None or {change.table for change in found} >= {PROGRAMME, "programmes_country"}
        key, before = make_programme().pk, current_revision()
        assert changes(before.number, rename(key)) == [Change(PROGRAMME, key)]

    def test_nobody_sees_what_is_not_committed(self) -> None:
        key, before, seen = make_programme().pk, current_revision(), list[Current]()
        with transaction.atomic():
            rename(key)
            run(lambda: seen.append(current_revision()))
        assert seen == [before]
        assert current_revision().number > before.number

    @pytest.mark.only("postgresql", reason="SQLite has one writer at a time")
    def test_who_began_first_may_commit_last(self) -> None:
        one, two, before = make_programme().pk, make_programme().pk, current_revision().number
        with transaction.atomic():
            assert Programme.objects.count()
            run(lambda: rename(two))
            middle = current_revision().number
            rename(one)
        assert changes(before, middle) == [Change(PROGRAMME, two)]
        assert changes(middle, current_revision().number) == [Change(PROGRAMME, one)]

    def test_who_writes_second_waits_and_comes_second(self) -> None:
        one, two, numbers = make_programme().pk, make_programme().pk, list[int]()
        started = threading.Event()

        def second() -> None:
            started.set()
            numbers.append(rename(two))

        before = current_revision().number
        with transaction.atomic():
            rename(one)
            thread = start(second)
            assert started.wait(WAIT)
            thread.join(0.3)
            assert thread.is_alive()
        thread.join(WAIT)
        assert in_order(before) == [Change(PROGRAMME, one), Change(PROGRAMME, two)]
        assert numbers == [current_revision().number]

    def test_two_who_write_the_same_rows_crosswise_do_not_lock_each_other(self) -> None:
        one, two = make_programme().pk, make_programme().pk
        ready, written = threading.Event(), list[bool]()

        def second() -> None:
            ready.set()
            with transaction.atomic():
                Programme.objects.filter(pk=two).update(name="second")
                Programme.objects.filter(pk=one).update(name="second")
            written.append(True)

        with transaction.atomic():
            Programme.objects.filter(pk=one).update(name="first")
            thread = start(second)
            assert ready.wait(WAIT)
            thread.join(0.3)
            Programme.objects.filter(pk=two).update(name="first")
        thread.join(WAIT)
        assert written == [True]
        assert set(Programme.objects.filter(pk__in=[one, two]).values_list("name", flat=True)) == {"second"}

    def test_no_reader_misses_a_change_up_to_the_revision_it_saw(self) -> None:
        """Writers keep writing; a reader that adds up what it is told ends with what is there."""
        keys = [make_programme(name="0").pk for _ in range(4)]
        known, at = dict.fromkeys(keys, "0"), current_revision().number
        writers = [start(partial(rename_often, key)) for key in keys]
        while True:
            running = any(writer.is_alive() for writer in writers)
            now = current_revision().number
            found = changes(at, now)
            assert found is not None
            read = Programme.objects.in_bulk([change.key for change in found if change.key])
            known |= {key: programme.name for key, programme in read.items()}
            at = now
            if not running:
                break
        assert known == dict.fromkeys(keys, "25")

    @pytest.mark.only("postgresql", reason="SQLite raises it for each row")
    def test_a_transaction_is_one_revision_on_postgresql(self) -> None:
        with transaction.atomic():
            keys = [make_programme().pk for _ in range(3)]
            Programme.objects.filter(pk__in=keys).update(name="x")
        number = current_revision().number
        mine = models.Change.objects.filter(table=PROGRAMME, key__in=keys)
        assert set(mine.values_list("revision", flat=True)) == {number}

    @pytest.mark.only("postgresql", reason="SQLite has one writer at a time")
    def test_others_are_noted_while_one_is_paused(self) -> None:
        key, before = make_programme().pk, current_revision().number
        with paused():
            Programme.objects.exclude(pk=key).update(name="x")
            run(lambda: rename(key))
            assert changes(before, current_revision().number) == [Change(PROGRAMME, key)]


def in_order(after: int) -> list[Change]:
    """The changes since, in the order of their revisions."""
    rows = models.Change.objects.filter(revision__gt=after).order_by("revision").values_list("table", "key")
    return [Change(*row) for row in rows]
