"""A file that is not whole, or not ours, or does not fit, is refused in a sentence before anything is touched."""

import gzip
import hashlib
import json
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gvc_catalogue.backup import DamagedBackupError
from gvc_catalogue.backup.archive import reading
from gvc_catalogue.backup.migration_state import migrations
from gvc_catalogue.search_index.sync import revision
from programmes.models import Programme

KEPT = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def backup(transactional_db: None, catalogue: None, tmp_path: Path) -> Path:
    file = tmp_path / "catalogue.backup"
    call_command("backup", str(file), stdout=StringIO())
    return file


@pytest.fixture
def emptied(backup: Path, empty_catalogue: None) -> Path:
    return backup


def content(file: Path) -> list[object]:
    """All that a file says, read to its end."""
    with reading(file) as reader:
        found: list[object] = [reader.header]
        for part in reader.parts():
            found += [part.table, part.columns, part.last, *part.rows]
    return found


def refused(file: Path) -> str:
    """What restore says of a file it refuses; the database is as it was, and nobody was told of a change."""
    before, records = revision.current_revision(), Programme.objects.count()
    with pytest.raises(CommandError) as refusal:
        call_command("restore", str(file), stdout=StringIO())
    assert revision.current_revision() == before
    assert Programme.objects.count() == records
    return str(refusal.value)


def test_any_damage_to_the_file_is_found_or_does_no_harm(backup: Path) -> None:
    data, whole = backup.read_bytes(), content(backup)

    @KEPT
    @given(st.integers(0, len(data) - 1), st.binary(max_size=3), st.integers(0, 3))
    def damaged(place: int, put: bytes, instead_of: int) -> None:
        backup.write_bytes(data[:place] + put + data[place + instead_of :])
        try:
            found = content(backup)
        except DamagedBackupError:
            return
        assert found == whole

    damaged()


def test_no_file_that_was_cut_short_is_taken(backup: Path) -> None:
    data = backup.read_bytes()

    @KEPT
    @given(st.integers(0, len(data) - 1))
    @example(len(data) - 1)
    def cut(length: int) -> None:
        backup.write_bytes(data[:length])
        with pytest.raises(DamagedBackupError):
            content(backup)

    cut()


def test_no_content_that_was_changed_and_packed_again_is_taken(backup: Path) -> None:
    data = gzip.decompress(backup.read_bytes())

    @KEPT
    @given(st.integers(0, len(data) - 1), st.text(max_size=5).map(str.encode), st.integers(0, 40))
    def changed(place: int, put: bytes, instead_of: int) -> None:
        other = data[:place] + put + data[place + instead_of :]
        if other != data:
            backup.write_bytes(gzip.compress(other, 1))
            with pytest.raises(DamagedBackupError):
                content(backup)

    changed()


def test_a_damaged_file_leaves_the_database_as_it_is(emptied: Path) -> None:
    data = emptied.read_bytes()
    emptied.write_bytes(data[: len(data) // 2])
    assert refused(emptied).endswith("Nothing was restored.")


@pytest.mark.parametrize(
    "foreign", [b"", b"PK\x03\x04", b"[]", gzip.compress(b"", mtime=0), gzip.compress(b'{"a": 1}\n', mtime=0)]
)
def test_a_foreign_file_is_refused(emptied: Path, foreign: bytes) -> None:
    emptied.write_bytes(foreign)
    assert "damaged" in (said := refused(emptied)) or "no backup of the catalogue" in said


def signed(file: Path, changed: Callable[[list[Any]], None]) -> None:
    """Change lines of a backup as somebody would who knows its form, the sum at its end included."""
    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()[:-1]]
    changed(lines)
    data = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    end = json.dumps({"sha256": hashlib.sha256(data).hexdigest()}).encode() + b"\n"
    file.write_bytes(gzip.compress(data + end, 1))


@pytest.mark.parametrize("value", ["5", None, 1.5, [], True])
@pytest.mark.parametrize("of", ["counts", "migrations"])
def test_a_forged_first_line_is_refused_in_a_sentence(emptied: Path, of: str, value: object) -> None:
    def forge(lines: list[Any]) -> None:
        lines[0][of][next(iter(lines[0][of]))] = value if of == "counts" or value != [] else "x"

    signed(emptied, forge)
    assert "first line is not that of a backup" in refused(emptied)


@pytest.mark.parametrize("last", ["zzz", [1], 1.5, True])
def test_a_forged_line_of_a_table_is_refused_in_a_sentence(emptied: Path, last: object) -> None:
    def forge(lines: list[Any]) -> None:
        next(line for line in lines[1:] if isinstance(line, dict))["last"] = last

    signed(emptied, forge)
    assert "stands something else" in refused(emptied)


@pytest.mark.parametrize("value", [2**80, [], {"a": 1}, "x", None, "\x00"])
def test_forged_values_are_refused_in_a_sentence(emptied: Path, value: object) -> None:
    def forge(lines: list[Any]) -> None:
        begins = next(
            n for n, line in enumerate(lines[1:], 1) if isinstance(line, dict) and "programme" in line["table"]
        )
        row = next(line for line in lines[begins:] if isinstance(line, list))
        row[0] = value

    signed(emptied, forge)
    assert refused(emptied).endswith("Nothing was restored.")


def test_a_number_of_thousands_of_digits_is_refused_in_a_sentence(emptied: Path) -> None:
    emptied.write_bytes(gzip.compress(b"9" * 10_000 + b"\n"))
    assert refused(emptied).endswith("Nothing was restored.")


def test_a_file_that_is_not_there_is_said_to_be_so(emptied: Path) -> None:
    assert "cannot be read: No such file" in refused(emptied.with_name("nowhere"))


def test_a_backup_of_other_migrations_is_refused_with_their_names(
    emptied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = migrations(connection)
    others = found | {"programmes": [*found["programmes"][:-1], "9999_later"]}
    monkeypatch.setattr(import_module("gvc_catalogue.backup.restore"), "migrations", lambda connection: others)
    said = refused(emptied)
    assert "this one has programmes.9999_later, which the file lacks" in said
    assert "the file has programmes." in said


def test_a_form_of_another_release_is_refused(emptied: Path) -> None:
    first, _, rest = gzip.decompress(emptied.read_bytes()).partition(b"\n")
    emptied.write_bytes(gzip.compress(json.dumps(json.loads(first) | {"version": 2}).encode() + b"\n" + rest))
    assert "has form 2 of a backup" in refused(emptied)


def test_a_catalogue_with_records_is_left_alone(backup: Path) -> None:
    assert "holds 854 records already (programmes.country, " in refused(backup)


def test_a_file_that_is_there_is_not_written_over(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(backup), stdout=StringIO())
    assert backup.read_bytes() == before
    assert list(backup.parent.glob(".*")) == []


def test_a_restore_that_breaks_off_leaves_nothing(emptied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*arguments: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("gvc_catalogue.backup.sequences.go_on_after", breaks)
    assert "the disk is full" in refused(emptied)


def test_a_restored_catalogue_has_a_name_of_its_own_and_one_new_revision(emptied: Path) -> None:
    before = revision.current_revision()
    call_command("restore", str(emptied), stdout=StringIO())
    after = revision.current_revision()
    assert after.catalogue != before.catalogue
    noted = revision.changes(before.number, after.number)
    assert noted is not None
    assert {change.key for change in noted} == {None}
    assert Programme.objects.count() == 67
    Programme.objects.filter(slug="covisint").update(name="Renamed")
    assert revision.current_revision().number > after.number
