"""Every way of writing is noted, with the keys of what it touched; what is rolled back is not."""

# The statements name tables by constants.
# ruff: noqa: S608

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection, models, transaction

from gvc_catalogue.search_index.sync import triggers
from gvc_catalogue.search_index.sync.revision import Change, changes, current_revision
from programmes.models import Country, Example, Organisation, Programme
from recommendations.models import Category, Recommendation
from tests.factories import make_country, make_example, make_organisation, make_programme

pytestmark = pytest.mark.django_db

PROGRAMME = "programmes_programme"
COUNTRIES = "programmes_programme_countries"
EXAMPLE = "programmes_example"
QUOTED = "programmes_example_programmes"


def noted(write: Callable[[], Any]) -> set[tuple[str, int | None]]:
    """What is noted while this writes. A revision that rises without a change, or the reverse, fails."""
    before = current_revision()
    write()
    after = current_revision()
    assert after.catalogue == before.catalogue
    found = changes(before.number, after.number)
    assert found is not None
    assert bool(found) is (after.number > before.number)
    assert len(set(found)) == len(found)
    return {(change.table, change.key) for change in found}


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_watched_tables_are_there_each_with_its_column() -> None:
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    columns = {table: {field.column for field in known[table]._meta.concrete_fields} for table in triggers.WATCHED}
    assert triggers.WATCHED
    assert [table for table, column in triggers.WATCHED.items() if column not in columns[table]] == []


def test_a_record_saved_for_the_first_time() -> None:
    made: list[Programme] = []
    provider = make_organisation()
    found = noted(lambda: made.append(Programme.objects.create(slug="new", name="New", provider=provider)))
    assert found == {(PROGRAMME, made[0].pk)}


@pytest.mark.parametrize("model", [Programme, Example, Country, Organisation, Recommendation, Category])
def test_a_record_saved_again(model: type[models.Model]) -> None:
    record = model._default_manager.all()[0]
    assert noted(record.save) == {(model._meta.db_table, record.pk)}


def test_a_record_deleted_with_what_goes_along() -> None:
    programme = make_programme(countries=[make_country("QA")])
    make_example("2.1", programme)
    key = programme.pk
    assert noted(programme.delete) == {(PROGRAMME, key), (COUNTRIES, key), (QUOTED, key)}


def test_a_queryset_updated() -> None:
    keys = {make_programme().pk, make_programme().pk}
    found = noted(lambda: Programme.objects.filter(pk__in=keys).update(name="Another"))
    assert found == {(PROGRAMME, key) for key in keys}


def test_a_queryset_deleted() -> None:
    keys = {make_programme().pk, make_programme().pk}
    found = noted(lambda: Programme.objects.filter(pk__in=keys).delete())
    assert found == {(PROGRAMME, key) for key in keys}


def test_records_in_bulk() -> None:
    provider = make_organisation()
    made = [Programme(slug=f"bulk-{i}", name="Bulk", sort_name="bulk", provider=provider) for i in range(3)]
    created = noted(lambda: Programme.objects.bulk_create(made))
    keys = {(PROGRAMME, key) for key in Programme.objects.filter(slug__startswith="bulk-").values_list("pk", flat=True)}
    assert len(keys) == 3
    assert created == keys
    assert noted(lambda: Programme.objects.bulk_update(Programme.objects.filter(name="Bulk"), ["name"])) == keys


def test_records_in_bulk_over_those_that_are_there() -> None:
    old, provider = make_programme("there"), make_organisation()
    new = [Programme(slug=slug, name="Both", sort_name="both", provider=provider) for slug in ("there", "not-yet")]
    found = noted(
        lambda: Programme.objects.bulk_create(
            new, update_conflicts=True, unique_fields=["slug"], update_fields=["name"]
        )
    )
    assert found == {(PROGRAMME, old.pk), (PROGRAMME, Programme.objects.get(slug="not-yet").pk)}


def test_relations_to_many() -> None:
    programme, first, second = make_programme(), make_country("QA"), make_country("QB")
    touched = {(COUNTRIES, programme.pk)}
    assert noted(lambda: programme.countries.add(first)) == touched
    assert noted(lambda: programme.countries.add(first)) == set()
    assert noted(lambda: programme.countries.set([second])) == touched
    assert noted(lambda: programme.countries.remove(second)) == touched
    assert noted(lambda: first.programmes.add(programme)) == touched
    assert noted(programme.countries.clear) == touched


def test_a_relation_moved_notes_both_sides() -> None:
    old, new = make_programme(), make_programme()
    example = make_example("2.1", old)
    row = Example.programmes.through.objects.filter(example_id=example.pk)
    assert noted(lambda: row.update(programme_id=new.pk)) == {(QUOTED, old.pk), (QUOTED, new.pk)}


def test_fixtures_loaded(tmp_path: Path) -> None:
    programme = make_programme(countries=[make_country("QA")])
    file = tmp_path / "one.json"
    file.write_text(serializers.serialize("json", [programme]))
    found = noted(lambda: call_command("loaddata", str(file), verbosity=0))
    assert found >= {(PROGRAMME, programme.pk)}
    assert {key for _, key in found} == {programme.pk}


def test_sql() -> None:
    key = make_programme().pk
    assert noted(lambda: sql(f"UPDATE {PROGRAMME} SET name = 'x' WHERE id = %s", key)) == {(PROGRAMME, key)}
    assert noted(lambda: sql(f"DELETE FROM {PROGRAMME} WHERE id = %s", key)) == {(PROGRAMME, key)}


def test_a_statement_that_touches_no_row_raises_nothing() -> None:
    def write() -> None:
        sql(f"UPDATE {PROGRAMME} SET name = 'x' WHERE id = -1")
        sql(f"DELETE FROM {PROGRAMME} WHERE id = -1")
        sql(f"INSERT INTO {COUNTRIES} (programme_id, country_id) SELECT 1, 1 WHERE 1 = 2")
        Programme.objects.none().delete()

    assert noted(write) == set()


def test_what_is_not_watched_raises_nothing() -> None:
    assert noted(lambda: apps.get_model("auth", "Group").objects.create(name="Archivists")) == set()


@pytest.mark.only("postgresql", reason="only PostgreSQL has TRUNCATE")
def test_a_table_truncated() -> None:
    assert noted(lambda: sql(f"TRUNCATE {QUOTED}")) == {(QUOTED, None)}


@pytest.mark.only("postgresql", reason="only PostgreSQL has COPY")
def test_a_table_copied_into() -> None:
    programme, country = make_programme(), make_country("QA")

    def write() -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {COUNTRIES} (programme_id, country_id) FROM STDIN") as c:
            c.write_row((programme.pk, country.pk))

    assert noted(write) == {(COUNTRIES, programme.pk)}


@pytest.mark.only("sqlite", reason="only SQLite has REPLACE")
def test_a_record_pushed_out_by_another() -> None:
    old, other = make_programme("taken"), make_programme("other")
    found = noted(lambda: sql(f"UPDATE OR REPLACE {PROGRAMME} SET slug = 'taken' WHERE id = %s", other.pk))
    assert found == {(PROGRAMME, old.pk), (PROGRAMME, other.pk)}


def test_what_is_rolled_back_leaves_no_trace() -> None:
    def write() -> None:
        with transaction.atomic():
            make_programme()
            transaction.set_rollback(True)

    assert noted(write) == set()


def test_what_comes_after_a_rollback_is_noted() -> None:
    key = make_programme().pk

    def write() -> None:
        with transaction.atomic():
            make_programme()
            transaction.set_rollback(True)
        Programme.objects.filter(pk=key).update(name="x")

    assert noted(write) == {(PROGRAMME, key)}


def test_installing_again_changes_nothing() -> None:
    assert noted(lambda: triggers.install(connection)) == set()


def test_a_table_no_longer_watched_loses_its_triggers() -> None:
    key = make_programme().pk
    fewer = {table: column for table, column in triggers.WATCHED.items() if table != PROGRAMME}
    assert noted(lambda: triggers.install(connection, fewer)) == set()
    assert noted(lambda: Programme.objects.filter(pk=key).update(name="x")) == set()
    # Something may have escaped while it had none.
    assert noted(lambda: triggers.install(connection)) == {(PROGRAMME, None)}
    assert noted(lambda: Programme.objects.filter(pk=key).update(name="y")) == {(PROGRAMME, key)}


def test_nothing_is_watched_from_a_database_without_our_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    key = make_programme().pk
    monkeypatch.setattr(triggers, "OURS", {"text_index_gone"})
    triggers.install(connection)
    assert noted(lambda: Programme.objects.filter(pk=key).update(name="x")) == set()


def test_names_that_need_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    sql('CREATE TABLE "some table" ("the key" integer)')
    monkeypatch.setitem(triggers.WATCHED, "some table", "the key")
    triggers.install(connection)
    assert noted(lambda: sql('INSERT INTO "some table" VALUES (7)')) == {("some table", 7)}
    monkeypatch.undo()
    sql('DROP TABLE "some table"')


class TestARebuiltTable:
    """As a migration alters it: SQLite makes another table, and the triggers go with the old one."""

    @pytest.fixture(autouse=True)
    def committed(self, transactional_db: None, catalogue: None) -> None:
        """No transaction round the test: SQLite's schema editor refuses one."""

    def alter(self, length: int) -> None:
        wide = models.CharField(max_length=length)
        wide.set_attributes_from_name("name")
        with connection.schema_editor() as editor:
            editor.alter_field(Programme, Programme._meta.get_field("name"), wide)

    def test_has_its_triggers_again_after_migrate(self) -> None:
        key = make_programme().pk
        self.alter(210)
        try:
            before = current_revision()
            call_command("migrate", verbosity=0)
            found = changes(before.number, current_revision().number)
            assert found == ([Change(PROGRAMME, None)] if connection.vendor == "sqlite" else [])
            assert noted(lambda: Programme.objects.filter(pk=key).update(name="x")) == {(PROGRAMME, key)}
        finally:
            self.alter(200)
            call_command("migrate", verbosity=0)

    def test_committed_at_once_or_not_at_all(self) -> None:
        def write() -> None:
            with transaction.atomic():
                make_programme()
                transaction.set_rollback(True)

        assert noted(write) == set()
        assert len(noted(make_programme)) == 2
